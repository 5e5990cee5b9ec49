"""
Bring the vocabulary of all languages together from the pairs, word lists and the teacher's word pieces.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.training import vocabulary as words
from matcher.training.charmap import is_emoji
from matcher.training.pairs import Pair
from matcher.training.vocabulary import Budget, Normalise, Scores

SARA_AM, SARA_AM_APART = "\u0e33", "\u0e4d\u0e32"
FLAG_LETTERS = range(0x1F1E6, 0x1F200)


@dataclass(slots=True)
class Corpus:
    """Normalised texts by language (`zh` holds both scripts) and by (language, kind)."""

    sentences: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def languages(self) -> list[str]:
        """Every language that has a text, and `emoji`."""
        return sorted({*self.sentences, *self.entries})

    def texts(self, language: str) -> list[str]:
        """Sentences and dictionary entries of a language."""
        return self.sentences[language] + self.entries[language]


def collect(pairs: Iterable[Pair], normalise: Normalise, extra_thai: Iterable[str] = ()) -> Corpus:
    """Both sides of the pairs, normalised once per distinct text."""
    corpus = Corpus()
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        left, right = pair.language.split("-")[0], "en" if pair.english else "ja"
        for language, raw in ((left, pair.left), (right, pair.right)):
            if (language, raw) in seen:
                continue
            seen.add((language, raw))
            place = corpus.entries if pair.kind in {"dict", "term", "emoji"} else corpus.sentences
            place["emoji" if pair.kind == "emoji" else language].append(normalise(raw))
    corpus.sentences["th"] += [normalise(text) for text in extra_thai]
    return corpus


def assemble(corpus: Corpus, normalise: Normalise, teacher_pieces: Sequence[str], budget: Budget) -> Scores:
    """Score of every token, over all languages; a token shared by several keeps its highest score."""
    english = words.spaced_words(frequency("en", normalise), _seen(corpus.texts("en")), budget.english)
    syllables = words.spaced_words(frequency("vi", normalise), _seen(corpus.texts("vi")), budget.vietnamese_syllables)
    compounds = words.compounds(corpus.entries["vi"], corpus.texts("vi"), syllables, budget.vietnamese_compounds)
    korean = words.spaced_words(frequency("ko", normalise), _pieces_seen(corpus.texts("ko")), budget.korean)
    parts = [
        words.word_pieces(teacher_pieces),
        english,
        words.inside_words(english, budget.english_inside),
        syllables,
        compounds,
        korean,
        words.inside_words(korean, budget.korean, shortest=2),
        _thai(corpus, budget.thai),
    ]
    for language, size in (("zh", budget.chinese), ("ja", budget.japanese)):
        texts, known = corpus.sentences[language], set(corpus.entries[language])
        parts.append(words.unspaced_words(frequency(language, normalise), known, texts, size))
    parts += [
        words.spaced_words(frequency(language, normalise), _seen(corpus.texts(language)), budget.other_words)
        for language in ("id", "es")
    ]
    every = [text for language in corpus.languages for text in corpus.texts(language)]
    parts += [words.characters(every, at_least=10), _emoji(every), {words.START: -2.0}]
    return words.merge(*parts, longest=budget.longest)


def frequency(language: str, normalise: Normalise) -> dict[str, float]:
    """Normalised word → share of all words of a language, for those in use."""
    import wordfreq

    summed: dict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict(language, wordlist="best").items():
        if share >= 5e-8:
            summed[normalise(word)] += share
    summed.pop("", None)
    return dict(summed)


def _seen(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split())


def _pieces_seen(texts: Iterable[str], longest: int = 5) -> Counter[str]:
    """Every beginning of every word: Korean endings stick to their nouns."""
    return Counter(
        word[:size] for text in texts for word in text.split() for size in range(1, min(longest, len(word)) + 1)
    )


def _thai(corpus: Corpus, budget: int) -> Scores:
    from pythainlp.tokenize import word_tokenize

    counts: Counter[str] = Counter()
    for text in corpus.texts("th"):
        whole = text.replace(SARA_AM_APART, SARA_AM)
        found = word_tokenize(whole, engine="newmm", keep_whitespace=False)
        counts.update(word.replace(SARA_AM, SARA_AM_APART) for word in found if "\u0e01" <= word[0] <= "\u0e4e")
    frequency = {word: n / counts.total() for word, n in counts.items()}
    scored = words.spaced_words(frequency, Counter({w: n for w, n in counts.items() if len(w) > 1}), budget)
    return {word.removeprefix(words.START): score for word, score in scored.items()}


def _emoji(texts: Iterable[str]) -> Scores:
    """One token for each emoji and each flag."""
    found = {character for text in texts for character in text if is_emoji(character)}
    flags = {
        text[at : at + 2]
        for text in texts
        for at in range(len(text) - 1)
        if ord(text[at]) in FLAG_LETTERS and ord(text[at + 1]) in FLAG_LETTERS
    }
    return dict.fromkeys(sorted(found), -9.0) | dict.fromkeys(sorted(flags), -10.0)
