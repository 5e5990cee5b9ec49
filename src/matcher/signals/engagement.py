"""
Engagement: do people react, compared with what is usual for creators like this one?

The rate of a post is its interactions (likes, comments, shares, saves) over its views, where views are known, else
over its reach, else over the creator's followers; the denominator is always named. A creator's rate is the median
over its settled posts, on log scale, shrunk towards the median of its peers by the number of posts. The value is the
normal quantile of the shrunk rate among the peers (median and MAD), so 0.5 is what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.opinion import Opinion, percentiles
from matcher.signals.peers import group_medians

BASES = ("views", "reach", "followers")
SETTLED_DAYS = 3
SHRINKAGE_POSTS = 3.0
"""A creator with so many settled posts stands halfway between its own median and that of its peers."""
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class PostRates:
    """The rate of each post; n posts."""

    rate: NDArray[np.float64]
    """float64 [n], NaN where it cannot be said."""
    basis: NDArray[np.int8]
    """int8 [n]: code in BASES, -1 where there is no rate."""
    hidden_likes: NDArray[np.bool_]


def post_rates(
    counts: dict[str, NDArray[np.float64]], followers: NDArray[np.float64], settled: NDArray[np.bool_]
) -> PostRates:
    """
    Rates of n posts from their counts (`views`, `reach`, `likes`, `comments`, `shares`, `saves`; NaN = not known).

    Likes of 0 under comments, or no likes at all, are hidden likes: such a post, and one that is not settled, has no
    rate. Rates above 1 are possible by followers and are kept.
    """
    likes, comments = counts["likes"], np.nan_to_num(counts["comments"])
    hidden = np.isnan(likes) | ((likes == 0) & (comments > 0))
    actions = likes + comments + np.nan_to_num(counts["shares"]) + np.nan_to_num(counts["saves"])
    rate, basis = np.full(len(likes), np.nan), np.full(len(likes), -1, dtype=np.int8)
    for code, denominator in enumerate((counts["views"], counts["reach"], followers)):
        usable = (basis < 0) & (denominator > 0) & ~hidden & settled
        rate[usable] = actions[usable] / denominator[usable]
        basis[usable] = code
    return PostRates(rate, basis, hidden)


@dataclass(frozen=True, slots=True)
class EngagementProfile:
    """What the snapshot keeps of n creators; see CreatorColumns for the meaning of each."""

    rate: NDArray[np.float64]
    basis: NDArray[np.int8]
    posts: NDArray[np.int32]
    value: NDArray[np.float64]
    percentile: NDArray[np.float64]
    norms: NDArray[np.float64]
    """float64 [groups, bases]: median rate of each peer group by basis, NaN where nobody has one."""


def profile_engagement(rates: PostRates, creator: NDArray[np.int64], group: NDArray[np.int32]) -> EngagementProfile:
    """Engagement of creators from the rates of posts; `creator` [posts] owns them, `group` [creators] are the peers."""
    from scipy.special import ndtr  # late: the read path has no use for it

    n, n_groups = len(group), int(group.max(initial=-1)) + 1
    votes = np.zeros((n, len(BASES)), dtype=np.int64)
    rated = rates.basis >= 0
    np.add.at(votes, (creator[rated], rates.basis[rated]), 1)
    posts = votes.max(axis=1)
    basis = np.where(posts > 0, votes.argmax(axis=1), -1).astype(np.int8)
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
        weight = posts[has] / (posts[has] + SHRINKAGE_POSTS)
        shrunk[has] = weight * median[has] + (1 - weight) * norms[cell[has]]
        deviation = np.abs(shrunk[has] - norms[cell[has]])
        spread = 1.4826 * group_medians(deviation, cell[has], n_groups * len(BASES))
    z = np.zeros(n)
    width = np.where(np.nan_to_num(spread) > 0.05, np.nan_to_num(spread), 0.5)
    z[has] = (shrunk[has] - norms[cell[has]]) / width[cell[has]]
    value = np.clip(ndtr(z), 0.02, 0.98)
    percentile = np.full(n, 0.5)
    if has.any():
        percentile[has] = percentiles(value[has], cell[has], value[has], cell[has], least=1)
    return EngagementProfile(
        np.exp(median), basis, posts.astype(np.int32), value, percentile, np.exp(norms).reshape(n_groups, len(BASES))
    )


def engagement(rows: NDArray[np.int64], columns: Any, bases: list[str], norms: list[dict[str, float]]) -> Opinion:
    """
    The engagement signal of creator rows; its percentile among peers is a column of its own.

    `columns` are the CreatorColumns of the snapshot; `norms[group]` is basis → median rate of a peer group.
    """
    posts = columns.engagement_posts[rows]
    rate, basis = columns.engagement_rate[rows], columns.engagement_basis[rows]
    group = columns.peer_group[rows]

    def note(i: int) -> str:
        if posts[i] == 0:
            return "No settled post with counts: the usual value of like creators is taken."
        name = bases[basis[i]]
        usual = norms[group[i]].get(name)
        beside = f", like creators {usual:.1%}" if usual is not None else ""
        count = "1 settled post" if posts[i] == 1 else f"median of {posts[i]} settled posts"
        return f"{rate[i]:.1%} by {name}{beside} ({count})."

    status = np.where(posts > 0, 3, 0).astype(np.int8)
    return Opinion("engagement", columns.engagement_value[rows].astype(np.float64), status, note)
