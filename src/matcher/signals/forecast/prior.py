"""
What is known of a count before a table tells: how far the next post strays from the creator's own median.

Few creators teach nothing: a model of thirteen columns fits them all, and its interval is far too narrow. So the spread
of the next post around the median of n earlier ones, by platform, is shipped as data (data/forecast.json), learned once
from many creators by scripts/fit_forecast_widths.py. Other platforms get the widest of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from matcher.signals.forecast.conformal import conformal_quantile
from matcher.signals.forecast.series import Floats, Ints
from matcher.signals.trade import trade_data

STEPS = (0, 1, 2, 3, 5, 10, 20)
"""Widths hold from so many earlier posts on."""
NARROWER = 60
"""Creators from which a table may narrow the widths: a few who are all alike promise nothing of the next one."""
OTHER = "other"
"""The name in the data of platforms that are not listed."""


@dataclass(frozen=True, slots=True)
class Prior:
    """How far the next post lies from the median of n earlier ones, on log scale; of p platforms."""

    below: Floats
    """float64 [p + 1, STEPS]: how far down the 90 % interval reaches; the last row is for all other platforms."""
    above: Floats

    @classmethod
    def shipped(cls, target: str, platforms: Sequence[str]) -> Self:
        """The widths of a count on platforms, by their names in the order of their codes."""
        return cls.of_data(trade_data("forecast")["widths"][target], platforms)

    @classmethod
    def of_data(cls, table: Mapping[str, Mapping[str, Sequence[float]]], platforms: Sequence[str]) -> Self:
        """The widths of platforms from a table: platform → `below` and `above`, one for each of STEPS."""
        rows = [table.get(name, table[OTHER]) for name in [*platforms, OTHER]]
        ends = np.array([[row["below"], row["above"]] for row in rows], dtype=np.float64)
        return cls(ends[:, 0], ends[:, 1])

    @classmethod
    def nothing(cls) -> Self:
        """Of no platform, for a model that is not finished."""
        return cls(np.full((1, len(STEPS)), np.nan), np.full((1, len(STEPS)), np.nan))

    def of(self, platform: Ints, posts: Ints, peers: Ints) -> tuple[Floats, Floats]:
        """
        How far down and up the intervals of slots [n] reach, from their platform codes and numbers of earlier posts.

        A creator without posts stands where its peers do; m `peers` know that place to 1 / √m of the spread, so the
        interval is wider by √(1 + 1/m).
        """
        at = np.where((platform >= 0) & (platform < len(self.below)), platform, len(self.below) - 1)
        step = np.searchsorted(STEPS, posts, side="right") - 1
        wider = np.where(posts > 0, 1.0, np.sqrt(1.0 + 1.0 / np.maximum(peers, 1)))
        return self.below[at, step] * wider, self.above[at, step] * wider

    def calibrated(self, platform: Ints, posts: Ints, away: Floats, miss: float = 0.1) -> Self:
        """
        The widths moved by what posts of a table missed them by, where they are enough to say so.

        `away` [m] are posts less the median of their creators' `posts` [m] earlier ones, on `platform` [m]; of each
        creator one, for the others of the same creator say the same. Fewer than 19 posts have no order statistic that
        high: the widths stay. Fewer than NARROWER may widen them, not narrow them.
        """
        below, above = self.below.copy(), self.above.copy()
        none = np.ones(len(away), dtype=np.int64)
        low, high = self.of(platform, posts, none)
        for code in np.unique(platform[platform >= 0]).tolist():
            own = (platform == code) & (posts > 0)
            for widths, missed in ((below, -away - low), (above, away - high)):
                further = conformal_quantile(missed[own], miss / 2)
                if np.isfinite(further):
                    least = 0.0 if own.sum() < NARROWER else -np.inf
                    widths[code] = np.maximum(widths[code] + max(further, least), 0.0)
        return replace(self, below=below, above=above)

    def to_rows(self) -> list[dict[str, Any]]:
        """One plain dict a platform, for the snapshot; the last is of all others."""
        return [
            {"below": low.round(4).tolist(), "above": high.round(4).tolist()}
            for low, high in zip(self.below, self.above, strict=True)
        ]
