"""
Peers: like creators, the yardstick of every comparison.

Creators of one platform × tier × market × language are peers. A group with fewer than MIN_PEERS members is merged
upwards: language first, then market, then tier, then platform, because engagement differs most between platforms, then
between sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct_rows

MIN_PEERS = 30


@dataclass(frozen=True, slots=True)
class PeerGroups:
    """Which group each creator belongs to, and what each group is."""

    group: NDArray[np.int32]
    """int32 [n]: row in `keys`."""
    keys: list[tuple[int, int, int, int]]
    """(platform, tier, market, language) codes; -1 where that part is not known, MERGED where it was merged away."""


MERGED = -2
"""Code of a part of the key that the group spans: any platform, tier, market or language."""


def peer_groups(
    platform: NDArray[np.int16],
    tier: NDArray[np.int8],
    market: NDArray[np.int16],
    language: NDArray[np.int16],
    least: int = MIN_PEERS,
) -> PeerGroups:
    """The peers of n creators from their codes [n]; `language` is the one that each mostly publishes in."""
    group, distinct = merge(np.stack([part.astype(np.int64) for part in (platform, tier, market, language)], 1), least)
    return PeerGroups(group.astype(np.int32), [(p, t, m, s) for p, t, m, s in distinct.tolist()])


def merge(
    keys: NDArray[np.int64], least: int, weight: NDArray[np.float64] | None = None, least_weight: float = 0.0
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Groups of rows with the same key [n, parts], those with fewer than `least` rows merged upwards, last part first.

    Those whose rows weigh less than `least_weight` together are merged as well, where they have a `weight` [n].
    Returns the group of each row, int64 [n], and the key of each group, int64 [groups, parts], MERGED where it spans.
    """
    keys = keys.copy()
    for part in reversed(range(keys.shape[1])):
        _, group = distinct_rows(keys)
        thin = np.bincount(group) < least
        if weight is not None:
            thin |= np.bincount(group, weight) < least_weight
        keys[thin[group], part] = MERGED
    distinct, group = distinct_rows(keys)
    return group, distinct


def group_medians(values: NDArray[np.float64], groups: NDArray[np.int64], n_groups: int) -> NDArray[np.float64]:
    """Median of the values [m] of each group, float64 [n_groups]; NaN values are left out, NaN for an empty group."""
    known = ~np.isnan(values)
    values, groups = values[known], groups[known]
    order = np.argsort(values)
    place = np.sort(groups[order] * np.int64(len(order)) + np.arange(len(order)))  # twice as fast as lexsort
    values = values[order[place % max(len(order), 1)]]
    sizes = np.bincount(groups, minlength=n_groups)
    starts = np.cumsum(sizes) - sizes
    out = np.full(n_groups, np.nan)
    filled = np.flatnonzero(sizes)
    low = values[starts[filled] + (sizes[filled] - 1) // 2]
    high = values[starts[filled] + sizes[filled] // 2]
    out[filled] = (low + high) / 2.0
    return out
