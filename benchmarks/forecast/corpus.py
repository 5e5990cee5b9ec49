"""The real posts as slots and series, from a snapshot and the days on which the counts were read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from matcher.retrieval.index import Index
from matcher.signals.engagement import settled_posts
from matcher.signals.forecast import Series, Slots, build_series, build_slots, targets
from matcher.snapshot import NEVER, owners

COUNTS = ("views", "likes", "comments", "shares", "saves")


@dataclass(frozen=True)
class Corpus:
    """All that the forecasts of a snapshot are learned from."""

    slots: Slots
    series: dict[str, Series]
    peers: NDArray[np.int64]
    """int64 [creators]: peer group."""
    platforms: list[str]


def corpus(index: Index, data: Path) -> Corpus:
    """The slots and the series of every target; `data` is the folder of the tables."""
    columns, table = index.creators, index.post_table
    creator = np.asarray(index.posts.creator).astype(np.int64)
    published = np.asarray(index.posts.published_at)
    observed = _observed(table.column("post_id").to_pylist(), data)
    as_of = int(np.datetime64(index.manifest.as_of.rstrip("Z"), "s").astype(np.int64))
    first = np.full(len(columns), -1)
    spoken = np.diff(columns.language_start) > 0
    first[spoken] = columns.language[columns.language_start[:-1][spoken]]
    slots, slot = build_slots(
        creator,
        _codes(table.column("platform").to_pylist(), index.vocabularies["platforms"]),
        _codes(table.column("media_type").to_pylist(), index.vocabularies["formats"]),
        (owners(columns.account_start), columns.account_platform.astype(np.int64), columns.account_followers),
        np.stack([columns.tier, columns.market, first], axis=1).astype(np.int64),
    )
    counts = targets({name: pc.cast(table.column(name), "double").to_numpy() for name in COUNTS})
    known_at = np.where(published != NEVER, published, observed)
    at = np.where(known_at != NEVER, known_at, np.nan).astype(np.float64)
    settled = settled_posts(published, observed, as_of)
    series = {name: build_series(slot, values, at, settled) for name, values in counts.items()}
    return Corpus(slots, series, np.asarray(columns.peer_group).astype(np.int64), index.vocabularies["platforms"])


def _observed(post_ids: list[str], data: Path) -> NDArray[np.int64]:
    """Seconds since 1970 of the last dated reading of each post, NEVER without one."""
    last: dict[str, int] = {}
    for name in ("posts", "post_metrics"):
        read = pq.read_table(data / f"{name}.parquet", columns=["post_id", "observed_at"]).drop_null()
        seconds = pc.divide(read.column("observed_at").cast(pa.timestamp("us", tz="UTC")).cast("int64"), 1_000_000)
        for post, at in zip(read.column("post_id").to_pylist(), seconds.to_pylist(), strict=True):
            last[post] = max(at, last.get(post, NEVER))
    return np.array([last.get(post, NEVER) for post in post_ids], dtype=np.int64)


def _codes(names: list[str | None], vocabulary: list[str]) -> NDArray[np.int64]:
    codes = {name: code for code, name in enumerate(vocabulary)} | {None: -1}
    return np.array([codes[name] for name in names], dtype=np.int64)
