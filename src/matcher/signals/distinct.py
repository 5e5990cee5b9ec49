"""
Distinct numbers, and distinct rows of small codes as one number a row, by sorting.

NumPy's own `unique` hashes plain integers and compares whole rows; each takes ten times as long.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_ROOM = 2**62
Number = TypeVar("Number", bound=np.integer[Any])


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """The distinct values of integers [n] in order: the same as `np.unique(values)`."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def distinct_rows(keys: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    The distinct rows of integers [n, parts] in order, int64 [m, parts], and for each row which one it is, int64 [n].

    The same as `np.unique(keys, axis=0, return_inverse=True)`.
    """
    n, parts = keys.shape
    if not n or not parts:
        return np.zeros((min(n, 1), parts), np.int64), np.zeros(n, np.int64)
    low = keys.min(axis=0).astype(np.int64)
    sizes = [int(top) - int(least) + 1 for top, least in zip(keys.max(axis=0), low, strict=True)]
    if float(np.prod([float(size) for size in sizes])) > _ROOM:
        distinct, inverse = np.unique(keys.astype(np.int64), axis=0, return_inverse=True)
        return distinct, inverse.ravel().astype(np.int64)
    number = np.zeros(n, np.int64)
    for part, size in enumerate(sizes):
        number = number * size + (keys[:, part].astype(np.int64) - low[part])
    _, first, inverse = np.unique(number, return_index=True, return_inverse=True)
    return keys[first].astype(np.int64), inverse.astype(np.int64)
