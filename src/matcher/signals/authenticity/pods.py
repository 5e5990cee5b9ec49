"""
Pods: creators who comment on one another.

A creator's account among the commenters is known by its id, or learned from the comments under its own posts. Two
creators who each comment under the other's posts are friends or colleagues; many who all do so are a pod.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct

Ints = NDArray[np.int64]


def reciprocal_partners(creator: Ints, writer: Ints, n: int) -> Ints:
    """
    How many creators comment under each of n creators and are commented on by it, int64 [n].

    `creator` [m] is the creator under whose post a comment stands, `writer` [m] the creator who wrote it, −1 for
    others.
    """
    among = (writer >= 0) & (writer != creator)
    forth = distinct(writer[among] * n + creator[among])
    back = forth % n * n + forth // n
    both = forth[np.isin(back, forth, assume_unique=True)]
    return np.bincount(both // n, minlength=n).astype(np.int64)


def writers(creator: Ints, author: NDArray[np.uint64], own: NDArray[np.bool_], known: Ints) -> Ints:
    """
    Which creator wrote each of m comments, −1 for others: as `known` [m], else learned from own comments.

    An author who writes "own" comments under several creators (a manager, an agency) is learned for none of them.
    """
    mine = own & (author != 0)
    pairs = np.unique(np.stack([author[mine], creator[mine].astype(np.uint64)], axis=1), axis=0)
    authors, first, times = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    sure = times == 1
    authors, rows = authors[sure], pairs[first[sure], 1].astype(np.int64)
    if not len(authors):
        return known
    at = np.minimum(np.searchsorted(authors, author), len(authors) - 1)
    learned = np.where(authors[at] == author, rows[at], -1)
    return np.where(known >= 0, known, learned)
