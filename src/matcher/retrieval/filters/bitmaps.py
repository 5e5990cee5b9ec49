"""Bitmaps over creators: where a column holds what is wanted, and who owns a row that does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.index import Index
from matcher.text import tokens

Bitmap = NDArray[np.bool_]


def among(column: NDArray[Any], codes: list[int]) -> Bitmap:
    """Where a column of codes (-1 = not known) holds one of those wanted; a look-up, ten times as fast as a search."""
    wanted = np.zeros(max([*codes, int(column.max(initial=-1))]) + 2, dtype=np.bool_)
    wanted[codes] = True
    found: Bitmap = wanted[column]  # -1 reads the last place, which stays False
    return found


def within(values: NDArray[Any], low: float | None, high: float | None) -> Bitmap:
    """Values inside a range, both ends included; NaN is never inside."""
    met: Bitmap = ~np.isnan(values)
    if low is not None:
        met &= values >= low
    if high is not None:
        met &= values <= high
    return met


def any_value(index: Index, passing: Bitmap, owner: NDArray[np.int64]) -> Bitmap:
    """Creators with any passing row: `passing` bool [rows], `owner` the creator of each row."""
    met: Bitmap = np.zeros(len(index.creators), dtype=np.bool_)
    met[owner[passing]] = True
    return met


def passing_all(index: Index, steps: Iterable[Bitmap]) -> Bitmap:
    """The creators that pass every step."""
    passing: Bitmap = np.ones(len(index.creators), dtype=np.bool_)
    for bitmap in steps:
        passing &= bitmap
    return passing


def mentioning(index: Index, phrases: Iterable[str]) -> Bitmap:
    """Creators with any of the phrases in a post, the bio, the name or the categories."""
    found = np.zeros(len(index.creators), dtype=np.bool_)
    n_posts = len(index.posts)
    for phrase in tokens(list(phrases)):
        documents = index.lexical.containing(phrase)
        found[index.posts.creator[documents[documents < n_posts]]] = True
        found[documents[documents >= n_posts] - n_posts] = True
    return found
