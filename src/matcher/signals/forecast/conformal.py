"""
Conformalised quantile regression (Romano, Patterson & Candès 2019), by groups.

Whatever the quantile model says, posts that it has not seen tell how much its interval must be widened, or may be
narrowed, for 9 of 10 of them to lie in it. Each end has an offset of its own, and each group of peers (Mondrian
conformal prediction, Vovk 2012) where it has enough posts; thin groups are merged upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.signals.distinct import distinct_rows
from matcher.signals.forecast.series import Floats, Ints
from matcher.signals.peers import MERGED, merge

LEAST_POSTS = 200
"""A group with fewer posts to calibrate on is merged with others: language first, the platform last."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far to move the two ends of an interval, per group of keys; both outwards where positive."""

    ends: dict[tuple[int, ...], tuple[float, float]]
    posts: dict[tuple[int, ...], int]
    whole: tuple[float, float]
    """For a key that falls in no group."""

    def of(self, keys: Ints) -> Floats:
        """The offsets float64 [n, 2] for keys [n, parts]: those of the narrowest group that holds the key."""
        distinct, back = distinct_rows(keys)
        found = [self._find(tuple(key)) for key in distinct.tolist()]
        return np.array(found, dtype=np.float64).reshape(-1, 2)[back]

    def _find(self, key: tuple[int, ...]) -> tuple[float, float]:
        wider = (key[:kept] + (MERGED,) * (len(key) - kept) for kept in range(len(key), -1, -1))
        return next((self.ends[group] for group in wider if group in self.ends), self.whole)

    def to_rows(self) -> list[dict[str, Any]]:
        """One plain dict a group, for the snapshot."""
        return [
            {"key": list(key), "low": low, "high": high, "posts": self.posts[key]}
            for key, (low, high) in self.ends.items()
        ]


def calibrate(low: Floats, high: Floats, y: Floats, keys: Ints, miss: float = 0.1, least: int = LEAST_POSTS) -> Offsets:
    """
    Offsets after which all but the share `miss` of posts lie in their interval, half of it missed at each end.

    `low` and `high` [n] are forecasts of posts y [n] that the model has not seen; `keys` [n, parts] their peers.
    """
    ends = np.stack([low - y, y - high], axis=1)
    group, distinct = merge(keys, least)
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(len(distinct) + 1))
    found, posts = {}, {}
    for key, first, end in zip(map(tuple, distinct.tolist()), bounds[:-1], bounds[1:], strict=True):
        own = ends[order[first:end]]
        found[key] = (conformal_quantile(own[:, 0], miss / 2), conformal_quantile(own[:, 1], miss / 2))
        posts[key] = int(end - first)
    whole = (conformal_quantile(ends[:, 0], miss / 2), conformal_quantile(ends[:, 1], miss / 2))
    return Offsets(found, posts, whole)


def conformal_quantile(scores: Floats, miss: float) -> float:
    """The ⌈(n + 1)(1 - miss)⌉-th smallest of n scores, the largest where there are too few; 0 for none."""
    if not len(scores):
        return 0.0
    rank = min(int(np.ceil((len(scores) + 1) * (1 - miss))), len(scores))
    return float(np.partition(scores, rank - 1)[rank - 1])
