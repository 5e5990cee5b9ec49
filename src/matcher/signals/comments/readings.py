"""What can be told of a comment from its text alone, in any language, for many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.signals.comments import patterns
from matcher.signals.comments.characters import Characters, Kind
from matcher.signals.comments.distinct import distinct
from matcher.signals.comments.patterns import folded, taken_out

LONGEST = 2_000
"""Characters of a comment that are read; what comes after them changes nothing."""
FEATURES = (
    "characters", "words", "links", "contacts", "hashtags", "digits", "capitals", "emoji", "punctuation",
    "repeats", "question", "exclamation", "praise_alone", "one_word", "promotion", "variety",
)  # fmt: skip
"""Mentions are not among them: whether people are called by name is a habit of platforms, not a sign of spam."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Readings:
    """What n texts show."""

    features: Floats
    """float64 [n, len(FEATURES)]: counts as log(1 + count), parts of a text as shares of its characters."""
    words: Floats
    """float64 [n]: words beside links, mentions and hashtags."""
    empty: NDArray[np.bool_]
    """Nothing is said: no letter, one word, or praise that would stand under any post. Mentions alone are not empty."""
    question: NDArray[np.bool_]
    folded: Characters
    """The characters of the folded texts, without links, contacts, mentions and hashtags."""


def read_comments(texts: Sequence[str]) -> Readings:
    """Read texts; what is beyond LONGEST characters is left aside."""
    whole = pa.array([text[:LONGEST].encode("utf-8", "replace").decode() for text in texts], pa.string())
    bare, found = taken_out(whole)
    counts = {name: np.asarray(each, dtype=np.int64) for name, each in found.items()}
    bare = pc.utf8_normalize(bare, "NFKD")
    characters = Characters.of(bare.to_pylist())
    small = folded(Characters.of(pc.utf8_lower(bare).to_pylist()))
    fold = pa.array(small.texts(), pa.string())
    words = small.words()
    visible = characters.where(characters.kind != Kind.SPACE)
    letters = characters.count(Kind.LETTER, Kind.UPPER, Kind.IDEOGRAPH, Kind.SYLLABIC)
    size = np.maximum(np.bincount(visible.owner, minlength=len(texts)), 1.0)
    question = _matches(bare, patterns.QUESTION)
    praise = _matches(fold, patterns.generic_pattern())
    named = sum(counts.values()) > 0
    features = {
        "characters": np.log1p(np.bincount(characters.owner, minlength=len(texts))),
        "words": np.log1p(words),
        "links": np.log1p(counts["links"]),
        "contacts": np.log1p(counts["contacts"]),
        "hashtags": np.log1p(counts["hashtags"]),
        "digits": characters.count(Kind.DIGIT) / size,
        "capitals": characters.count(Kind.UPPER) / np.maximum(letters, 1),
        "emoji": characters.count(Kind.EMOJI) / size,
        "punctuation": characters.count(Kind.PUNCTUATION) / size,
        "repeats": visible.count_where(visible.repeats()) / size,
        "question": question,
        "exclamation": np.log1p(characters.count_where(np.isin(characters.code, [0x21, 0xFF01]))),
        "praise_alone": praise,
        "one_word": (words > 0) & (words < 1.5),
        "promotion": np.log1p(np.asarray(pc.count_substring_regex(fold, patterns.list_pattern("promotion")))),
        "variety": _variety(small),
    }
    empty = ((words < 1.5) | praise) & ~question & ~((words == 0) & named)
    table = np.stack([np.asarray(features[name], np.float64) for name in FEATURES], axis=1)
    return Readings(table, words, empty, question, small)


def _matches(texts: pa.Array, pattern: str) -> NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(texts, pattern), dtype=np.bool_)


def _variety(characters: Characters) -> Floats:
    """Different pairs of neighbouring characters as a share of all pairs, float64 [n]; 1 for texts without a pair."""
    code, owner = characters.code.astype(np.uint64), characters.owner
    inside = owner[1:] == owner[:-1]
    pairs = (owner[1:].astype(np.uint64) << np.uint64(42) | code[:-1] << np.uint64(21) | code[1:])[inside]
    total = np.bincount(owner[1:][inside], minlength=characters.n)
    different = np.bincount((distinct(pairs) >> np.uint64(42)).astype(np.int64), minlength=characters.n)
    return np.divide(different, total, out=np.ones(characters.n), where=total > 0)
