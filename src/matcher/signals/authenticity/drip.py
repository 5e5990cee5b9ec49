"""
A slow drip: followers that grow for months while nothing else does.

Followers who were bought do not react. So the growth of the followers over the year is set against that of the
interactions per post over the same time (least squares on the weeks, single posts cut): what exceeds it, over the error
of the trend, is the evidence. Fading interactions are no evidence of their own: their trend counts as level.
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
DRIFT = 0.10
"""Interactions per follower wander by so much in a year for other reasons (log)."""


@dataclass(frozen=True, slots=True)
class Drips:
    """Growth that interactions do not share, of c creators; NaN where too little is known."""

    deviations: Floats
    growth: Floats
    """Log growth of the followers, the largest jump left out."""
    answered: Floats
    """Log growth of the interactions per post over the same time, 0 where they fell."""


def drips(weeks: Weeks, posts: PostWeeks, jump: Floats) -> Drips:
    """Of c creators; `jump` float64 [c] are unexplained jumps (share of the followers before), left out here."""
    c = len(weeks.rows)
    known = ~np.isnan(weeks.size)
    first, last = known.argmax(axis=1), WEEKS - 1 - known[:, ::-1].argmax(axis=1)
    row = np.arange(c)
    span = (last - first).astype(np.float64)
    growth = weeks.size[row, last] - weeks.size[row, first] - np.log1p(jump)
    week = np.arange(WEEKS)[None, :]
    counted = np.where((week >= first[:, None]) & (week <= last[:, None]), posts.posts, 0)
    total = counted.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_week = (counted * week).sum(axis=1) / total
        away = week - mean_week[:, None]
        sums = np.where(counted > 0, posts.interactions, 0.0)
        mean = sums.sum(axis=1) / total
        sxx = (counted * away**2).sum(axis=1)
        slope = (away * (sums - counted * mean[:, None])).sum(axis=1) / sxx
        error = posts.spread / np.sqrt(sxx) * span
        shared = np.maximum(slope * span, 0.0)
        z = (ELASTICITY * growth - shared) / np.hypot(error, DRIFT)
    enough = (span >= LEAST_WEEKS) & (total >= LEAST_POSTS) & (sxx > 0)
    return Drips(
        np.where(enough, np.maximum(z, 0.0), np.nan),
        np.where(enough, growth, np.nan),
        np.where(enough, shared, np.nan),
    )
