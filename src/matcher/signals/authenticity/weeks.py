"""
Follower histories on one grid: a year of weeks, mended and cut.

Readings come daily, weekly or now and then, with gaps. Failed readings (0 among others, a single reading far from
both of its neighbours) are left out. Where a count falls to less than half from one reading to the next, the account
was reset, or another one is tracked since: what came before is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WEEKS = 53
LEAST_READINGS = 8
"""A history with fewer readings in the year says nothing."""
SPIKE, AGREE = 1.5, 1.2
"""A reading is a failed one when it is off by SPIKE from both neighbours, which agree within AGREE."""
RESET = 0.5


@dataclass(frozen=True, slots=True)
class Weeks:
    """Histories of c creators; column −1 is the week of the snapshot."""

    rows: NDArray[np.int64]
    """int64 [c], ascending: rows of the creators."""
    size: Floats
    """float64 [c, WEEKS]: log followers at the last reading of a week, NaN without one."""
    days: Floats
    """float64 [c, WEEKS]: days before the snapshot of that reading."""
    repairs: dict[str, int] = field(default_factory=dict)
    """What was left out, in readings: `failed`, `reset`, and `double`, of which the highest of one time counts."""

    def at(self, some: slice) -> Weeks:
        """Some of the creators."""
        return Weeks(self.rows[some], self.size[some], self.days[some])


def weekly(creator: NDArray[np.int64], days_ago: Floats, followers: Floats) -> Weeks:
    """
    The grid of m readings in any order: creator rows [m], days before the snapshot [m], followers [m].

    Of several readings at one time the highest counts. Creators with fewer than LEAST_READINGS weeks are left out.
    """
    use = (days_ago >= 0) & (days_ago < 7 * WEEKS) & ~np.isnan(followers)
    creator, days_ago, followers = creator[use], days_ago[use], followers[use]
    order = np.lexsort((followers, -days_ago, creator))
    creator, days_ago, followers = creator[order], days_ago[order], followers[order]
    same = (creator[1:] == creator[:-1]) & (days_ago[1:] == days_ago[:-1]) & (followers[1:] != followers[:-1])
    keep = ~_failed(creator, followers)
    failed = int((~keep).sum())
    creator, days_ago, followers = creator[keep], days_ago[keep], followers[keep]
    keep = _since_reset(creator, followers)
    repairs = {"failed": failed, "reset": int((~keep).sum()), "double": int(same.sum())}
    creator, days_ago, followers = creator[keep], days_ago[keep], followers[keep]
    rows, compact = np.unique(creator, return_inverse=True)
    size, days = np.full((len(rows), WEEKS), np.nan), np.full((len(rows), WEEKS), np.nan)
    week = WEEKS - 1 - (days_ago // 7).astype(np.int64)
    size[compact, week], days[compact, week] = np.log(followers), days_ago  # the last of a week is the newest
    enough = (~np.isnan(size)).sum(axis=1) >= LEAST_READINGS
    return Weeks(rows[enough], size[enough], days[enough], repairs)


def previous(values: Floats) -> NDArray[np.int64]:
    """For each cell [c, w] the column of the last known value before it, −1 where there is none."""
    known = np.where(np.isnan(values), -1, np.arange(values.shape[1]))
    before = np.maximum.accumulate(known, axis=1)
    return np.concatenate([np.full((len(values), 1), -1), before[:, :-1]], axis=1)


def _failed(creator: NDArray[np.int64], followers: Floats) -> NDArray[np.bool_]:
    """Readings of 0, and single ones far from both neighbours."""
    bad = followers < 1
    at = np.flatnonzero(~bad)
    if len(at) < 3:
        return bad
    size, who = np.log(followers[at]), creator[at]
    here, before, after = size[1:-1], size[:-2], size[2:]
    same = (who[1:-1] == who[:-2]) & (who[1:-1] == who[2:])
    step, back = here - before, here - after
    off = (np.minimum(np.abs(step), np.abs(back)) > np.log(SPIKE)) & (np.sign(step) == np.sign(back))
    bad[at[1:-1][same & off & (np.abs(after - before) < np.log(AGREE))]] = True
    return bad


def _since_reset(creator: NDArray[np.int64], followers: Floats) -> NDArray[np.bool_]:
    """Readings of each creator after the last fall to less than half."""
    fell = np.zeros(len(creator), dtype=np.int64)
    fell[1:] = (creator[1:] == creator[:-1]) & (followers[1:] < RESET * followers[:-1])
    so_far = np.cumsum(fell)
    last = np.zeros(int(creator.max(initial=-1)) + 1, dtype=np.int64)
    last[creator] = so_far  # readings are in order: the last one stays
    return np.asarray(so_far == last[creator])
