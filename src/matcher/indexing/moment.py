"""The moment that ages are counted from, beside the posts: a slip of the pen there makes every age wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from matcher.records.said import Said, say
from matcher.snapshot import NEVER

LATE_DAYS = 366
"""An export whose newest post is older than this is no nightly one."""
FUTURE_SHARE = 0.5
"""So many posts may be later than the moment: clocks differ, and some posts are planned ahead."""
_DAY_S = 86_400


def odd_moment(as_of_s: int, published: NDArray[np.int64]) -> Said | None:
    """A warning where `as_of` and the times of the posts int64 [n] (NEVER: not known) do not fit together."""
    known = published[published != NEVER]
    if not len(known):
        return None
    later = int((known > as_of_s + _DAY_S).sum())
    newest = int(known.max())
    when = {"as_of": _day(as_of_s), "newest": _day(newest), "remedy": _REMEDY}
    if later > FUTURE_SHARE * len(known):
        return say(
            "as_of is {as_of}, and {later:,} of {posts:,} posts are later (the newest: {newest}); {remedy}",
            later=later,
            posts=len(known),
            **when,
        )
    days = (as_of_s - newest) // _DAY_S
    if days > LATE_DAYS:
        return say(
            "as_of is {as_of}, {days:,} days after the newest post ({newest}): every creator is silent; {remedy}",
            days=days,
            **when,
        )
    return None


_REMEDY = say("ages, recency and settled counts rest on it. Leave --as-of out for now, or name the day of the export")


def _day(at_s: int) -> date:
    return datetime.fromtimestamp(at_s, UTC).date()
