"""
A creator's engagement among its peers.

A creator's rate is the median over its settled posts, on log scale, shrunk towards the median of its peers by the
number of posts. How far it stands from that median, in units of 1.4826 x MAD, is mixed with the standing of the other
parts (weights: data/engagement.json); the value is the normal quantile of the mix, so 0.5 is what is usual. A part that
is not known counts as usual. The value rises with every part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.engagement.parts import BESIDE, FROM_POSTS, PARTS, Beside, Posts, engagement_parts, spanned_days
from matcher.signals.engagement.rates import BASES, PostRates
from matcher.signals.opinion import percentiles
from matcher.signals.peers import group_medians
from matcher.signals.trade import trade_data

SHRINKAGE_POSTS = 3.0
"""A creator with so many settled posts stands halfway between its own median and that of its peers."""
SHRINKAGE_SEEN = 20.0
"""The same for what rests on comments."""
FURTHEST = 2.5
"""A part counts for no more than so many deviations: one odd habit does not decide."""
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class EngagementProfile:
    """What the snapshot keeps of n creators; see CreatorColumns for the meaning of each."""

    rate: NDArray[np.float64]
    basis: NDArray[np.int8]
    posts: NDArray[np.int32]
    value: NDArray[np.float64]
    percentile: NDArray[np.float64]
    parts: NDArray[np.float64]
    """float64 [n, parts]: see signals.engagement.parts."""
    parts_percentile: NDArray[np.float64]
    """float64 [n, parts]: among the peers, NaN where the part is not known."""
    trend_days: NDArray[np.float64]
    """float64 [n]: days over which the trend was seen, NaN where there is none."""
    trend_range: NDArray[np.float64]
    """float64 [n, 2]: 90 % interval of the trend, infinite where the posts are too few for an end."""
    norms: NDArray[np.float64]
    """float64 [groups, bases]: median rate of each peer group by basis, NaN where nobody has one."""


def profile_engagement(
    rates: PostRates, posts: Posts, group: NDArray[np.int32], beside: Mapping[str, Beside] | None = None
) -> EngagementProfile:
    """
    Engagement of n creators from the rates of their posts; `group` [n] are the peers.

    `beside` are the parts named in BESIDE that are known; a creator without a rate gains nothing by them.
    """
    from scipy.special import ndtr  # late: the read path has no use for it

    creator, n, n_groups = posts.creator, len(group), int(group.max(initial=-1)) + 1
    votes = np.zeros((n, len(BASES)), dtype=np.int64)
    rated = rates.basis >= 0
    np.add.at(votes, (creator[rated], rates.basis[rated]), 1)
    counted = votes.max(axis=1)
    basis = np.where(counted > 0, votes.argmax(axis=1), -1).astype(np.int8)
    own = rated & (rates.basis == basis[creator])
    log_rate = np.log(np.maximum(rates.rate, _FLOOR))
    median = group_medians(np.where(own, log_rate, np.nan), creator, n)

    cell = group.astype(np.int64) * len(BASES) + basis
    cell[basis < 0] = -1
    has = cell >= 0
    norms = np.full(n_groups * len(BASES), np.nan)
    spread = norms.copy()
    shrunk = np.full(n, np.nan)
    if has.any():
        norms = group_medians(median[has], cell[has], n_groups * len(BASES))
        weight = counted[has] / (counted[has] + SHRINKAGE_POSTS)
        shrunk[has] = weight * median[has] + (1 - weight) * norms[cell[has]]
        deviation = np.abs(shrunk[has] - norms[cell[has]])
        spread = 1.4826 * group_medians(deviation, cell[has], n_groups * len(BASES))
    z = np.zeros(n)
    width = np.where(np.nan_to_num(spread) > 0.05, np.nan_to_num(spread), 0.5)
    z[has] = (shrunk[has] - norms[cell[has]]) / width[cell[has]]
    unknown = Beside(np.full(n, np.nan), np.zeros(n))
    more = [(beside or {}).get(name, unknown) for name in BESIDE]
    from_posts, trend_range = engagement_parts(rates, posts, basis, n)
    parts = np.column_stack([from_posts, *(each.part for each in more)])
    trust = [counted / (counted + SHRINKAGE_POSTS)] * len(FROM_POSTS)
    trust += [has * each.seen / (each.seen + SHRINKAGE_SEEN) for each in more]
    weights = trade_data("engagement")["weights"]
    standing = np.stack([_standing(part, group, own) for part, own in zip(parts.T, trust, strict=True)], axis=1)
    z = weights["rate"] * z + standing @ np.array([weights[name] for name in PARTS])
    value = np.clip(ndtr(z), 0.02, 0.98)
    percentile = np.full(n, 0.5)
    if has.any():
        percentile[has] = percentiles(value[has], cell[has], value[has], cell[has], least=1)
    return EngagementProfile(
        np.exp(median),
        basis,
        counted.astype(np.int32),
        value,
        percentile,
        parts,
        np.stack([_percentile(part, group) for part in parts.T], axis=1),
        np.where(np.isnan(parts[:, PARTS.index("trend")]), np.nan, spanned_days(rates, posts, basis, n)),
        trend_range,
        np.exp(norms).reshape(n_groups, len(BASES)),
    )


def _standing(part: NDArray[np.float64], group: NDArray[np.int32], trust: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Deviations of a part from the median of its peers, times the trust in it, bounded; 0 where it is not known.

    The unit is 1.4826 x MAD, or 1.2533 x the mean distance where most peers are at the median (most answer nobody).
    """
    peers, n_groups = group.astype(np.int64), int(group.max(initial=-1)) + 1
    away = part - group_medians(part, peers, n_groups)[peers]
    distance, known = np.abs(away), ~np.isnan(away)
    spread = 1.4826 * group_medians(distance, peers, n_groups)
    count = np.maximum(np.bincount(peers[known], minlength=n_groups), 1)
    mean = np.bincount(peers[known], weights=distance[known], minlength=n_groups) / count
    spread = np.where(spread > _FLOOR, spread, 1.2533 * mean)[peers]
    z = np.divide(away, spread, out=np.zeros_like(away), where=spread > _FLOOR)
    shrunk = np.nan_to_num(z) * trust
    return np.asarray(np.clip(shrunk, -FURTHEST, FURTHEST), dtype=np.float64)


def _percentile(part: NDArray[np.float64], group: NDArray[np.int32]) -> NDArray[np.float64]:
    known = ~np.isnan(part)
    out = np.full(len(part), np.nan)
    out[known] = percentiles(part[known], group[known], part[known], group[known], least=1)
    return out
