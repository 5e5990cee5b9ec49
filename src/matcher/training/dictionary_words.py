"""
Rows of their own for dictionary words that the vocabulary cuts into pieces.

面膜 (a facial mask) is cut into "face" and "film", and lies near neither masks nor skin care. Dictionaries hold such
words by the hundred thousand, each with its meanings in English, and those the finished encoder knows. A word's row is
the direction of its meanings with a share of that of its pieces: nothing is trained again, and no other row moves.

There is room for some thousands of them: those whose pieces are far from the meaning, that are in use, that
dictionaries agree on, and that are about what creators are about (near the name of an interest). Thai has none: the
vocabulary holds most of its words, and what else dictionaries list is names spelt in Thai.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.trade import trade_data
from matcher.training.corpus import Floats
from matcher.training.pairs import Pair
from matcher.training.start import unit
from matcher.training.vocabulary import FLOOR, START

Encode = Callable[[Sequence[str]], Floats]
Meanings = dict[str, list[tuple[str, float]]]
"""Normalised word → its meanings in English, each with what its source counts for."""
KINDS = {"dict", "term"}
TRUST = {"CPJKU/wechsel": 0.3}
"""What a meaning of this source counts for beside one of another: single English words, without their senses."""
WORDS = {
    "zh": re.compile(r"[\u4e00-\u9fff]{2,4}"),
    "vi": re.compile(r"[a-zà-ỹđ]+(?: [a-zà-ỹđ]+){1,2}"),
}
"""What a word of a language looks like, normalised: two characters or syllables at least."""
LIKE = {
    "zh": re.compile(r"[\u4e00-\u9fff]{2}"),
    "vi": re.compile(rf"{START}[^{START}]+{START}.*"),
}
"""Tokens whose rows tell how long the row of such a word is."""
RARE = 3e-8
"""Frequency of a Chinese word that the list of frequencies does not have."""
_ENGLISH = re.compile(r"[A-Za-z0-9 &'-]+")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class DictionaryWords:
    """How many words of each language get a row, and how they are chosen and made."""

    chinese: int = 14_000
    vietnamese: int = 4_000
    meaning: float = 0.7
    """Share of the meanings in the direction of a row; the pieces have the rest."""
    listed: float = 3.0
    """Meanings that dictionaries have to give for a word to be sure of it."""
    off_interests: float = 0.2
    """A meaning no nearer than this to any interest is of next to no use here."""

    @property
    def budgets(self) -> dict[str, int]:
        """Language → words."""
        return {"zh": self.chinese, "vi": self.vietnamese}


@dataclass(frozen=True, slots=True)
class Candidates:
    """Words of one language that have no row yet; n words, d dimensions."""

    words: list[str]
    pieces: Floats
    """float32 [n, d]: unit rows of the words as they are cut."""
    meanings: Floats
    """float32 [n, d]: unit rows."""
    listed: NDArray[np.float64]
    """float64 [n]: meanings given, each as far as its source is trusted."""
    agreement: NDArray[np.float64]
    """float64 [n]: length of the mean meaning, 1 where all are the same."""


def meanings_of(pairs: Iterable[Pair], normalise: Callable[[str], str]) -> dict[str, Meanings]:
    """The words of dictionaries per language, with their meanings."""
    found: dict[str, Meanings] = {language: defaultdict(list) for language in WORDS}
    for pair in pairs:
        language = pair.language.split("-")[0]
        if pair.kind not in KINDS or language not in WORDS or not pair.right:
            continue
        word = normalise(pair.left).strip()
        if WORDS[language].fullmatch(word):
            meaning = _BRACKETS.sub("", pair.right).strip() or pair.right
            found[language][word].append((meaning, TRUST.get(pair.source, 1.0)))
    return found


def candidates(found: Meanings, encode: Encode) -> Candidates:
    """Embed words and their meanings; a word of which either says nothing is left out."""
    words = list(found)
    flat = [(at, meaning, trust) for at, word in enumerate(words) for meaning, trust in found[word]]
    rows = encode([meaning for _, meaning, _ in flat])
    owner = np.array([at for at, _, _ in flat], dtype=np.int64)
    trust = np.array([trust for _, _, trust in flat]) * (np.linalg.norm(rows, axis=1) > 0)
    summed = np.zeros((len(words), rows.shape[1]), np.float32)
    np.add.at(summed, owner, rows * trust[:, None].astype(np.float32))
    listed, length = np.bincount(owner, trust, len(words)), np.linalg.norm(summed, axis=1)
    pieces = encode(words)
    keep = (length > 0) & (np.linalg.norm(pieces, axis=1) > 0)
    agreement = (length / np.maximum(listed, 1e-9))[keep]
    kept = [word for word, has in zip(words, keep, strict=True) if has]
    return Candidates(kept, pieces[keep], unit(summed[keep]), listed[keep], agreement)


def worth(
    of: Candidates, frequency: NDArray[np.float64], interests: Floats, how: DictionaryWords
) -> NDArray[np.float64]:
    """
    What a row would be worth to each word, float64 [n].

    The distance of the pieces from the meaning, times how near that is to an interest, how sure it is, and the fourth
    root of the frequency: lists of frequencies are of news, and posts have words of their own.
    """
    wrong = 1.0 - np.einsum("nd,nd->n", of.pieces, of.meanings)
    near = np.array([float((interests @ row).max()) for row in of.meanings])
    sure = np.minimum(1.0, of.listed / how.listed) * np.sqrt(of.agreement)
    return np.asarray(frequency**0.25 * wrong * sure * np.clip(near - how.off_interests, 0.02, 1.0))


def with_dictionary_words(
    table: Floats, tokeniser: Any, encode: Encode, pairs: Iterable[Pair], interests: Sequence[str],
    frequency: Mapping[str, float], how: DictionaryWords,
) -> tuple[Floats, Any]:  # fmt: skip
    """
    The table [V, d] with rows for dictionary words behind its own, and a tokeniser that knows them.

    `encode` embeds with the table as it is, `interests` are names in English, `frequency` is of Chinese words.
    """
    from tokenizers import Tokenizer

    vocabulary, made = json.loads(tokeniser.to_str()), [table]
    scores: dict[str, float] = dict(vocabulary["model"]["vocab"])
    lengths = np.linalg.norm(table, axis=1)
    names = encode(list(interests))
    for language, words in meanings_of(pairs, tokeniser.normalizer.normalize_str).items():
        new = {word: found for word, found in words.items() if token_of(word, language) not in scores}
        if not new:
            continue
        of = candidates(new, encode)
        in_use = np.array([max(frequency.get(w, 0.0), RARE) if language == "zh" else RARE for w in of.words])
        best = np.argsort(-worth(of, in_use, names, how), kind="stable")[: how.budgets[language]]
        known = [row for row, token in enumerate(scores) if LIKE[language].fullmatch(token)]
        length = float(np.median(lengths[known])) if known else float(np.median(lengths[lengths > 0]))
        toward = how.meaning * of.meanings[best] + (1 - how.meaning) * of.pieces[best]
        made.append((unit(toward) * length).astype(np.float32))
        for at in best:
            word = of.words[at]
            cut = tokeniser.encode(word, add_special_tokens=False).tokens
            apart = sum(scores.get(piece, FLOOR) for piece in cut if piece != START)
            as_frequent = math.log(in_use[at]) if language == "zh" else -math.inf
            vocabulary["model"]["vocab"].append([token_of(word, language), round(max(as_frequent, apart + 1), 3)])
    return np.concatenate(made), Tokenizer.from_str(json.dumps(vocabulary, ensure_ascii=False))


def token_of(word: str, language: str) -> str:
    """How a word stands in the vocabulary: with marks of spaces where the language writes them."""
    return START + word.replace(" ", START) if language == "vi" else word


def interest_names() -> list[str]:
    """The English names of all interests that a brief can name."""
    interests = trade_data("interests")["interests"]
    names = {name for slug, of in interests.items() for name in (slug.replace("-", " "), *of["names"])}
    return sorted(name for name in names if _ENGLISH.fullmatch(name))
