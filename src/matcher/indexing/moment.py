"""The moment that ages are counted from, beside the posts: a slip of the pen there makes every age wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from matcher.snapshot import NEVER

LATE_DAYS = 366
"""An export whose newest post is older than this is no nightly one."""
FUTURE_SHARE = 0.5
"""So many posts may be later than the moment: clocks differ, and some posts are planned ahead."""
_DAY_S = 86_400


def odd_moment(as_of_s: int, published: NDArray[np.int64]) -> str | None:
    """A warning where `as_of` and the times of the posts int64 [n] (NEVER: not known) do not fit together."""
    known = published[published != NEVER]
    if not len(known):
        return None
    later = int((known > as_of_s + _DAY_S).sum())
    newest, given = int(known.max()), f"as_of is {_day(as_of_s)}"
    remedy = "ages, recency and settled counts rest on it. Leave --as-of out for now, or name the day of the export"
    if later > FUTURE_SHARE * len(known):
        return f"{given}, and {later:,} of {len(known):,} posts are later (the newest: {_day(newest)}); {remedy}"
    days = (as_of_s - newest) // _DAY_S
    if days > LATE_DAYS:
        return f"{given}, {days:,} days after the newest post ({_day(newest)}): every creator is silent; {remedy}"
    return None


def _day(at_s: int) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%d}"
