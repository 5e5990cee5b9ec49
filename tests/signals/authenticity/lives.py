"""Small histories and posts, to be worked out by hand."""

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.attention import PostWeeks, post_weeks
from matcher.signals.authenticity.weeks import WEEKS, Weeks, weekly

Floats = NDArray[np.float64]


def weeks_of(growth: Floats, today: float = 10_000) -> Weeks:
    """The history of one creator from its log growth in each of the last weeks."""
    size = np.concatenate([[0.0], np.cumsum(growth)])
    followers = (today * np.exp(size - size[-1])).astype(np.float64)
    return weekly(np.zeros(len(size), np.int64), 7.0 * np.arange(len(size) - 1.0, -1, -1), followers)


def posts_of(days_ago: list[float], interactions: list[float], giveaway: list[int] | None = None) -> PostWeeks:
    """Posts of one creator; `giveaway` are the places of giveaways."""
    flags = np.zeros(len(days_ago), dtype=np.bool_)
    flags[giveaway or []] = True
    counts = np.array(interactions, dtype=np.float64)
    unknown = np.full(len(counts), np.nan)
    return post_weeks(np.zeros(len(counts), np.int64), np.array(days_ago), counts, unknown, flags, 1)


def usual_posts(interactions: float = 200.0) -> tuple[list[float], list[float]]:
    """One post in the middle of each week, a little up, a little down."""
    days = [7.0 * week + 3 for week in range(WEEKS)]
    return days, [interactions * (1.1 if week % 2 else 0.9) for week in range(WEEKS)]


QUIET = np.tile([0.004, 0.002, 0.003], 14)
"""Log growth of 42 weeks."""
