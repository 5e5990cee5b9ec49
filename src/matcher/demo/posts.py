"""The posts table: a feed, its captions and its counts in the contract's columns."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Ints
from matcher.demo.captions import Captions
from matcher.demo.cast import Cast
from matcher.demo.columns import counts, days_ago, hide, ids, listed, names
from matcher.demo.feed import LABEL_ONLY, MEDIA_TYPES, ORGANIC, WORDS_ONLY, Feed, durations
from matcher.demo.norms import COUNTS, Counts
from matcher.demo.setting import BRANDS, LANGUAGES, PLATFORMS, TIKTOK, YOUTUBE

BRAND_NAMES = tuple(brand.name for brand in BRANDS)


def post_numbers(feed: Feed) -> Ints:
    """The running number of each post, from which its id is made."""
    return feed.first_post + np.arange(len(feed), dtype=np.int64)


def _sponsored(rng: np.random.Generator, feed: Feed) -> Any:
    """True by the platform's label; without it false or not said, even if the words disclose a sponsor."""
    labelled = (feed.sponsorship != ORGANIC) & (feed.sponsorship != WORDS_ONLY)
    unsaid = ~labelled & (rng.random(len(feed)) < 0.4)
    return hide(pa.array(labelled), unsaid)


def posts_table(rng: np.random.Generator, cast: Cast, feed: Feed, captions: Captions, brought: Counts) -> Any:
    """One Arrow table of a feed's posts."""
    texts, hashtags = captions.write(rng, cast, feed)
    keys = ids("p", post_numbers(feed))
    platform = names(PLATFORMS, feed.platform)
    labelled = ((feed.sponsorship == LABEL_ONLY) | (feed.sponsorship > WORDS_ONLY)).astype(np.int64)
    given = np.isin(feed.platform, (TIKTOK, YOUTUBE)) & (rng.random(len(feed)) < 0.9)
    return pa.table(
        {
            "post_id": keys,
            "creator_id": ids("c", feed.creator, 6),
            "platform": platform,
            "published_at": days_ago(feed.age_days),
            "text": texts,
            "hashtags": hashtags,
            "language": hide(names(LANGUAGES, feed.language), ~given),
            "media_type": names(MEDIA_TYPES, feed.media),
            "duration_s": counts(durations(rng, feed)),
            "url": pc.binary_join_element_wise(pa.scalar("https://"), platform, pa.scalar(".example.com/p/"), keys, ""),
            "sponsored": _sponsored(rng, feed),
            "sponsors": listed(names(BRAND_NAMES, feed.brand[labelled == 1]), labelled),
            **{name: counts(brought[name]) for name in COUNTS},
            "observed_at": days_ago(np.full(len(feed), 1 / 24)),
        }
    )
