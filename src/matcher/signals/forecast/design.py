"""What the quantile model sees of a post to come: the columns of its design, all of the slot's past and its peers."""

from __future__ import annotations

import numpy as np

from matcher.signals.forecast.history import NEWEST, History
from matcher.signals.forecast.series import Floats

COLUMNS = (
    "one",
    "peers_level",
    "own_few",
    "own_many",
    "latest",
    "silence",
    "thinness",
    "no_post",
    "peers_spread",
    "own_spread",
    "size_no_post",
    "size_few_posts",
    "size_many_posts",
)
FEW_POSTS, MANY_POSTS, SPREAD_POSTS = 0.3, 3.0, 2.0
"""Posts at which a creator's own past counts half: how far in between is learned, from both."""
LONGEST_DAYS = 365.0
"""A longer silence counts as this one: what is beyond was hardly ever seen."""


def design(history: History, level: Floats, spread: Floats, size: Floats, silence: float = 0.0) -> Floats:
    """
    The design float64 [n, len(COLUMNS)] of n posts to come.

    `level` and `spread` are the peers' norms, `size` the log10 of the followers beyond those of the peers (0 where not
    known). The creator's own median enters as its distance from the peers, with weights n / (n + few) and
    n / (n + many) of its n posts; without posts it stands where the peers do. `silence` is what is usual of
    `log_silence`, for a post before which no date is known.
    """
    n = history.posts.astype(np.float64)
    own = np.where(n > 0, history.median, level)
    away = own - level
    latest = np.where(n > 0, history.latest, own) - own
    own_spread = np.where(n >= 2, np.nan_to_num(history.spread), spread) - spread
    columns = [
        np.ones(len(n)),
        level,
        away * n / (n + FEW_POSTS),
        away * n / (n + MANY_POSTS),
        latest * n / (n + SPREAD_POSTS),
        np.nan_to_num(log_silence(history), nan=silence),
        1.0 / (n + 1.0),
        np.where(n == 0, 1.0, 0.0),
        spread,
        own_spread * n / (n + SPREAD_POSTS),
        np.where(n == 0, size, 0.0),
        size / (n + 1.0),
        size * n / NEWEST,
    ]
    return np.stack(columns, axis=1)


def log_silence(history: History) -> Floats:
    """log(1 + days) since the post before, LONGEST_DAYS at most, float64 [n]; NaN where there is none or no date."""
    return np.log1p(np.clip(history.silence, 0.0, LONGEST_DAYS))
