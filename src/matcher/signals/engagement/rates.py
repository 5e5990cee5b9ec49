"""
The rate of a post: its interactions (likes, comments, shares, saves) over its views, where views are known, else over
its reach, else over the creator's followers; the denominator is always named.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.snapshot import NEVER

BASES = ("views", "reach", "followers")
SETTLED_DAYS = 3
"""Counts that were read so many days after publishing, or later, are settled."""


@dataclass(frozen=True, slots=True)
class PostRates:
    """The rate of each post; n posts."""

    rate: NDArray[np.float64]
    """float64 [n], NaN where it cannot be said."""
    basis: NDArray[np.int8]
    """int8 [n]: code in BASES, -1 where there is no rate."""
    hidden_likes: NDArray[np.bool_]


def settled_posts(published: NDArray[np.int64], observed: NDArray[np.int64], as_of_s: int) -> NDArray[np.bool_]:
    """
    Which posts had time to settle before they were read, from seconds since 1970 (NEVER where not known).

    A post of which no reading is dated was read `as_of_s`; one without a date of its own counts as settled.
    """
    read = np.where(observed != NEVER, observed, as_of_s)
    return np.asarray((published == NEVER) | (read - published >= SETTLED_DAYS * 86_400))


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
