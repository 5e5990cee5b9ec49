"""
How far the next post strays from the median of the earlier ones, by platform: the prior of forecasts.

The newest posts of each creator are examples, as in the fit of a model. Quantiles 5 and 95 % of what the next post has
more than the median of n earlier ones, on log scale; without an earlier one, more than the median creator of the
platform. Widths never grow with n. More posts than too few creators have say no more than fewer did; fewer posts than
they have, and platforms that are not listed, take the widest of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matcher.signals.forecast import Series, Slots
from matcher.signals.forecast.history import before_next, before_posts
from matcher.signals.forecast.model import PER_SLOT
from matcher.signals.forecast.prior import OTHER, STEPS
from matcher.signals.forecast.series import Floats, Ints

ENDS = (0.05, 0.95)
CREATORS_OF_A_WIDTH = 75
"""A step that fewer tell has the widths of the step before it."""


def widths(slots: Slots, series: Series, platforms: Sequence[str]) -> dict[str, dict[str, list[float]]]:
    """Platform → `below` and `above`, one for each of STEPS; `platforms` are the names behind the codes."""
    creator, platform, step, away = _examples(slots, series)
    own = {name: _widths(creator[here], step[here], away[here])
           for code, name in enumerate(platforms) if (here := platform == code).any()}  # fmt: skip
    told = {name: table for name, table in own.items() if not np.isnan(table).all()}
    widest = np.nanmax(list(told.values()), axis=0)
    tables = {name: np.where(np.isnan(table), widest, table) for name, table in told.items()} | {OTHER: widest}
    return {
        name: {"below": ends[:, 0].round(2).tolist(), "above": ends[:, 1].round(2).tolist()}
        for name, ends in sorted((name, _never_growing(table)) for name, table in tables.items())
    }


def _examples(slots: Slots, series: Series) -> tuple[Ints, Ints, Ints, Floats]:
    """Creator, platform, step and distance from what was known before, of the newest posts of each slot."""
    rows = np.arange(len(series.slot))
    rows = rows[np.searchsorted(series.slot, series.slot, side="right") - 1 - rows < PER_SLOT]
    history, slot = before_posts(series, rows), series.slot[rows]
    platform = slots.keys[slot, 0]
    middles = before_next(series, len(slots)).median
    usual = {code: np.nanmedian(middles[slots.keys[:, 0] == code]) for code in np.unique(platform).tolist()}
    level = np.array([usual[code] for code in platform.tolist()])
    before = np.where(history.posts > 0, history.median, level)
    step = np.searchsorted(STEPS, history.posts, side="right") - 1
    return slots.creator[slot], platform, step.astype(np.int64), series.log[rows] - before


def _widths(creator: Ints, step: Ints, away: Floats) -> Floats:
    """Widths float64 [STEPS, 2] of the examples of a platform, NaN before the first step that enough creators tell."""
    found = np.full((len(STEPS), 2), np.nan)
    for at in range(len(STEPS)):
        own = step == at
        told = len(np.unique(creator[own])) >= CREATORS_OF_A_WIDTH
        found[at] = np.abs(np.quantile(away[own], ENDS)) if told else found[at - 1]
    return found


def _never_growing(table: Floats) -> Floats:
    """No step narrower than one with more posts."""
    return np.asarray(np.maximum.accumulate(table[::-1], axis=0)[::-1])


def as_data(by_target: dict[str, Any], source: str) -> dict[str, Any]:
    """The data file: target → platform → widths."""
    return {"source": source, "earlier_posts": list(STEPS), "widths": by_target}
