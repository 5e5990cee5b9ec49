"""
The language of each post, with a confidence: script first, then letters, then a classifier for what is left.

Most Asian languages are told by their script alone. Vietnamese by the letters that nobody else writes, traditional and
simplified Chinese by the characters that only one of them has. Frequent English function words settle clear English;
only the rest goes to py3langid, loaded when the first such text comes.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.text.characters import EMOJI, HASHTAG, MENTION, URL
from matcher.text.hashtag_words import split_hashtag
from matcher.text.hashtags import hashtags
from matcher.text.langid import ARABIC, CYRILLIC, DEVANAGARI, LATIN, language_log_odds, load_langid
from matcher.text.scripts import HAN_CLASSES, Script, script_counts

MAX_CHARACTERS = 400
HASHTAGS_ONLY = 0.6
"""Confidence is never above this when only hashtags were left to judge by."""

_STRIP = re.compile(f"{URL}|{HASHTAG}|{MENTION}|{EMOJI}", re.IGNORECASE)

_WEIGHT = np.ones(len(Script), dtype=np.float32)
_WEIGHT[[Script.OTHER]] = 0.0
_WEIGHT[list(HAN_CLASSES)] = 3.0
_WEIGHT[[Script.KANA, Script.NO, Script.BOPOMOFO, Script.HANGUL]] = 2.5
"""How many Latin letters a character is worth: a Chinese word has two characters, an English one five or six."""

_GROUPS: dict[str, tuple[Script, ...]] = {
    "latin": (Script.LATIN, Script.VIETNAMESE),
    "han": (*HAN_CLASSES, Script.BOPOMOFO, Script.KANA, Script.NO),
    "ko": (Script.HANGUL,), "th": (Script.THAI,), "lo": (Script.LAO,), "km": (Script.KHMER,), "my": (Script.MYANMAR,),
    "cyrillic": (Script.CYRILLIC,), "arabic": (Script.ARABIC,), "devanagari": (Script.DEVANAGARI,),
    "bn": (Script.BENGALI,), "pa": (Script.GURMUKHI,), "gu": (Script.GUJARATI,), "ta": (Script.TAMIL,),
    "te": (Script.TELUGU,), "kn": (Script.KANNADA,), "ml": (Script.MALAYALAM,), "si": (Script.SINHALA,),
    "he": (Script.HEBREW,), "el": (Script.GREEK,), "hy": (Script.ARMENIAN,), "ka": (Script.GEORGIAN,),
    "am": (Script.ETHIOPIC,), "or": (Script.ORIYA,),
}  # fmt: skip
_NAMES = list(_GROUPS)
_CLASSIFIED = {"latin": LATIN, "cyrillic": CYRILLIC, "arabic": ARABIC, "devanagari": DEVANAGARI}
_EMBEDS_ENGLISH = 2.5
"""Non-Latin captions are full of English names; a script of their own counts this much more than Latin letters."""

_LOG_PRIOR = {"en": 1.2, "vi": 0.75, "id": 0.9, "es": 0.4, "fr": 0.3}
"""Creators publish in these far more often than in the other languages of the classifier (in nats)."""

_ENGLISH = frozenset(
    "the and of with for you your my is are was this that it we our they their what how when who why where from not "
    "have has had will would can could should be been just about out all i'm it's don't i me she he his her him "
    "them these those there because if so but or at by an".split()
)
_BOILERPLATE = re.compile(
    r"\b(?:official|music|video|audio|mv|m/v|lyrics?|trailer|teaser|feat|ft|ep|eps|episode|highlights?|vs|live|shorts?"
    r"|stream(?:ing)?|full|remix|cover|gameplay|roblox|minecraft|free fire|mobile legends|game|play|prank|challenge|pov"
    r"|update|part|season|visuali[sz]er|version|karaoke|dj|vlog)\b",
    re.IGNORECASE,
)
"""Words of video titles in every language: they say nothing about the language of the rest."""

_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]")
_WORDS = re.compile(r"[a-z]+(?:['’][a-z]+)?")


def detect_languages(texts: Sequence[str]) -> tuple[list[str | None], NDArray[np.float32]]:
    """
    Return the BCP-47 language of each text and a confidence in 0–1, float32 [n].

    URLs, @handles, emoji and hashtags are set aside first; a caption of hashtags only is judged by their words, with a
    confidence of at most 0.6. A text without letters gives (None, 0.0). Short texts get low confidence. Han without
    kana is `zh-Hant` or `zh-Hans`; where nothing tells them apart it is `zh-Hant` with low confidence.
    """
    bodies, from_tags = _bodies(texts)
    counts = script_counts(bodies)
    weighted = counts * _WEIGHT
    by_group = np.stack([weighted[:, list(members)].sum(axis=1) for members in _GROUPS.values()], axis=1)
    voted = by_group * np.where(np.array(_NAMES) == "latin", 1.0, _EMBEDS_ENGLISH)
    winner = voted.argmax(axis=1)
    letters = by_group.sum(axis=1)
    languages: list[str | None] = [None] * len(texts)
    confidence = np.zeros(len(texts), dtype=np.float32)
    present = letters > 0
    share = np.divide(voted.max(axis=1), voted.sum(axis=1), out=np.zeros(len(texts)), where=present)
    scripted = share * _enough(by_group.max(axis=1), 2.0)
    for group, name in enumerate(_NAMES):
        rows = np.flatnonzero(present & (winner == group))
        if not len(rows):
            continue
        if name == "han":
            found, sure = _han(counts[rows])
        elif name == "latin":
            found, sure = _latin([bodies[i] for i in rows], counts[rows])
        elif name in _CLASSIFIED:
            found, sure = _classify([bodies[i] for i in rows], _CLASSIFIED[name])
        else:
            found, sure = [name] * len(rows), np.ones(len(rows))
        confidence[rows] = sure * (_enough(letters[rows], 8.0) if name == "latin" else scripted[rows])
        for row, language in zip(rows.tolist(), found, strict=True):
            languages[row] = language
    confidence[from_tags] = np.minimum(confidence[from_tags], HASHTAGS_ONLY)
    return languages, confidence


def _bodies(texts: Sequence[str]) -> tuple[list[str], NDArray[np.bool_]]:
    """Return what each text is judged by, and whether only its hashtags were left."""
    bodies: list[str] = []
    from_tags = np.zeros(len(texts), dtype=np.bool_)
    for row, text in enumerate(texts):
        body = unicodedata.normalize("NFKC", _STRIP.sub(" ", text[: 4 * MAX_CHARACTERS]))[:MAX_CHARACTERS]
        if "#" in text and not _has_letters(body):
            body = " ".join(" ".join(split_hashtag(tag)) for tag in hashtags([text])[0])[:MAX_CHARACTERS]
            from_tags[row] = True
        bodies.append(body)
    return bodies, from_tags


def _has_letters(body: str) -> bool:
    return sum(map(str.isalpha, body[:200])) >= 2


def _enough(letters: NDArray[np.float32], half: float) -> NDArray[np.float64]:
    """Return how far a confidence may go with so many letters: a half at `half` letters, towards 1 with more."""
    return np.asarray(letters / (letters + half), dtype=np.float64)


def _han(counts: NDArray[np.int32]) -> tuple[list[str], NDArray[np.float64]]:
    """
    Tell Japanese, traditional and simplified Chinese apart by characters that only one of them writes.

    Without kana, a text is Japanese when it has kanji of Japan only, or when characters simplified in Japan stand
    beside traditional ones, which neither Chinese norm allows.
    """
    kana = counts[:, Script.KANA]
    kana = np.where(kana > 0, kana + counts[:, Script.NO], 0)
    han = counts[:, list(HAN_CLASSES)].sum(axis=1)
    traditional = counts[:, [Script.TRADITIONAL, Script.CANTONESE, Script.BOPOMOFO]].sum(axis=1)
    simplified, shared, kanji = counts[:, Script.SIMPLIFIED], counts[:, Script.SHINJITAI], counts[:, Script.KANJI]
    by_kana = kana >= np.maximum(0.15 * (han + kana), 1)
    by_kanji = (simplified == 0) & (kanji + shared > 0) & (kanji + shared + traditional >= 2)
    by_kanji &= (kanji + shared >= 0.2 * traditional) & (kanji + traditional > 0)
    simplified = simplified + shared
    told = traditional + simplified
    larger = np.maximum(traditional, simplified)
    certain = np.where(told > 0, larger / np.maximum(told, 1) * (0.6 + 0.4 * told / (told + 1.0)), 0.4)
    sure = np.where(by_kana, 1.0, np.where(by_kanji, 0.7, certain))
    names = np.where(by_kana | by_kanji, "ja", np.where(simplified > traditional, "zh-Hans", "zh-Hant"))
    return names.tolist(), sure


def _latin(bodies: list[str], counts: NDArray[np.int32]) -> tuple[list[str], NDArray[np.float64]]:
    """Vietnamese by its letters, clear English by its function words, the rest by the classifier."""
    own = counts[:, Script.VIETNAMESE]
    density = own / np.maximum(own + counts[:, Script.LATIN], 1)
    languages = ["vi"] * len(bodies)
    sure = np.minimum(1.0, 0.5 + 4.0 * density) * (own / (own + 0.3))
    rest: list[int] = []
    for row in np.flatnonzero(density < 0.06).tolist():
        english = _english(bodies[row])
        if english:
            languages[row], sure[row] = "en", english
        else:
            rest.append(row)
    if rest:
        found, certain = _classify([bodies[row] for row in rest], LATIN)
        sure[rest] = certain
        for row, language in zip(rest, found, strict=True):
            languages[row] = language
    return languages, sure


def _english(body: str) -> float:
    """Return a confidence that a text is English by its function words, 0.0 where they do not settle it."""
    if not body.isascii() and len(_FOREIGN.findall(body)) > 2:
        return 0.0
    words = _WORDS.findall(body.lower())
    known = [word for word in words if word in _ENGLISH]
    if len(set(known)) < 2 or len(known) < 0.2 * len(words):
        return 0.0
    return min(0.99, 0.9 + 0.02 * len(known))


def _classify(bodies: list[str], among: tuple[str, ...]) -> tuple[list[str], NDArray[np.float64]]:
    """Return py3langid's choice among some languages, with its probability under the creators' prior."""
    model = load_langid()
    columns = [model.languages.index(language) for language in among]
    prior = np.array([_LOG_PRIOR.get(language, 0.0) for language in among], dtype=np.float64)
    scores = language_log_odds([_own_words(body) for body in bodies], model)[:, columns] + prior
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    best = scores.argmax(axis=1)
    return [among[i] for i in best.tolist()], odds.max(axis=1) / odds.sum(axis=1)


def _own_words(body: str) -> str:
    """Return the text without the words of every video title, or as it is where nothing else is said."""
    own = _BOILERPLATE.sub(" ", body)
    return own if sum(map(str.isalpha, own)) >= 6 else body
