"""
A slow drip: followers that grow for months while nothing else does.

Followers who were bought do not react. So the log interactions of the posts, week by week, are regressed on the log
followers of that week: how many percent more reactions came with each percent more followers. Beside that, reactions
wander by themselves, a little every week, so the regression is by generalised least squares under a random walk with
noise (a local level model, Harvey 1989): the weeks are whitened by the filter of Kalman (1960), and a slow trend of a
year says less than as many independent weeks would. What the rise falls short of, over its error, is the evidence.
Fading interactions are no evidence of their own: their rise counts as none.

Only steady growth counts: the growth of the best weeks is cut to that of a good one. Who came at once, after a viral
post or bought, is for the jumps to judge, and may well be a crowd that reacts little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.attention import PostWeeks
from matcher.signals.authenticity.weeks import WEEKS, Weeks

Floats = NDArray[np.float64]
LEAST_WEEKS = 12
LEAST_POSTS = 12
ELASTICITY = 0.8
"""Interactions grow by this part of what followers grow by, among honest creators: larger accounts are less engaged."""
WANDER = 0.02
"""Log interactions per follower wander by so much in a week for other reasons: by 0.14 in a year."""

GOOD_WEEKS = 0.2
"""So many of the weeks grow more than a good one."""


@dataclass(frozen=True, slots=True)
class Drips:
    """Growth that interactions do not share, of c creators; NaN where too little is known."""

    deviations: Floats
    growth: Floats
    """Log growth of the followers, the best weeks cut to a good one."""
    answered: Floats
    """Log growth of the interactions per post that came with it, 0 where they fell."""


def drips(weeks: Weeks, posts: PostWeeks) -> Drips:
    """Of c creators; `posts` are the weeks of the same creators in the same order."""
    size, first, last = _between(weeks.size)
    week, row = np.arange(WEEKS)[None, :], np.arange(len(size))
    inside = (week >= first[:, None]) & (week <= last[:, None])
    steady = np.cumsum(_steady(size, inside & (week > first[:, None])), axis=1)
    growth, span = steady[row, last], last - first
    counted = np.where(inside, posts.posts, 0)
    rise, information = _regressed(posts.interactions, steady, counted, posts.spread)
    rise = np.maximum(rise, 0.0)
    z = np.where(growth > 0, (ELASTICITY - rise) * np.sqrt(information), 0.0)
    enough = (span >= LEAST_WEEKS) & (counted.sum(axis=1) >= LEAST_POSTS)
    return Drips(
        np.where(enough, np.maximum(z, 0.0), np.nan),
        np.where(enough, growth, np.nan),
        np.where(enough, rise * np.maximum(growth, 0.0), np.nan),
    )


def _between(size: Floats) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Log followers in every week, on a line between known weeks, and the first and the last known week."""
    known, week = ~np.isnan(size), np.arange(WEEKS)
    first, last = known.argmax(axis=1), WEEKS - 1 - known[:, ::-1].argmax(axis=1)
    before = np.maximum(np.maximum.accumulate(np.where(known, week, -1), axis=1), first[:, None])
    after = np.minimum.accumulate(np.where(known, week, WEEKS)[:, ::-1], axis=1)[:, ::-1]
    after = np.minimum(after, last[:, None])
    part = np.clip((week - before) / np.maximum(after - before, 1), 0.0, 1.0)
    start, end = (np.take_along_axis(size, at, axis=1) for at in (before, after))
    return start + part * (end - start), first, last


def _steady(size: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Log growth of every week, float64 [c, WEEKS], that of the best ones cut to what a good week brings."""
    growth = np.where(inside, np.diff(size, axis=1, prepend=size[:, :1]), -np.inf)
    best = -np.sort(-growth, axis=1)
    place = (GOOD_WEEKS * inside.sum(axis=1)).astype(np.int64)
    good = np.maximum(best[np.arange(len(size)), place], 0.0)
    return np.where(inside, np.minimum(growth, good[:, None]), 0.0)


def _regressed(sums: Floats, size: Floats, counted: NDArray[np.int64], spread: Floats) -> tuple[Floats, Floats]:
    """
    The slope of log interactions on log followers, float64 [c], and its information (1 / variance).

    `sums` [c, WEEKS] are those of `counted` posts with a scatter of `spread` [c]. Both series pass the same filter:
    what it did not foresee of either is independent from week to week. A level starts at the first week with posts.
    """
    c = len(size)
    slope, information, variance = np.zeros(c), np.zeros(c), np.zeros(c)
    level, base = np.zeros(c), np.zeros(c)
    started = np.zeros(c, dtype=np.bool_)
    for week in range(WEEKS):
        posts = counted[:, week]
        seen = posts > 0
        noise = spread**2 / np.maximum(posts, 1)
        variance += WANDER**2
        both = seen & started
        total = np.where(both, variance + noise, 1.0)
        y, x = sums[:, week] / np.maximum(posts, 1) - level, size[:, week] - base
        slope += np.where(both, x * y / total, 0.0)
        information += np.where(both, x * x / total, 0.0)
        gain = np.where(started, variance / total, 1.0) * seen
        level, base = level + gain * y, base + gain * x
        variance = np.where(seen & ~started, noise, (1 - gain) * variance)
        started |= seen
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(information > 0, slope / information, 0.0), information
