"""
Which tokens the table has a row for, and how willingly the tokeniser uses each (a log probability, Unigram style).

Assembled, not learned: whole words where a language writes spaces, dictionary words where it does not, compounds of
several syllables for Vietnamese, word pieces and single characters as the way out. Frequencies come from `wordfreq`
(which counts social media among its sources); a word enters only if the pairs hold it, or its row would stay empty.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

START = "▁"
"""Marks a space, as SentencePiece writes it."""
Normalise = Callable[[str], str]
Scores = dict[str, float]
INSIDE_PENALTY = 4.0
"""Log probability that a word pays for being used inside another, as hashtags do: `#veganrecipes`."""
FLOOR = -16.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens each part of the vocabulary may take; parts overlap, so the sum is an upper bound."""

    english: int = 26_000
    english_inside: int = 7_000
    chinese: int = 18_000
    japanese: int = 6_000
    thai: int = 10_000
    vietnamese_syllables: int = 4_000
    vietnamese_compounds: int = 7_000
    korean: int = 3_500
    other_words: int = 4_500
    longest: int = 24


def spaced_words(frequency: Mapping[str, float], seen: Counter[str], budget: int) -> Scores:
    """Whole words of a language that writes spaces: the most frequent ones that the pairs hold."""
    unlisted = math.log(1e-8)
    total = max(1, sum(seen.values()))
    scores = {
        word: math.log(frequency[word]) if word in frequency else max(unlisted, math.log(count / total) - 2)
        for word, count in seen.items()
        if (word in frequency or count >= 4) and not word.isdigit()
    }
    return {START + word: score for word, score in _best(scores, budget).items()}


def unspaced_words(frequency: Mapping[str, float], known: set[str], texts: Iterable[str], budget: int) -> Scores:
    """
    Words of a language without spaces: frequent words that a dictionary lists or maximal matching finds in the texts.

    Single characters are left to `characters`.
    """
    lexicon = {word for word in frequency if len(word) > 1} | {word for word in known if 1 < len(word) <= 5}
    counts = Counter(word for text in texts for word in maximal_matching(text, lexicon))
    total = max(1, sum(counts.values()))
    scores = {
        word: math.log(frequency[word]) if word in frequency else math.log((count + 0.1) / total) - 1
        for word in lexicon
        if word in known or counts[word] >= 3
        for count in [counts[word]]
        if word in frequency or count
    }
    return _best(scores, budget)


def maximal_matching(text: str, lexicon: set[str], longest: int = 6) -> list[str]:
    """Cut a text into the longest listed words, from left to right; what no word covers is dropped."""
    words, at = [], 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 1, -1):
            if text[at : at + size] in lexicon:
                words.append(text[at : at + size])
                at += size
                break
        else:
            at += 1
    return words


def compounds(entries: Iterable[str], sentences: Iterable[str], syllables: Scores, budget: int) -> Scores:
    """Dictionary words of two to four syllables as single tokens, scored to win over their syllables."""
    listed = {tuple(entry.split()) for entry in entries if 2 <= len(entry.split()) <= 4}
    counts: Counter[tuple[str, ...]] = Counter()
    for sentence in sentences:
        words = sentence.split()
        for size in (2, 3, 4):
            counts.update(gram for gram in zip(*(words[i:] for i in range(size)), strict=False) if gram in listed)
    total = max(1, sum(counts.values()))
    ranked = sorted(listed, key=lambda gram: (-counts[gram], gram))[:budget]
    scores = {}
    for gram in ranked:
        apart = sum(syllables.get(START + syllable, FLOOR) for syllable in gram)
        scores["".join(START + syllable for syllable in gram)] = max(math.log((counts[gram] + 0.5) / total), apart + 1)
    return scores


def inside_words(words: Scores, budget: int, shortest: int = 3) -> Scores:
    """Frequent words again without the mark of a space, for hashtags and other words run together."""
    scores = {word[1:]: score - INSIDE_PENALTY for word, score in words.items() if len(word) > shortest}
    return _best({word: score for word, score in scores.items() if START not in word}, budget)


def word_pieces(pieces: Iterable[str]) -> Scores:
    """The teacher's word pieces (`word`, `##piece`), by rank, as its vocabulary is sorted by frequency."""
    scores: Scores = {}
    for rank, piece in enumerate(pieces, start=1):
        if piece.startswith("##"):
            scores[piece[2:]] = max(FLOOR, -math.log(rank) - INSIDE_PENALTY)
        elif len(piece) > 1 and not piece.startswith("["):
            scores[START + piece] = max(FLOOR, -math.log(rank) - 4)
    return scores


def characters(texts: Iterable[str], at_least: int) -> Scores:
    """Single characters seen `at_least` times: the way out for every word that is not listed."""
    counts = Counter(character for text in texts for character in text if character != " ")
    total = max(1, sum(counts.values()))
    return {c: max(FLOOR, math.log(n / total) - 4) for c, n in counts.items() if n >= at_least}


def merge(*parts: Scores, longest: int) -> Scores:
    """One vocabulary; a token listed twice keeps its higher score."""
    merged: Scores = {}
    for part in parts:
        for token, score in part.items():
            if 0 < len(token) <= longest:
                merged[token] = max(score, merged.get(token, -math.inf))
    return merged


def _best(scores: Scores, budget: int) -> Scores:
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:budget])
