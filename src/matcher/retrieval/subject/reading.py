"""
Reading a brief for its subject: how much each word counts when it is embedded, and which are looked up at all.

"Our client is launching soon and needs honest voices with a loyal community around nail art" has two words that a post
could hold. A mean over all words lies near no post; a mean over those that count lies where the posts on nail art are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.encoders.load import embedded
from matcher.retrieval.encoders.protocol import Encoder, EncodesWeighted, Rows, WeighedWord, encode_briefs
from matcher.retrieval.encoders.static import Pieces
from matcher.retrieval.subject.network import Network
from matcher.text.characters import UNSPACED

SUBJECT_ODDS = 3.0
"""How many words of its subject a brief holds for each of the others, before it is read; the network was fitted on as
many of both. Real briefs name products, tastes and habits at length: with even odds some of those are lost."""
LEAST = 0.3
"""A word that counts for less is not looked up, and an encoder that cannot weigh words does not get it."""
NUMBER = 0.1
"""Weight of a number that stands by itself: briefs are full of sums, dates and counts, and no post is about one."""
READ = 4_000
"""So many characters of a text are read; what comes after counts in full. No more than 2,000 are embedded."""
_REMEMBERED = 16
"""So many texts keep their reading: of one brief, the whole and each aspect are read for vectors, words and mass."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


def subject_words(text: str) -> list[WeighedWord]:
    """
    The words of a text, each with the probability that it belongs to the subject.

    Where words have spaces, the pieces of one count together; elsewhere each piece stands alone.
    """
    return list(_weighed(text[:READ])[0])


def sized_words(text: str) -> list[tuple[WeighedWord, float]]:
    """The words of a text with their weights, each with the lengths of its tokens' rows, summed."""
    return list(zip(*_weighed(text[:READ]), strict=True))


def subject_rows(encoder: Encoder, texts: Sequence[str]) -> Rows:
    """
    Embed briefs by their subjects: float32 [len(texts), dimensions].

    An encoder that cannot weigh words gets the texts without those that hardly count.
    """
    if isinstance(encoder, EncodesWeighted):
        return encoder.encode_weighted(texts, [subject_words(text) for text in texts])
    return encode_briefs(encoder, [subject_text(text) for text in texts])


def subject_text(text: str, least: float = LEAST) -> str:
    """A text without the words that count for less than `least`; as it is when nothing would be left."""
    left = list(text)
    for word in subject_words(text):
        if word.weight < least:
            left[word.start : word.end] = " " * (word.end - word.start)
    kept = " ".join("".join(left).split())
    return kept if any(character.isalnum() for character in kept) else text


def subject_mass(text: str) -> float:
    """How much of a subject a text holds: the lengths of its tokens' rows, as far as they count."""
    return float(sum(word.weight * size for word, size in sized_words(text)))


@lru_cache(maxsize=_REMEMBERED)
def _weighed(text: str) -> tuple[tuple[WeighedWord, ...], tuple[float, ...]]:
    """
    The words of a text with their weights, and the lengths of their tokens' rows, summed.

    Read by the embedded encoder, to which the network was fitted, whatever encoder the index was made with.
    """
    pieces = embedded().pieces(text)
    if not len(pieces.rows):
        return (), ()
    length = np.linalg.norm(pieces.rows, axis=1)
    word_of = _words(text, pieces)
    weights = _by_word(network().log_odds(pieces.rows), length, word_of)
    first = np.flatnonzero(np.diff(word_of, prepend=-1))
    last = np.append(first[1:], len(word_of)) - 1
    starts, ends = pieces.start[first].tolist(), np.maximum.accumulate(pieces.end)[last].tolist()
    words = tuple(
        WeighedWord(start, end, min(weight, NUMBER) if _is_number(text[start:end]) else weight)
        for start, end, weight in zip(starts, ends, weights.tolist(), strict=True)
    )
    return words, tuple(np.bincount(word_of, length).tolist())


def _words(text: str, pieces: Pieces) -> NDArray[np.int64]:
    """
    The number of the word that each piece belongs to, int64 [pieces], counted from 0.

    A piece that begins where the one before ends goes on with its word, unless a space or a script without spaces
    stands there; one that begins before that end is a part of the same characters (bytes of a letter without a row).
    """
    numbers, number = np.zeros(len(pieces.rows), np.int64), 0
    upto = np.maximum.accumulate(pieces.end)
    for at in range(1, len(numbers)):
        before, begin, end = int(upto[at - 1]), int(pieces.start[at]), int(pieces.end[at])
        piece = text[begin:end]
        apart = begin == before and (piece[:1].isspace() or _UNSPACED.search(text[max(0, before - 1) : end]))
        number += bool(begin > before or apart)
        numbers[at] = number
    return numbers


def _by_word(log_odds: Rows, length: Rows, word_of: NDArray[np.int64]) -> NDArray[np.float64]:
    """Probability of each word that it belongs to the subject: its pieces' log odds, weighed by their lengths."""
    size = np.maximum(np.bincount(word_of, length), 1e-6)
    how_put = np.bincount(word_of, length * log_odds) / size - np.log(SUBJECT_ODDS)
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(how_put, -30.0, 30.0))))


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word)) and not any(map(str.isalpha, word))


@cache
def network() -> Network:
    """The network that is shipped, read once."""
    return Network.load()
