"""
The columns of a snapshot: what is known of creators and posts as NumPy arrays, memory-mapped.

Row numbers are the keys: creators in order of `creator_id`, posts by creator and, within one, newest first, so that
the posts of creator `c` are the rows `post_start[c]` to `post_start[c + 1]`. A list per creator is stored the same
way, as a `…_start` array of n + 1 offsets beside the values. Names are stored once, in `vocabularies.json`; columns
hold their codes, and -1 where nothing is known.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matcher.snapshot.files import load_array, save_array

STATUSES = ("absent", "estimated", "declared", "measured")
"""Code → status, the better the higher."""

NEVER = np.iinfo(np.int64).min
"""The time of something that has not happened."""

Array = NDArray[Any]


@dataclass(frozen=True)
class _Columns:
    """A folder of `.npy` files, one per field."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """All columns of a folder; nothing is read before it is used."""
        return cls(**{f.name: load_array(folder / f"{f.name}.npy") for f in dataclasses.fields(cls)})

    def save(self, folder: Path) -> None:
        """Write every column into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in dataclasses.fields(self):
            save_array(folder / f"{field.name}.npy", getattr(self, field.name))


@dataclass(frozen=True)
class CreatorColumns(_Columns):
    """One value per creator, or a list of values by offsets; n creators."""

    account_start: Array
    """int64 [n + 1]: offsets of the accounts."""
    account_platform: Array
    account_followers: Array
    """float64, NaN where not known."""
    platform: Array
    """int16 [n]: platform of the main account, the one with most followers."""
    followers: Array
    """float64 [n]: of the main account."""
    tier: Array
    """int8 [n]: code in `tiers`."""
    country: Array
    """int16 [n]: as stated."""
    market: Array
    """int16 [n]: the country, or the likely one from languages and audience."""
    market_status: Array
    """int8 [n]: code in STATUSES."""
    language_start: Array
    language: Array
    """int16: code in `languages`, the most used first."""
    languages_status: Array
    account_kind: Array
    """int8 [n]: code in `account_kinds`, as stated."""
    account_kind_likely: Array
    """int8 [n]: as stated, else the likeliest; -1 where there is nothing to go by."""
    account_kind_probability: Array
    """float32 [n]: of `account_kind_likely`, 1 where it is stated."""
    account_kind_people: Array
    """float32 [n]: probability that it is a person or a group, NaN where there is nothing to go by."""
    category_start: Array
    category: Array
    has_contact: Array
    """bool [n]."""
    last_post_at: Array
    """int64 [n]: seconds since 1970, NEVER without posts."""
    post_start: Array
    """int64 [n + 1]: offsets of the posts."""
    credibility: Array
    """float32 [n]: share of the audience that is genuine, NaN where not known."""
    credibility_status: Array
    """int8 [n]: declared where a table states it, estimated from profiles of followers."""
    price_start: Array
    price_amount: Array
    price_currency: Array
    worked_start: Array
    worked_with: Array
    """int32: code in `brands`."""
    worked_at: Array
    """int64: seconds since 1970 of the last time."""
    audience_start: Array
    audience_cell: Array
    """int32: code in `cells`, pairs of facet and segment."""
    audience_share: Array
    """float32."""
    audience_sample: Array
    """float32 [n]: people that the shares were counted on, 0 without audience."""
    audience_status: Array
    peer_group: Array
    """int32 [n]: row in `peers.json`."""
    engagement_rate: Array
    """float32 [n]: median over settled posts, NaN where there is none."""
    engagement_basis: Array
    """int8 [n]: code in `bases`, the denominator of the rate."""
    engagement_posts: Array
    """int32 [n]: settled posts with a rate."""
    engagement_value: Array
    """float32 [n]: the signal, 0 to 1, prior of the peers where nothing is known."""
    engagement_percentile: Array
    engagement_parts: Array
    """float32 [n, parts]: codes in `engagement_parts`, more is better, NaN where too few posts say it."""
    engagement_parts_percentile: Array
    """float32 [n, parts]: among the peers."""
    engagement_trend_days: Array
    """float32 [n]: days over which the trend was seen, NaN where there is none."""
    engagement_trend_range: Array
    """float32 [n, 2]: 90 % interval of the trend; infinite where the posts are too few for an end, NaN without one."""
    sponsored_share: Array
    """float32 [n]: of the recent posts, NaN where it is not said of any."""
    hidden_likes_share: Array
    """float32 [n]: of the posts, NaN without posts."""
    following_ratio: Array
    """float32 [n]: following ÷ followers of the main account, NaN where not known."""
    authenticity: Array
    """float32 [n]: probability that followers and reactions are genuine."""
    authenticity_low: Array
    """float32 [n]: lower end of its 90 % interval."""
    authenticity_high: Array
    authenticity_weights: Array
    """float32 [n, parts]: log-odds that each part speaks against the creator, NaN where it is not known."""
    authenticity_figures: Array
    """float32 [n, figures]: what the reasons rest on, NaN where it is not known."""
    comment_count: Array
    """int32 [n]: comments of others that were read."""
    commenter_count: Array
    """int32 [n]: different people who wrote them, as far as they are known."""
    comment_suspicious: Array
    """float32 [n]: share of them that is spam or a copy; this and the next NaN where too few were read."""
    comment_empty: Array
    """float32 [n]: share that says nothing: emoji alone, one word, praise that would stand anywhere."""
    reply_rate: Array
    """float32 [n]: share of the comments of others that the creator answered, NaN where not known."""

    def __len__(self) -> int:
        return len(self.platform)


@dataclass(frozen=True)
class PostColumns(_Columns):
    """One value per post; n posts."""

    creator: Array
    """int32 [n]: row of the creator."""
    published_at: Array
    """int64 [n]: seconds since 1970, NEVER where not known."""
    language: Array
    """int16 [n]: code in `languages`."""
    language_confidence: Array
    """float32 [n]."""
    discloses: Array
    """bool [n]: whether the text itself says that it is sponsored."""
    sponsored: Array
    """bool [n]: whether the platform or the text says so."""
    content: Array
    """uint64 [n, 2]: hash of what is embedded."""

    def __len__(self) -> int:
        return len(self.creator)


@dataclass(frozen=True)
class ForecastColumns(_Columns):
    """What is foretold of the next post, by creator and where it posts; m slots of platform × format, two targets."""

    start: Array
    """int64 [creators + 1]: offsets of the slots."""
    platform: Array
    """int16 [m]: code in `platforms`."""
    format: Array
    """int16 [m]: code in `formats`."""
    counts: Array
    """float32 [m, targets, 3]: low end of the 90 % interval, middle, high end; NaN where nothing is known."""
    posts: Array
    """int16 [m, targets]: posts of the creator that it rests on; 0: what is usual for its peers."""
    peers: Array
    """int32 [m, targets]: creators of the peer group that it rests on."""
    peers_depth: Array
    """int8 [m, targets]: how much these peers share: 1 the platform, 2 format, 3 tier, 4 market, 5 language."""
    learned: Array
    """bool [m, targets]: whether these tables told enough to learn from; else the interval is that of the prior."""

    def __len__(self) -> int:
        return len(self.platform)


def spans(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row numbers start, start + 1, …, start + count - 1 of every span, one after another."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(total)


def owners(start: NDArray[np.int64]) -> NDArray[np.int64]:
    """For offsets [n + 1], the row that each value belongs to."""
    return np.repeat(np.arange(len(start) - 1), np.diff(start))
