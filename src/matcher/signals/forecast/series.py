"""
What is forecast: posts of one creator on one platform in one format are a slot, and its counts over time a series.

Counts are kept as log(1 + count): what one post has more than another is a ratio, and so is an error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.distinct import distinct_rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ANY = -1
"""Code of a format, tier, market or language that is not known."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a creator posts: n slots, by creator, then platform, then format."""

    creator: Ints
    """int64 [n], ascending."""
    keys: Ints
    """int64 [n, 5]: platform, format, tier, market and language codes, the likeness of peers in falling order."""
    followers: Floats
    """float64 [n]: of the creator's account on the platform, NaN where not known."""

    def __len__(self) -> int:
        return len(self.creator)


@dataclass(frozen=True, slots=True)
class Series:
    """The settled posts with a known count of all slots; m posts, by slot, oldest first."""

    slot: Ints
    """int64 [m], ascending."""
    log: Floats
    """float64 [m]: log(1 + count)."""
    at: Floats
    """float64 [m]: when each was published, in seconds since 1970, -inf where not known."""


def build_slots(
    creator: Ints, platform: Ints, formats: Ints, accounts: tuple[Ints, Ints, Floats], likeness: Ints
) -> tuple[Slots, Ints]:
    """
    Slots from the posts' creator, platform and format [m], and the slot of each post, int64 [m].

    `accounts` are owner, platform and followers of every account: one without posts gets a slot of the format that is
    most usual on its platform. `likeness` int64 [creators, 3] are the creators' tier, market and language.
    """
    owner, on, followers = accounts
    posted = _packed(creator, platform)
    bare = ~np.isin(_packed(owner, on), posted)
    usual = np.array([_most(formats[platform == code]) for code in range(int(on.max(initial=-1)) + 1)] + [ANY])
    keys = np.stack(
        [
            np.concatenate([creator, owner[bare]]),
            np.concatenate([platform, on[bare]]),
            np.concatenate([formats, usual[on[bare]]]),
        ],
        axis=1,
    )
    distinct, slot = distinct_rows(keys)
    return (
        Slots(
            distinct[:, 0],
            np.concatenate([distinct[:, 1:], likeness[distinct[:, 0]]], axis=1),
            _followers(_packed(distinct[:, 0], distinct[:, 1]), _packed(owner, on), followers),
        ),
        slot[: len(creator)],
    )


def build_series(slot: Ints, counts: Floats, at: Floats, settled: NDArray[np.bool_]) -> Series:
    """The series of posts [m] with a known count (NaN = not known) that had time to settle; ties keep their order."""
    known = np.flatnonzero(~np.isnan(counts) & settled)
    when = np.where(np.isnan(at[known]), -np.inf, at[known])
    order = np.lexsort((when, slot[known]))
    rows = known[order]
    return Series(slot[rows], np.log1p(counts[rows]), when[order])


def targets(counts: dict[str, Floats]) -> dict[str, Floats]:
    """
    What is forecast of posts from their counts (NaN = not known): views, and engagements (likes, comments, shares and
    saves together), which are not known where the likes are hidden: none at all, or 0 under comments.
    """
    likes, comments = counts["likes"], np.nan_to_num(counts["comments"])
    hidden = np.isnan(likes) | ((likes == 0) & (comments > 0))
    actions = likes + comments + np.nan_to_num(counts["shares"]) + np.nan_to_num(counts["saves"])
    return {"views": counts["views"], "engagements": np.where(hidden, np.nan, actions)}


def _most(codes: Ints) -> int:
    """The most frequent code, the lower one of two; ANY for none."""
    return int(np.bincount(codes[codes >= 0]).argmax()) if (codes >= 0).any() else ANY


def _packed(creator: Ints, platform: Ints) -> Ints:
    return np.asarray(creator, dtype=np.int64) * (1 << 20) + platform


def _followers(wanted: Ints, accounts: Ints, followers: Floats) -> Floats:
    """Followers of the accounts that are wanted, by packed keys; the largest of several, NaN without one."""
    order = np.lexsort((np.nan_to_num(followers, nan=-1.0), accounts))
    at = np.searchsorted(accounts[order], wanted, side="right") - 1
    found = (at >= 0) & (accounts[order][np.maximum(at, 0)] == wanted) if len(order) else np.zeros(len(wanted), bool)
    out = np.full(len(wanted), np.nan)
    out[found] = followers[order][at[found]]
    return out
