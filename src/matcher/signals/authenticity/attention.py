"""
What happened around a creator week by week: interactions of its posts, and how many new followers they may explain.

A post that does far better than the creator's usual one brings followers: up to so many per interaction, or per view,
above that. A giveaway brings people for the prize: up to so many for each of its interactions. Both are upper bounds,
data in data/authenticity.json; what exceeds them has no explanation in the posts. A post of another creator that
mentions this one may bring over a part of that creator's followers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.weeks import WEEKS
from matcher.signals.peers import group_medians
from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PostWeeks:
    """Posts of c creators, [c, WEEKS] each; column −1 is the week of the snapshot."""

    posts: NDArray[np.int64]
    """Posts whose counts are known."""
    interactions: Floats
    """Sum of the log interactions of these posts, posts above the usual cut: see `post_weeks`."""
    explained: Floats
    """New followers that the posts of the week can explain."""
    spread: Floats
    """float64 [c]: scatter of the log interactions of single posts."""

    def at(self, some: slice | NDArray[np.int64]) -> PostWeeks:
        """Some of the creators."""
        return PostWeeks(self.posts[some], self.interactions[some], self.explained[some], self.spread[some])


FURTHEST = 2.0
"""Deviations at which a single post is cut, so that a viral post does not look like a rise of all."""
ORDINARY = 1.3
"""A post of up to so many times the median is an ordinary one, and explains no jump."""
_LEAST_SPREAD = 0.3


def post_weeks(
    creator: NDArray[np.int64],
    days_ago: Floats,
    interactions: Floats,
    views: Floats,
    giveaway: NDArray[np.bool_],
    n: int,
) -> PostWeeks:
    """From m posts of n creators: `creator` [m], days before the snapshot, counts (NaN = not known), giveaways."""
    limits = trade_data("authenticity")["explained"]
    inside = (days_ago >= 0) & (days_ago < 7 * WEEKS) & ~(np.isnan(interactions) & np.isnan(views))
    creator, giveaway = creator[inside], giveaway[inside]
    cell = creator * WEEKS + WEEKS - 1 - (days_ago[inside] // 7).astype(np.int64)
    taken = interactions[inside]
    above = _above(taken, creator, n) * limits["followers_per_interaction"]
    seen = _above(views[inside], creator, n) * limits["followers_per_view"]
    prize = np.where(giveaway, np.nan_to_num(taken), 0.0) * limits["followers_per_giveaway_interaction"]
    explained = np.bincount(cell, np.maximum(np.maximum(above, seen), prize), n * WEEKS)

    size = np.log(np.maximum(np.where(np.isnan(taken), np.nan, taken), 1.0))
    middle = group_medians(size, creator, n)
    spread = np.maximum(
        np.nan_to_num(1.4826 * group_medians(np.abs(size - middle[creator]), creator, n)), _LEAST_SPREAD
    )
    reach = FURTHEST * spread[creator]
    cut = np.clip(size, middle[creator] - reach, middle[creator] + reach)
    known = ~np.isnan(cut)
    posts = np.bincount(cell[known], minlength=n * WEEKS)
    sums = np.bincount(cell[known], cut[known], n * WEEKS)
    shape = (n, WEEKS)
    return PostWeeks(
        posts.reshape(shape),
        sums.astype(np.float64).reshape(shape),
        explained.astype(np.float64).reshape(shape),
        spread,
    )


def with_features(posts: PostWeeks, creator: NDArray[np.int64], days_ago: Floats, followers: Floats) -> PostWeeks:
    """
    The same weeks with the new followers that features explain: posts of others that mention a creator.

    `creator` [m] are rows among the c creators that are mentioned, `followers` [m] those of the one who mentions.
    """
    inside = (days_ago >= 0) & (days_ago < 7 * WEEKS) & ~np.isnan(followers)
    week = WEEKS - 1 - (days_ago[inside] // 7).astype(np.int64)
    brought = followers[inside] * trade_data("authenticity")["explained"]["followers_per_follower_of_a_feature"]
    more = np.bincount(creator[inside] * WEEKS + week, brought, posts.explained.size)
    return replace(posts, explained=posts.explained + more.reshape(posts.explained.shape))


def _above(values: Floats, creator: NDArray[np.int64], n: int) -> Floats:
    """How far each value lies above what its creator's posts usually reach, 0 below it and where it is not known."""
    return np.nan_to_num(np.maximum(values - ORDINARY * group_medians(values, creator, n)[creator], 0.0))
