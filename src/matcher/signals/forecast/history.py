"""What earlier posts of a slot say of its next one: how many there are, their middle, spread and latest level."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matcher.signals.forecast.series import Floats, Ints, Series

NEWEST = 30
"""So many of the posts before are looked at."""
HALF_LIFE_POSTS = 3.0
"""For the latest level, a post counts half of one that is so many posts newer."""
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class History:
    """The posts before, for n posts or slots; all on log scale, NaN where there is no post."""

    posts: Ints
    """int64 [n], at most NEWEST."""
    median: Floats
    spread: Floats
    """float64 [n]: median distance from the median, NaN below 2 posts."""
    latest: Floats
    """float64 [n]: mean in which newer posts count more."""
    silence: Floats
    """float64 [n]: days from the last of them, NaN where a date is not known."""


def before_posts(series: Series, rows: Ints) -> History:
    """The history of posts, each from the earlier ones of its slot."""
    first = np.searchsorted(series.slot, series.slot[rows])
    return _histories(series, first, rows, series.at[rows])


def before_next(series: Series, n_slots: int, now: float = math.nan) -> History:
    """The history of the next post of every slot, published `now` (seconds since 1970), from all its posts."""
    bounds = np.searchsorted(series.slot, np.arange(n_slots + 1))
    return _histories(series, bounds[:-1], bounds[1:], np.full(n_slots, now))


def _histories(series: Series, first: Ints, end: Ints, next_at: Floats) -> History:
    """Histories of posts at `next_at` from the posts `first` to `end`, the end left out, of each of n spans."""
    chunks = [slice(at, at + _CHUNK) for at in range(0, max(len(first), 1), _CHUNK)]
    parts = [_history(series, first[chunk], end[chunk], next_at[chunk]) for chunk in chunks]
    return History(*(np.concatenate([getattr(part, name) for part in parts]) for name in History.__slots__))


def _history(series: Series, first: Ints, end: Ints, next_at: Floats) -> History:
    back = np.arange(NEWEST)
    at = end[:, None] - 1 - back
    there = at >= first[:, None]
    values = np.full(at.shape, np.nan)
    values[there] = series.log[at[there]]
    weight = np.where(there, 0.5 ** (back / HALF_LIFE_POSTS), 0.0)
    posts = there.sum(axis=1)
    median = _medians(values, posts)
    spread = _medians(np.abs(values - median[:, None]), posts)
    total = weight.sum(axis=1)
    latest = np.divide((np.where(there, values, 0.0) * weight).sum(axis=1), total, out=np.full(len(total), np.nan),
                       where=total > 0)  # fmt: skip
    silence = np.full(len(posts), np.nan)
    past = (posts > 0) & np.isfinite(next_at)
    silence[past] = (next_at[past] - series.at[end[past] - 1]) / 86_400.0
    silence[~np.isfinite(silence)] = np.nan
    return History(posts, median, np.where(posts >= 2, spread, np.nan), latest, silence)


def _medians(values: Floats, known: Ints) -> Floats:
    """Median of each row [n, k] whose `known` [n] first values in order are numbers, the rest NaN; NaN for none."""
    ordered, rows = np.sort(values, axis=1), np.arange(len(values))
    low, high = ordered[rows, np.maximum(known - 1, 0) // 2], ordered[rows, np.minimum(known // 2, values.shape[1] - 1)]
    return np.where(known > 0, (low + high) / 2.0, np.nan)
