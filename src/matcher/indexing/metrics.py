"""Later readings of a post's counts: the newest one counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.indexing.content import id_hashes
from matcher.indexing.spool import COUNTS, Spool
from matcher.snapshot import NEVER


def apply_metrics(spool: Spool, batches: Iterable[pa.RecordBatch], advance: Callable[[int], None]) -> None:
    """Replace the counts of posts, in place, by those of `post_metrics` rows that were read later."""
    order = np.argsort(spool.post_hash)
    hashes = spool.post_hash[order]
    for batch in batches:
        at = np.searchsorted(hashes, id_hashes(batch.column("post_id").to_pylist()))
        rows = order[np.minimum(at, len(order) - 1)]
        read_at = np.asarray(
            pc.fill_null(pc.divide(batch.column("observed_at").cast(pa.int64()), 1_000_000), NEVER), dtype=np.int64
        )
        oldest_first = np.argsort(read_at, kind="stable")
        newer = oldest_first[read_at[oldest_first] > spool.observed_at[rows[oldest_first]]]
        for name in COUNTS:
            if name in batch.schema.names:
                values = np.asarray(pc.fill_null(batch.column(name).cast(pa.float64()), np.nan), dtype=np.float64)
                known = newer[~np.isnan(values[newer])]
                spool.counts[name][rows[known]] = values[known]
        np.maximum.at(spool.observed_at, rows[newer], read_at[newer])
        advance(batch.num_rows)
