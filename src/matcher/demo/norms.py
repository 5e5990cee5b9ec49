"""
What a post brings in: views, likes, comments, shares, saves, by the norms of its peers.

Rates fall as followers grow, differ by platform and market, and lean on the creator's own quality and
trend. Cheats bend them: bought followers do not watch, bought likes do not comment, pods comment too much.
"""

from dataclasses import dataclass

import numpy as np

from matcher.demo.arrays import Floats, Ints, lognormal, whole
from matcher.demo.cast import BOUGHT_LIKES, COMMENT_BOTS, POD, Cast
from matcher.demo.feed import IMAGE, ORGANIC, TEXT, VIDEO, Feed
from matcher.demo.setting import ENGAGEMENT_LEVEL, INSTAGRAM, THREADS, YOUTUBE

# by platform: instagram, tiktok, youtube, threads
VIEWS_PER_FOLLOWER = np.array([0.38, 0.80, 0.30, 0.45])
LIKES_PER_VIEW = np.array([0.085, 0.075, 0.036, 0.050])
COMMENTS_PER_LIKE = np.array([0.022, 0.015, 0.030, 0.050])
SHARES_PER_VIEW = np.array([0.006, 0.007, np.nan, 0.004])
SAVES_PER_VIEW = np.array([0.008, 0.006, np.nan, np.nan])
COUNTS = ("views", "likes", "comments", "shares", "saves", "reach", "impressions")
SETTLE_DAYS = 1.4
"""A post has brought in 1 − e⁻¹ of its views after this many days."""


@dataclass(frozen=True)
class Counts:
    """The final counts as floats, NaN where the platform or the creator does not show them."""

    columns: dict[str, Floats]

    def __getitem__(self, name: str) -> Floats:
        return self.columns[name]


def grown(age_days: Floats) -> Floats:
    """The part of its final counts that a post of this age has."""
    return 1.0 - np.exp(-age_days / SETTLE_DAYS)


def _views(rng: np.random.Generator, cast: Cast, feed: Feed) -> Floats:
    who, fans = feed.creator, cast.real_followers[feed.creator]
    rate = VIEWS_PER_FOLLOWER[feed.platform] * (fans / 1e4) ** -0.12 * ENGAGEMENT_LEVEL[cast.market[who]]
    rate *= cast.quality[who] * np.exp(cast.trend[who] * (0.5 - feed.age_days / 365))
    rate *= np.where(feed.sponsorship == ORGANIC, 1.0, 0.8) * lognormal(rng, 0.5, len(feed))
    viral = np.maximum(60_000.0, fans * 10) * lognormal(rng, 0.4, len(feed))
    return np.where(feed.viral, viral, fans * rate) * grown(feed.age_days) + 15


def _likes(rng: np.random.Generator, cast: Cast, feed: Feed, views: Floats) -> Floats:
    who, n = feed.creator, len(feed)
    rate = LIKES_PER_VIEW[feed.platform] * (cast.real_followers[who] / 1e4) ** -0.06
    rate *= np.sqrt(cast.quality[who])
    bought = np.clip(0.42 * cast.quality[who] ** 0.2, 0.3, 0.6) * lognormal(rng, 0.03, n)
    return views * np.where(cast.cheat[who] == BOUGHT_LIKES, bought, np.minimum(rate * lognormal(rng, 0.25, n), 0.5))


def _comments(rng: np.random.Generator, cast: Cast, feed: Feed, likes: Floats) -> Floats:
    who, cheat = feed.creator, cast.cheat[feed.creator]
    rate = COMMENTS_PER_LIKE[feed.platform] * (cast.real_followers[who] / 1e4) ** -0.08
    rate *= np.select([cheat == POD, cheat == COMMENT_BOTS, cheat == BOUGHT_LIKES], [6.0, 3.5, 0.15], 1.0)
    return likes * rate * lognormal(rng, 0.4, len(feed))


def make_counts(rng: np.random.Generator, cast: Cast, feed: Feed) -> Counts:
    """All counts of a feed as read on the reference date."""
    who, n = feed.creator, len(feed)
    views = _views(rng, cast, feed)
    likes = _likes(rng, cast, feed, views)
    connected = (who % 7 == 0) & (feed.platform != YOUTUBE)  # accounts that opened their insights
    columns = {
        "views": views,
        "likes": likes,
        "comments": _comments(rng, cast, feed, likes),
        "shares": views * SHARES_PER_VIEW[feed.platform] * lognormal(rng, 0.5, n),
        "saves": views * SAVES_PER_VIEW[feed.platform] * lognormal(rng, 0.5, n),
        "reach": np.where(connected, views * rng.uniform(0.7, 0.9, n), np.nan),
        "impressions": np.where(connected, views * rng.uniform(1.05, 1.3, n), np.nan),
    }
    still = np.isin(feed.media, (IMAGE, TEXT)) | ((feed.platform == THREADS) & (feed.media != VIDEO))
    unseen = still & (np.isin(feed.platform, (INSTAGRAM, THREADS))) & ~connected
    columns["views"] = np.where(unseen, np.nan, columns["views"])
    columns["likes"] = np.where(cast.gaps["hidden_likes"][who], np.nan, columns["likes"])
    blank = cast.gaps["no_counts"][who]
    return Counts({name: np.where(blank, np.nan, _whole(rng, column)) for name, column in columns.items()})


def _whole(rng: np.random.Generator, column: Floats) -> Floats:
    known = ~np.isnan(column)
    rounded: Ints = whole(rng, np.where(known, column, 0.0))
    return np.where(known, rounded.astype(np.float64), np.nan)
