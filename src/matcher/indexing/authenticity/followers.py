"""The table of follower histories: the readings of each creator's main account, mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.columns import floats
from matcher.indexing.spool import seconds
from matcher.records.said import say
from matcher.signals.authenticity.weeks import Weeks, weekly
from matcher.snapshot import CreatorColumns

_DAY_S = 86_400.0
RECENT_DAYS = 60.0
ANOTHER = 3.0
"""A history whose recent end is off by such a factor from the creator's followers is that of another account."""


@dataclass(frozen=True, slots=True)
class Followers:
    """The year of the creators whose followers were read often enough."""

    weeks: Weeks
    warnings: tuple[str, ...]


def read_followers(
    batches: Iterable[pa.RecordBatch],
    columns: CreatorColumns,
    platforms: list[str],
    as_of_s: int,
    advance: Callable[[int], None],
) -> Followers:
    """
    Take in all readings; batches are the catalog's, with `creator_row` (−1: erased).

    Readings of the platform of a creator's main account count, and those that name no platform where there is only
    one account. What cannot be used is counted in the warnings.
    """
    owner, days, followers = [], [], []
    other = later = 0
    code_of = {name: code for code, name in enumerate(platforms)}
    alone = np.diff(columns.account_start) <= 1
    for batch in batches:
        advance(batch.num_rows)
        creator = np.asarray(batch.column("creator_row"), dtype=np.int64)
        named = [code_of.get(name, -2) if name else -1 for name in batch.column("platform").to_pylist()]
        code = np.array(named, dtype=np.int64)
        ago = (as_of_s - seconds(batch.column("date"))) / _DAY_S
        there = creator >= 0
        main = np.where(code == -1, alone[creator], code == columns.platform[creator])
        other += int((there & ~main).sum())
        later += int((there & main & (ago < 0)).sum())
        use = there & main & (ago >= 0)
        owner.append(creator[use])
        days.append(ago[use])
        followers.append(floats(batch.column("followers"))[use])
    if not owner:
        return Followers(weekly(np.empty(0, np.int64), np.empty(0), np.empty(0)), ())
    weeks = weekly(np.concatenate(owner), np.concatenate(days), np.concatenate(followers))
    same = _same_account(weeks, np.asarray(columns.followers))
    strangers = len(weeks.rows) - int(same.sum())
    said = _warnings(other, later, weeks.repairs, strangers)
    return Followers(Weeks(weeks.rows[same], weeks.size[same], weeks.days[same]), tuple(said))


def _same_account(weeks: Weeks, followers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the newest reading agrees with the creator's followers, where both are known and it is recent."""
    if not len(weeks.rows):
        return np.zeros(0, dtype=np.bool_)
    last = weeks.size.shape[1] - 1 - (~np.isnan(weeks.size))[:, ::-1].argmax(axis=1)
    at = np.arange(len(weeks.rows))
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.abs(weeks.size[at, last] - np.log(followers[weeks.rows])) > np.log(ANOTHER)
    return np.asarray(~(off & (weeks.days[at, last] <= RECENT_DAYS)))


def _warnings(other: int, later: int, repairs: dict[str, int], strangers: int) -> Iterator[str]:
    for count, what in (
        (other, say("rows of another platform than that of the creator's main account are not used")),
        (later, say("rows are later than this reindex and are not used")),
        (repairs["failed"], say("readings of 0, or far from those before and after, are left out as failed ones")),
        (
            repairs["reset"],
            say("readings from before a fall to less than half (a reset, or another account) are left out"),
        ),
        (repairs["double"], say("readings differ from another one of the same time; the highest counts")),
        (strangers, say("histories end far from the creator's followers and are not used (a rename?)")),
    ):
        if count:
            yield say("{table}: {rows:,} {what}", table="follower_history", rows=count, what=what)
