"""The real tables, where they are at hand: nothing is lost, and it is quick."""

import os
import time
from pathlib import Path

import pytest

from matcher.catalog import Catalog

DATA = Path(os.environ.get("MATCHER_SHARED_DATA") or Path(__file__).parents[2] / ".." / "shared" / "data")
REAL = DATA / "real-creators"


@pytest.mark.skipif(not REAL.is_dir(), reason="no real data: neither ../shared/data nor $MATCHER_SHARED_DATA is there")
def test_the_real_tables_are_read_whole(tmp_path: Path) -> None:
    started = time.perf_counter()
    with Catalog.open(
        creators=REAL / "creators.parquet",
        posts=REAL / "posts.parquet",
        post_metrics=REAL / "post_metrics.parquet",
        comments=REAL / "comments.parquet",
        rejects=tmp_path / "rejects.jsonl",
    ) as catalog:
        creators = catalog.creators()
        kept = {name: sum(len(b) for b in getattr(catalog, name)()) for name in ("posts", "post_metrics", "comments")}
    assert len(creators) == 48_642
    assert kept == {"posts": 151_026, "post_metrics": 100_973, "comments": 514_569}
    assert (tmp_path / "rejects.jsonl").read_bytes() == b""
    with_audience = [records for records in creators["audience"].to_pylist() if records]
    assert len(with_audience) == 48_642 - 33_834
    assert all(sum(c["share"] for c in r["cells"]) == pytest.approx(1.0) for records in with_audience for r in records)
    assert time.perf_counter() - started < 60, "a few seconds on an idle machine"
