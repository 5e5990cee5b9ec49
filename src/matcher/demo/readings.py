"""Counts over time: some posts read on several days, some creators' followers week by week."""

from typing import Any

import numpy as np
import pyarrow as pa

from matcher.demo.arrays import Floats, Ints, stream
from matcher.demo.cast import BOUGHT_FOLLOWERS, Cast
from matcher.demo.columns import counts, days_ago, ids, names
from matcher.demo.feed import Feed
from matcher.demo.norms import Counts, grown
from matcher.demo.posts import post_numbers
from matcher.demo.setting import PLATFORMS

READ_ON_DAYS = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
READ_COUNTS = ("views", "likes", "comments", "shares", "saves", "impressions")
WATCHED_SHARE, TRACKED_SHARE, WEEKS = 0.04, 0.35, 27


def post_metrics_table(rng: np.random.Generator, feed: Feed, brought: Counts) -> Any:
    """Readings of a few posts, 1 to 32 days after publishing, growing towards the final counts."""
    watched = np.flatnonzero(rng.random(len(feed)) < WATCHED_SHARE)
    row, day = np.repeat(watched, len(READ_ON_DAYS)), np.tile(READ_ON_DAYS, len(watched))
    past = day < feed.age_days[row] - 0.2
    row, day = row[past], day[past]
    part = grown(day) / grown(feed.age_days[row])
    return pa.table(
        {
            "post_id": ids("p", post_numbers(feed)[row]),
            "observed_at": days_ago(feed.age_days[row] - day),
            **{name: counts(np.floor(brought[name][row] * part)) for name in READ_COUNTS},
        }
    )


def _followers(rng: np.random.Generator, cast: Cast, who: Ints, weeks_back: Floats) -> Floats:
    """Steady growth to today's count; bought followers arrive within one week, 4 to 22 weeks ago."""
    weekly = np.clip(0.004 + 0.01 * cast.trend[who] + rng.normal(0, 0.002, len(who)), -0.01, 0.03)[:, None]
    bought = cast.cheat[who] == BOUGHT_FOLLOWERS
    arrived = weeks_back[None, :] <= rng.integers(4, 23, len(who))[:, None]
    today = np.where(~bought[:, None] | arrived, cast.followers[who, None], cast.real_followers[who, None])
    noise = np.where(weeks_back > 0, rng.normal(1, 0.002, (len(who), len(weeks_back))), 1.0)
    return np.round(today * np.exp(-weekly * weeks_back) * noise)


def follower_history_table(seed: int, cast: Cast, start: int, stop: int) -> Any:
    """Weekly follower counts of about a third of the creators, most of the bought ones among them."""
    rng = stream(seed, 3, start)
    chance = np.where(cast.cheat[start:stop] == BOUGHT_FOLLOWERS, 0.9, TRACKED_SHARE)
    tracked = rng.random(stop - start) < chance
    who = np.flatnonzero(tracked & ~cast.gaps["no_followers"][start:stop]) + start
    weeks_back = np.arange(WEEKS - 1, -1, -1, dtype=np.float64)
    followers = _followers(rng, cast, who, weeks_back)
    row = np.repeat(who, WEEKS)
    return pa.table(
        {
            "creator_id": ids("c", row, 6),
            "platform": names(PLATFORMS, cast.platform[row]),
            "date": days_ago(np.tile(weeks_back * 7 + 1, len(who))).cast(pa.date32()),
            "followers": counts(followers.ravel()),
        }
    )
