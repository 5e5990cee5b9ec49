"""
How a post grows after it is published: slow and lasting beats a burst.

From readings of its views at known ages. Half-life: the age at which half of the views are there, where they grow as
1 - 2^(-age / half-life), the saturating curve through the first and the last reading; a curve that does not bend yet
gets the longest. Late growth: the share of the views at the last reading, a week or more after publishing, that came
after the first three days. Where readings are not dated, neither is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.engagement.parts import NEWEST, Beside
from matcher.signals.peers import group_medians

Floats = NDArray[np.float64]
SHORTEST_DAYS, LONGEST_DAYS = 0.1, 60.0
"""Half-lives stay in these bounds."""
LEAST_APART_DAYS = 1.0
"""The two readings lie at least so far apart, and the last is at least twice as old as the first."""
EARLY_DAYS, FULL_DAYS = 3.0, 7.0
"""What comes after the first is late growth, seen from the second on."""
WIDEST_GAP_DAYS = 4.0
"""The readings on both sides of EARLY_DAYS lie no further apart."""
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Readings:
    """Dated readings of views, in any order."""

    post: NDArray[np.int64]
    age_days: Floats
    views: Floats


@dataclass(frozen=True, slots=True)
class PostGrowth:
    """Growth of m posts, NaN where it is not known."""

    half_life_days: Floats
    late_share: Floats
    falling: int
    """Posts whose views are fewer at a later reading than at an earlier one: left out."""


def post_growth(readings: Readings, n_posts: int) -> PostGrowth:
    """The growth of n posts from readings of some of them; readings from before publishing say nothing."""
    fine = (readings.age_days > 0) & (readings.views > 0)
    order = np.flatnonzero(fine)[np.lexsort((readings.views[fine], readings.age_days[fine], readings.post[fine]))]
    post, age, views = readings.post[order], readings.age_days[order], readings.views[order]
    half_life, late = np.full(n_posts, np.nan), np.full(n_posts, np.nan)
    if not len(post):
        return PostGrowth(half_life, late, 0)
    posts, first = np.unique(post, return_index=True)
    last = np.append(first[1:], len(post)) - 1
    apart = (age[last] - age[first] >= LEAST_APART_DAYS) & (age[last] >= 2 * age[first])
    less = np.append((post[1:] == post[:-1]) & (views[1:] < views[:-1]), False)
    falls = np.add.reduceat(less, first) > 0
    told = apart & ~falls
    a, b = first[told], last[told]
    half_life[posts[told]] = half_lives(age[a], age[b], views[a] / views[b])

    early = np.flatnonzero(age <= EARLY_DAYS)
    before = np.full(n_posts, -1, dtype=np.int64)
    before[post[early]] = early  # ages rise within a post, so the last one stays
    at, whole = before[posts], last
    seen = (at >= 0) & (at < whole) & (age[whole] >= FULL_DAYS) & ~falls
    at, whole = at[seen], whole[seen]
    gap = age[at + 1] - age[at]
    part = (EARLY_DAYS - age[at]) / gap
    then = views[at] + part * (views[at + 1] - views[at])
    near = gap <= WIDEST_GAP_DAYS
    late[post[at[near]]] = np.clip(1 - then[near] / views[whole[near]], 0.0, 1.0)
    return PostGrowth(half_life, late, int(np.count_nonzero(falls)))


def half_lives(first: Floats, last: Floats, ratio: Floats) -> Floats:
    """Half-lives in days for views that at age `first` were the part `ratio` of those at age `last`; bisection."""
    low, high = np.full(len(first), np.log(SHORTEST_DAYS)), np.full(len(first), np.log(LONGEST_DAYS))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        days = np.exp(middle)
        longer = (1 - 0.5 ** (first / days)) / (1 - 0.5 ** (last / days)) > ratio
        low, high = np.where(longer, middle, low), np.where(longer, high, middle)
    return np.asarray(np.exp((low + high) / 2), dtype=np.float64)


def growth_parts(growth: PostGrowth, creator: NDArray[np.int64], n: int) -> dict[str, Beside]:
    """The parts `half_life` (as a log of days) and `late_growth` of n creators: medians of their newest posts."""
    starts = np.searchsorted(creator, np.arange(n))
    newest = np.arange(len(creator)) - starts[creator] < NEWEST
    found = {"half_life": np.log(growth.half_life_days), "late_growth": growth.late_share}
    parts = {}
    for name, values in found.items():
        own = np.where(newest, values, np.nan)
        seen = np.bincount(creator[~np.isnan(own)], minlength=n)
        parts[name] = Beside(group_medians(own, creator, n), seen)
    return parts
