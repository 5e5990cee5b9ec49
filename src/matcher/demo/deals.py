"""The collaborations table: what came of past paid work of some creators."""

from typing import Any

import numpy as np
import pyarrow as pa

from matcher.demo.arrays import Flags, Floats, draw, lognormal, stream
from matcher.demo.cast import Cast
from matcher.demo.columns import counts, days_ago, ids, names
from matcher.demo.creators import usd_price
from matcher.demo.posts import BRAND_NAMES
from matcher.demo.setting import BRAND_COUNTS, BRAND_STARTS, PLATFORMS

SOURCES = ("utm", "code", "platform", "declared")


def _unless(hidden: Flags, values: Floats) -> Floats:
    return np.where(hidden, np.nan, values)


def collaborations_table(seed: int, cast: Cast, start: int, stop: int) -> Any:
    """One to three past collaborations for half of the creators who take sponsors. Money is in USD."""
    rng = stream(seed, 4, start)
    works = (cast.sponsored_share[start:stop] > 0) & (rng.random(stop - start) < 0.5)
    row = np.repeat(np.flatnonzero(works) + start, rng.integers(1, 4, int(works.sum())))
    n = len(row)
    topic = cast.topics[row, 0]
    brand = BRAND_STARTS[topic] + (rng.random(n) * BRAND_COUNTS[topic]).astype(np.int64)
    spend = np.round(usd_price(rng, cast, row), 2)
    shown = np.round(cast.real_followers[row] * 0.5 * lognormal(rng, 0.5, n))
    clicks = np.floor(shown * 0.011 * cast.quality[row] * lognormal(rng, 0.5, n))
    sold = np.floor(clicks * 0.024 * cast.quality[row] * lognormal(rng, 0.5, n))
    source = draw(rng, np.array([0.4, 0.25, 0.15, 0.2]), n)
    declared, from_code = source == 3, source == 1
    money = pa.array(np.round(sold * 34 * lognormal(rng, 0.3, n), 2), mask=declared)
    return pa.table(
        {
            "collaboration_id": [f"w{start:06d}-{i}" for i in range(n)],
            "creator_id": ids("c", row, 6),
            "brand": names(BRAND_NAMES, brand),
            "platform": names(PLATFORMS, cast.platform[row]),
            "started_at": days_ago(rng.uniform(10, 500, n)),
            "spend": pa.array(spend, mask=rng.random(n) < 0.2),
            "currency": names(("USD",), np.zeros(n, dtype=np.int64)),
            "impressions": counts(_unless(from_code, shown)),
            "clicks": counts(_unless(from_code | declared, clicks)),
            "conversions": counts(_unless(source == 2, sold)),
            "revenue": money,
            "source": names(SOURCES, source),
        }
    )
