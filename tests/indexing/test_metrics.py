"""Readings of counts: per count the newest known one, whatever the order and the batches."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalog.keys import hash_strings
from matcher.indexing.metrics import apply_metrics
from matcher.indexing.spool import COUNTS
from matcher.snapshot import NEVER

IDS = ["p", "q", "r"]
READINGS = st.lists(
    st.tuples(st.sampled_from([*IDS, "erased"]), st.integers(1, 5), st.one_of(st.none(), st.integers(0, 9))),
    max_size=12,
)


def spool_of(observed: list[int], likes: list[float]) -> Any:
    counts = {name: np.full(3, np.nan) for name in COUNTS} | {"likes": np.array(likes)}
    observed_at, published_at = np.array(observed, np.int64), np.array([0, NEVER, 0])
    return SimpleNamespace(
        post_hash=hash_strings(pa.array(IDS)), observed_at=observed_at, published_at=published_at, counts=counts
    )


def batches(readings: list[tuple[str, int, int | None]], size: int) -> list[pa.RecordBatch]:
    found = []
    for start in range(0, len(readings), size):
        ids, times, likes = zip(*readings[start : start + size], strict=True)
        columns = {
            "post_id": pa.array(ids),
            "observed_at": pa.array([at * 1_000_000 for at in times], pa.timestamp("us", "UTC")),
            "likes": pa.array(likes, pa.int64()),
        }
        found.append(pa.record_batch(columns))
    return found


@given(readings=READINGS, size=st.integers(1, 5), seed=st.integers(0, 5))
def test_the_newest_known_reading(readings: list[tuple[str, int, int | None]], size: int, seed: int) -> None:
    own = {"p": (3, 4.0), "q": (NEVER, 4.0), "r": (2, np.nan)}
    expected = {}
    for post_id, (observed, likes) in own.items():
        known = [(observed, likes)] if not np.isnan(likes) else []
        known += [(at, float(n)) for i, at, n in readings if i == post_id and n is not None]
        expected[post_id] = max(known)[1] if known else np.nan
    shuffled = [readings[i] for i in np.random.default_rng(seed).permutation(len(readings))]
    for order in (readings, shuffled):
        spool = spool_of([own[i][0] for i in IDS], [own[i][1] for i in IDS])
        advanced: list[int] = []
        apply_metrics(spool, batches(order, size), advanced.append)
        np.testing.assert_array_equal(spool.counts["likes"], [expected[i] for i in IDS])
        assert np.isnan(spool.counts["views"]).all()
        assert sum(advanced) == len(readings)


def test_no_posts_are_left() -> None:
    spool: Any = SimpleNamespace(
        post_hash=np.empty(0, np.uint64),
        observed_at=np.empty(0, np.int64),
        published_at=np.empty(0, np.int64),
        counts={n: np.empty(0) for n in COUNTS},
    )
    apply_metrics(spool, batches([("erased", 1, 2)], 1), lambda rows: None)


def test_the_dated_readings_of_views_come_back_by_age() -> None:
    """Post p came with a reading of its own; q was never dated; r is read on two days, once without a time."""
    day = 86_400
    spool = spool_of([day, NEVER, NEVER], [1.0, 1.0, 1.0])
    spool.counts["views"] = np.array([10.0, np.nan, np.nan])
    rows = [("p", 2 * day, 30), ("q", day, 5), ("r", 3 * day, 7), ("r", None, 9), ("r", 4 * day, None)]
    ids, times, views = zip(*rows, strict=True)
    columns = {
        "post_id": pa.array(ids),
        "observed_at": pa.array([None if t is None else t * 1_000_000 for t in times], pa.timestamp("us", "UTC")),
        "views": pa.array(views, pa.int64()),
    }
    found = apply_metrics(spool, [pa.record_batch(columns)], lambda rows: None)
    told = sorted(zip(found.post.tolist(), found.age_days.tolist(), found.views.tolist(), strict=True))
    assert told == [(0, 1.0, 10.0), (0, 2.0, 30.0), (2, 3.0, 7.0)]
    assert spool.counts["views"].tolist()[0] == 30.0
