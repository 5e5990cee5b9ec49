"""
Conformalised quantile regression (Romano, Patterson & Candès 2019), by groups.

Whatever the quantile model says, posts that it has not seen tell how much its interval must be widened, or may be
narrowed, for 9 of 10 of them to lie in it. Each end has an offset of its own, and each group of peers (Mondrian
conformal prediction, Vovk 2012) where it has enough posts; thin groups are merged upwards, within their platform.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.signals.distinct import distinct_rows
from matcher.signals.forecast.series import Floats, Ints
from matcher.signals.peers import MERGED, merge

LEAST_POSTS = 200
"""A group with fewer posts to calibrate on is merged with others: language first, the format last."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far to move the two ends of an interval, per group of keys; both outwards where positive."""

    ends: dict[tuple[int, ...], tuple[float, float]]
    posts: dict[tuple[int, ...], int]
    whole: tuple[float, float]
    """For a key whose platform has none."""

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


def calibrate(
    low: Floats,
    high: Floats,
    y: Floats,
    keys: Ints,
    weight: Floats | None = None,
    miss: float = 0.1,
    least: int = LEAST_POSTS,
) -> Offsets:
    """
    Offsets after which all but the share `miss` of posts lie in their interval, half of it missed at each end.

    `low` and `high` [n] are forecasts of posts y [n] that the model has not seen; `keys` [n, parts] their peers,
    `weight` [n] what each counts, 1 at most. A group is thin with fewer than `least` posts, and where its posts, old
    ones all, weigh too little to tell an interval that holds so often. What is left of a platform when its thin groups
    are merged, and is thin still, takes the offsets of the whole platform.
    """
    weight = np.ones(len(y)) if weight is None else weight
    least_weight = (1 - miss / 2) / (miss / 2)
    ends = np.stack([low - y, y - high], axis=1)
    found, posts = {}, {}
    for groups, fewest in ((merge(keys[:, :1], 1), 1), (merge(keys, least, weight, least_weight), least)):
        for key, own in _members(*groups):
            offsets = _ends(ends[own], miss, weight[own])
            if len(own) >= fewest and np.isfinite(offsets).all():
                whole_key = key + (MERGED,) * (keys.shape[1] - len(key))
                found[whole_key] = offsets
                posts[whole_key] = len(own)
    return Offsets(found, posts, _ends(ends, miss, weight))


def _members(group: Ints, distinct: Ints) -> Iterator[tuple[tuple[int, ...], Ints]]:
    """The key and the rows of each group."""
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(len(distinct) + 1))
    for key, first, end in zip(map(tuple, distinct.tolist()), bounds[:-1], bounds[1:], strict=True):
        yield key, order[first:end]


def _ends(missed: Floats, miss: float, weight: Floats) -> tuple[float, float]:
    return conformal_quantile(missed[:, 0], miss / 2, weight), conformal_quantile(missed[:, 1], miss / 2, weight)


def conformal_quantile(scores: Floats, miss: float, weight: Floats | None = None) -> float:
    """
    The ⌈(n + 1)(1 - miss)⌉-th smallest of n scores; infinite where n are too few to hold so often.

    With weights [n] of 1 at most, the least score below which 1 - miss of their sum and of 1 more lies: where what is
    measured drifts, newer posts say more of the next one (Barber, Candès, Ramdas & Tibshirani 2023).
    """
    order = np.argsort(scores, kind="stable")
    below = np.cumsum(np.ones(len(scores)) if weight is None else weight[order])
    total = (below[-1] if len(below) else 0.0) + 1.0
    at = int(np.searchsorted(below, total * (1 - miss) - 1e-9))
    return float(scores[order[at]]) if at < len(scores) else float("inf")
