"""
Lockstep: people who comment side by side under creator after creator, far beyond chance.

Two people who appear together under one creator are its public; under three or more creators, they are a group that
moves together: a pod, a bot farm, or a circle of friends. How often chance brings two together follows from how many
creators each of them comments on, and from how large the creators' publics are: Σ over creators of the two chances to
be there. A pair counts when it is beyond that by Chernoff's bound for a Poisson number.

Cost is bounded: people under one creator only are left out, and of a post with many others only those with the smallest
hashes are looked at, the same people everywhere (bottom-k, Cohen & Kaplan 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct, distinct_rows

LEAST_TOGETHER = 3
"""Creators under whom a pair has to appear together."""
BEYOND = 14.0
"""Natural logarithm of how unlikely it has to be."""
EVERYWHERE = 10
"""Creators of one index."""
MOST_PAIRS = 20_000_000
MOST_PER_POST = 60

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lockstep:
    """Of n creators."""

    commenters: Ints
    """People who comment, the creator itself left out."""
    together: Ints
    """Those who appear here with somebody of the same group."""
    everywhere: Ints
    """Those who comment under EVERYWHERE creators or more: hardly anybody does who is not paid for it."""


def lockstep(
    creator: Ints, post: Ints, author: NDArray[np.uint64], n: int, comment: NDArray[np.uint64] | None = None
) -> Lockstep:
    """
    Of n creators from m comments: `creator`, `post`, `author` [m]; without those of creators on their own posts.

    `comment` [m] are hashes of the comments: of a crowd those people are looked at of whom one is smallest. Authors are
    hashed under a salt, and by them another sample would be drawn under another salt; without `comment` they serve.
    """
    people, who = np.unique(author, return_inverse=True)
    here = distinct(creator * len(people) + who)
    under, person = here // max(len(people), 1), here % max(len(people), 1)
    commenters = np.bincount(under, minlength=n)
    creators_of = np.bincount(person, minlength=len(people))
    rank = people
    if comment is not None:
        rank = np.full(len(people), np.iinfo(np.uint64).max)
        np.minimum.at(rank, who, comment)
    first, second, where = _pairs(creator, post, who, creators_of, rank)
    everywhere = np.bincount(under[creators_of[person] >= EVERYWHERE], minlength=n)
    if not len(first):
        return Lockstep(commenters, np.zeros(n, dtype=np.int64), everywhere)
    pair = first * len(people) + second
    order = np.lexsort((where, pair))
    pair, where = pair[order], where[order]
    new = np.concatenate([[True], (pair[1:] != pair[:-1]) | (where[1:] != where[:-1])])
    pair, where = pair[new], where[new]
    pairs, which, times = np.unique(pair, return_inverse=True, return_counts=True)
    u, v = pairs // len(people), pairs % len(people)
    share = commenters / len(here)
    chance = creators_of[u] * creators_of[v] * float((share**2).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = times * np.log(times / chance) - (times - chance)
    strong = (times >= LEAST_TOGETHER) & (times > chance) & (bound >= BEYOND)
    use = strong[which]
    found = distinct(
        np.concatenate([where[use] * len(people) + u[which[use]], where[use] * len(people) + v[which[use]]])
    )
    return Lockstep(commenters, np.bincount(found // len(people), minlength=n), everywhere)


def _pairs(
    creator: Ints, post: Ints, who: Ints, creators_of: Ints, rank: NDArray[np.uint64]
) -> tuple[Ints, Ints, Ints]:
    """Pairs of people under one post: (smaller, larger, creator); of a crowd the people of lowest mixed `rank`."""
    several = creators_of[who] >= LEAST_TOGETHER
    rows, _ = distinct_rows(np.stack([post[several], who[several], creator[several]], axis=1))
    mixed = (rank[rows[:, 1]] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
    rows = rows[np.lexsort((mixed, rows[:, 0]))]
    starts = (
        np.flatnonzero(np.concatenate([[True], rows[1:, 0] != rows[:-1, 0]])) if len(rows) else np.empty(0, np.int64)
    )
    sizes = np.diff(np.append(starts, len(rows)))
    most = _most_per_post(sizes)
    parts: list[tuple[Ints, Ints, Ints]] = []
    for size in np.unique(np.minimum(sizes, most)).tolist():
        at = starts[np.minimum(sizes, most) == size]
        i, j = np.triu_indices(size, 1)
        if not len(i):
            continue
        one, other = rows[(at[:, None] + i).ravel(), 1], rows[(at[:, None] + j).ravel(), 1]
        parts.append((np.minimum(one, other), np.maximum(one, other), np.repeat(rows[at, 2], len(i))))
    if not parts:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty
    first, second, where = (np.concatenate(column) for column in zip(*parts, strict=True))
    return first, second, where


def _most_per_post(sizes: Ints) -> int:
    """So many people of a post are paired that all pairs together stay within MOST_PAIRS."""
    most = MOST_PER_POST
    while most > 2 and (np.minimum(sizes, most) * (np.minimum(sizes, most) - 1) // 2).sum() > MOST_PAIRS:
        most -= 1
    return most
