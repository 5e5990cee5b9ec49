"""Later readings of a post's counts: the newest one counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.catalog.keys import hash_strings
from matcher.indexing.spool import COUNTS, Spool
from matcher.signals.engagement import Readings
from matcher.snapshot import NEVER


def apply_metrics(spool: Spool, batches: Iterable[pa.RecordBatch], advance: Callable[[int], None]) -> Readings:
    """
    Replace the counts of posts, in place, by those of `post_metrics` rows that were read later.

    Returns the dated readings of views by spool row, those that came with the posts among them.
    """
    own = np.flatnonzero(spool.observed_at != NEVER)
    read = [(own, spool.observed_at[own].copy(), spool.counts["views"][own].copy())]
    order = np.argsort(spool.post_hash)
    hashes = spool.post_hash[order]
    latest = {name: np.where(np.isnan(spool.counts[name]), NEVER, spool.observed_at) for name in COUNTS}
    for batch in batches:
        advance(batch.num_rows)
        ids = hash_strings(batch.column("post_id"))
        at = np.searchsorted(hashes, ids)
        there = np.flatnonzero(at < len(hashes))
        there = there[hashes[at[there]] == ids[there]]  # the posts of erased creators are not
        rows = order[at[there]]
        read_at = np.asarray(
            pc.fill_null(pc.divide(batch.column("observed_at").cast(pa.int64()), 1_000_000), NEVER), dtype=np.int64
        )[there]
        for name in COUNTS:
            if name in batch.schema.names:
                values = np.asarray(pc.fill_null(batch.column(name).cast(pa.float64()), np.nan), np.float64)[there]
                _take_newest(spool.counts[name], latest[name], rows, values, read_at)
        dated = read_at != NEVER
        if "views" in batch.schema.names:
            views = np.asarray(pc.fill_null(batch.column("views").cast(pa.float64()), np.nan), np.float64)[there]
            read.append((rows[dated], read_at[dated], views[dated]))
        np.maximum.at(spool.observed_at, rows, read_at)
    return _readings(spool, read)


def _readings(spool: Spool, read: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]) -> Readings:
    """Readings of known views by the age of the post."""
    post, at, views = (np.concatenate(part) for part in zip(*read, strict=True))
    known = ~np.isnan(views) & (spool.published_at[post] != NEVER)
    post, at, views = post[known], at[known], views[known]
    return Readings(post, (at - spool.published_at[post]) / 86_400.0, views)


def _take_newest(
    counts: NDArray[np.float64], latest: NDArray[np.int64],
    rows: NDArray[np.int64], values: NDArray[np.float64], read_at: NDArray[np.int64],
) -> None:  # fmt: skip
    """Per row, the known value that was read last, the higher one of two at once: any order of readings will do."""
    known = np.flatnonzero(~np.isnan(values) & (read_at > latest[rows]))
    known = known[np.lexsort((values[known], read_at[known]))]
    again = np.flatnonzero(~np.isnan(values) & (read_at == latest[rows]))
    np.fmax.at(counts, rows[again], values[again])
    counts[rows[known]] = values[known]
    latest[rows[known]] = read_at[known]
