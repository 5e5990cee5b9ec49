"""
Follower jumps that nothing explains.

Growth from one reading to the next is compared with the creator's own usual growth and scatter (median, 1.4826 × MAD
of the residuals over √weeks), and with the weeks around it: a season in which every week is good is no jump. From
what exceeds both, what the posts of that time explain is taken off; and, where later posts do so much better than
earlier ones that the new followers evidently react, that part too. What is left, in deviations, is the evidence. One
or two readings together count as one jump.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.attention import PostWeeks
from matcher.signals.authenticity.weeks import WEEKS, Weeks, previous

Floats = NDArray[np.float64]
LEAST_SCATTER = 0.004
"""Log followers per √week: less than this is no scatter but a rounded history."""
EARLIER_WEEKS = 2
"""Posts of so many weeks before may explain a jump."""
SIDE_WEEKS = 8
"""Posts of so many weeks before and after a jump are compared."""
AROUND, RANK = 4, 2
"""A week is set against the RANK-th best of the AROUND weeks on either side: a run of good weeks is longer than two."""
LEAST_JUMP = 2.0
"""Deviations below which there is no jump for reactions to answer."""
DRIFT = 0.1
"""Log interactions of a post wander by so much in a few weeks for other reasons."""
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Jumps:
    """The largest unexplained jump of each of c creators."""

    deviations: Floats
    """float64 [c]: its size in the creator's own deviations, 0 without one."""
    size: Floats
    """float64 [c]: unexplained new followers per follower before."""
    days_ago: Floats
    without_posts: NDArray[np.bool_]
    """Whether no post with counts is known from that time: an explanation could not be seen."""
    unanswered: Floats
    """float64 [c]: how surely later reactions did not rise with it, in deviations; 0 without a jump, NaN where too few
    posts could tell."""


def jumps(weeks: Weeks, posts: PostWeeks) -> Jumps:
    """Of c creators; `posts` are the weeks of the same creators in the same order."""
    parts = [
        _jumps(weeks.at(slice(start, start + _CHUNK)), posts.at(slice(start, start + _CHUNK)))
        for start in range(0, max(len(weeks.rows), 1), _CHUNK)
    ]
    columns = zip(*((p.deviations, p.size, p.days_ago, p.without_posts, p.unanswered) for p in parts), strict=True)
    return Jumps(*(np.concatenate(column) for column in columns))


def _jumps(weeks: Weeks, posts: PostWeeks) -> Jumps:
    c, row = len(weeks.rows), np.arange(len(weeks.rows))
    before = previous(weeks.size)
    growth, span = _growth(weeks, before)
    usual = _median(growth / span)
    scatter = np.maximum(1.4826 * _median(np.abs(growth - usual * span) / np.sqrt(span)), LEAST_SCATTER)
    covered, seen = _so_far(posts.explained), _so_far(posts.posts)
    best, size, at = np.zeros(c), np.zeros(c), np.zeros(c, dtype=np.int64)
    unseen = np.zeros(c, dtype=np.bool_)
    for start, total, length, skipped in _windows(before, growth, span):
        level = np.maximum(usual, _around(growth / span, skipped))
        earliest = np.maximum(start - EARLIER_WEEKS, 0)
        base = np.exp(np.take_along_axis(weeks.size, np.maximum(start, 0), axis=1))
        explained = covered[:, 1:] - np.take_along_axis(covered, earliest, axis=1)
        left = np.log1p(np.maximum(np.expm1(total - level * length) - explained / base, 0.0))
        strength = np.nan_to_num(left / (scatter * np.sqrt(length)))
        top = strength.argmax(axis=1)
        better = strength[row, top] > best
        none = seen[row, top + 1] == np.take_along_axis(seen, earliest, axis=1)[row, top]
        best, at = np.where(better, strength[row, top], best), np.where(better, top, at)
        size, unseen = np.where(better, left[row, top], size), np.where(better, none, unseen)
    rise, error = rises(at, posts)
    kept = 1.0 - answered(size, rise, error)
    silent = np.where(best >= LEAST_JUMP, np.maximum((size - rise) / np.hypot(error, DRIFT), 0.0), 0.0)
    days_ago = np.where(best > 0, weeks.days[row, at], np.nan)
    return Jumps(best * kept, np.expm1(size) * kept, days_ago, unseen, silent)


def _windows(
    before: NDArray[np.int64], growth: Floats, span: Floats
) -> Iterator[tuple[NDArray[np.int64], Floats, Floats, NDArray[np.int64]]]:
    """One interval, then two neighbours as one: (start, growth, weeks) [c, WEEKS], and the other column of it."""
    columns = np.broadcast_to(np.arange(WEEKS), before.shape)
    yield before, growth, span, columns
    at = np.maximum(before, 0)
    start = np.where(before < 0, -1, np.take_along_axis(before, at, axis=1))
    more, longer = np.take_along_axis(growth, at, axis=1), np.take_along_axis(span, at, axis=1)
    missing = (before < 0) | (start < 0)
    yield start, np.where(missing, np.nan, growth + more), np.where(missing, np.nan, span + longer), at


def _around(rate: Floats, second: NDArray[np.int64]) -> Floats:
    """The RANK-th highest rate [c, WEEKS] of the weeks around each, it and column `second` left out; else −inf."""
    padded = np.pad(np.where(np.isnan(rate), -np.inf, rate), ((0, 0), (AROUND, AROUND)), constant_values=-np.inf)
    columns = np.arange(rate.shape[1])
    neighbours = []
    for step in (*range(-AROUND, 0), *range(1, AROUND + 1)):
        shifted = padded[:, AROUND + step : AROUND + step + rate.shape[1]]
        neighbours.append(np.where(columns + step == second, -np.inf, shifted))
    return np.asarray(np.partition(np.stack(neighbours), -RANK, axis=0)[-RANK])


def _so_far(values: NDArray[Any]) -> NDArray[Any]:
    """Sums of the columns before each, [c, WEEKS + 1]."""
    return np.cumsum(np.concatenate([np.zeros((len(values), 1), values.dtype), values], axis=1), axis=1)


def _median(values: Floats) -> Floats:
    """Median of the known values of each row, [c, 1]; rows have at least one."""
    return np.asarray(np.nanmedian(values, axis=1, keepdims=True)) if len(values) else np.zeros((0, 1))


def rises(at: NDArray[np.int64], posts: PostWeeks) -> tuple[Floats, Floats]:
    """
    How much more log interactions posts have after the weeks `at` [c] than before, and the error of it; [c] each.

    NaN with fewer than 3 posts on a side.
    """
    week = np.arange(WEEKS)[None, :]
    after = (week > at[:, None]) & (week <= at[:, None] + SIDE_WEEKS)
    prior = (week < at[:, None] - 1) & (week >= at[:, None] - 1 - SIDE_WEEKS)
    n_after, n_prior = (posts.posts * after).sum(axis=1), (posts.posts * prior).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        rise = (posts.interactions * after).sum(axis=1) / n_after - (posts.interactions * prior).sum(axis=1) / n_prior
        error = posts.spread * np.sqrt(1.0 / n_after + 1.0 / n_prior)
    enough = np.minimum(n_after, n_prior) >= 3
    return np.where(enough, rise, np.nan), np.where(enough, error, np.nan)


def answered(size: Floats, rise: Floats, error: Floats) -> Floats:
    """
    The part of jumps [c] of log `size` that the interactions of later posts answer, 0 to 1.

    The rise of the mean log interactions over the size of the jump, as far as it can be told: size² / (size² + error²).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.clip(rise / size, 0.0, 1.0) * size**2 / (size**2 + error**2)
    return np.asarray(np.where(size > 0, np.nan_to_num(part), 0.0))


def _growth(weeks: Weeks, before: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Log growth since the reading before and the weeks between, NaN where there is none; [c, WEEKS]."""
    at = np.maximum(before, 0)
    growth = weeks.size - np.take_along_axis(weeks.size, at, axis=1)
    span = (np.take_along_axis(weeks.days, at, axis=1) - weeks.days) / 7.0
    none = (before < 0) | np.isnan(growth) | (span <= 0)
    return np.where(none, np.nan, growth), np.where(none, np.nan, span)
