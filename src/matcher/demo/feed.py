"""What a stretch of creators posted: topic, language, time and sponsor of each post, before any text or count."""

from dataclasses import dataclass

import numpy as np

from matcher.demo.arrays import Flags, Floats, Ints, draw_rows
from matcher.demo.cast import PASSER_BY, VIRAL, Cast
from matcher.demo.setting import BRAND_COUNTS, BRAND_STARTS, ENGLISH, NICHE_COUNTS, NICHE_STARTS, TIKTOK, YOUTUBE

ORGANIC, LABEL_ONLY, WORDS_ONLY, LABEL_AND_WORDS = range(4)
"""How a post's sponsor shows: not at all, by the platform's label, by the text alone, by both."""
DAYS_BACK = 548
VIDEO, IMAGE, CAROUSEL, TEXT = range(4)
MEDIA_TYPES = ("video", "image", "carousel", "text")
_MEDIA_SHARES = np.array([[0.45, 0.3, 0.25, 0.0], [0.95, 0.0, 0.05, 0.0], [1.0, 0.0, 0.0, 0.0], [0.1, 0.3, 0.1, 0.5]])


@dataclass(frozen=True)
class Feed:
    """One row per post, by creator and from old to new; `creator` is a row of the cast."""

    first_post: int
    creator: Ints
    platform: Ints
    language: Ints
    second_language: Ints
    topic: Ints
    niche: Ints
    age_days: Floats
    media: Ints
    sponsorship: Ints
    brand: Ints
    mentions_brand: Flags
    viral: Flags

    def __len__(self) -> int:
        return len(self.creator)


def _ages(rng: np.random.Generator, cast: Cast, who: Ints, first: Flags) -> Floats:
    """Days before the reference date, falling within each creator; mostly posted in the local evening."""
    span = np.minimum(cast.days_between * cast.post_counts, DAYS_BACK - cast.last_post_days)[who]
    day = np.floor(cast.last_post_days[who] + span * np.where(first, 0.0, rng.random(len(who))))
    age = np.maximum(day + ((12 + rng.normal(0, 3.5, len(who))) % 24) / 24, 0.3)
    old_to_new = np.lexsort((-age, who))
    ages: Floats = age[old_to_new]
    return ages


def _topic_places(rng: np.random.Generator, cast: Cast, who: Ints, first: Flags) -> Ints:
    """Which of its creator's topics each post is about; a passer-by's oldest post is the viral one."""
    place = draw_rows(rng, cast.shares[who])
    return np.where(first & (cast.role[who] == PASSER_BY), VIRAL, place)


def make_feed(rng: np.random.Generator, cast: Cast, start: int, stop: int, first_post: int) -> Feed:
    """The posts of creators `start` to `stop`, numbered from `first_post`."""
    counts = cast.post_counts[start:stop]
    who = np.repeat(np.arange(start, stop, dtype=np.int64), counts)
    n = len(who)
    first = np.diff(who, prepend=-1) > 0
    place = _topic_places(rng, cast, who, first)
    topic = cast.topics[who, place]
    wanders = rng.random(n) < 0.3
    any_niche = NICHE_STARTS[topic] + (rng.random(n) * NICHE_COUNTS[topic]).astype(np.int64)
    second = (rng.random(n) < 0.25) & (cast.second_platform[who] >= 0)
    platform = np.where(second, cast.second_platform[who], cast.platform[who])
    sponsored = rng.random(n) < cast.sponsored_share[who]
    how = np.where(sponsored, 1 + rng.integers(0, 3, n), ORGANIC)
    home = cast.language[who]
    language = np.where(rng.random(n) < cast.english_share[who], ENGLISH, home)
    return Feed(
        first_post=first_post,
        creator=who,
        platform=platform,
        language=language,
        second_language=np.where(cast.mix[who] == 2, ENGLISH, language),
        topic=topic,
        niche=np.where(wanders, any_niche, cast.niches[who, place]),
        age_days=_ages(rng, cast, who, first),
        media=draw_rows(rng, _MEDIA_SHARES[platform]),
        sponsorship=how,
        brand=BRAND_STARTS[topic] + (rng.random(n) * BRAND_COUNTS[topic]).astype(np.int64),
        mentions_brand=(how == ORGANIC) & (rng.random(n) < 0.03),
        viral=first & (cast.role[who] == PASSER_BY) & (place == VIRAL),
    )


def durations(rng: np.random.Generator, feed: Feed) -> Floats:
    """Seconds of each video, NaN for what is not one."""
    typical = np.select([feed.platform == YOUTUBE, feed.platform == TIKTOK], [420.0, 32.0], 45.0)
    seconds = np.round(np.clip(typical * np.exp(rng.normal(0, 0.6, len(feed))), 5, 7200))
    return np.where(feed.media == VIDEO, seconds, np.nan)
