"""What is foretold of the next posts: slots of platform × format from the spooled posts, and their forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.indexing.spool import Spool
from matcher.indexing.standing import Standing
from matcher.indexing.vocabulary import Vocabulary
from matcher.signals.engagement import settled_posts
from matcher.signals.forecast import Foretold, build_slots, forecast_creators, targets
from matcher.snapshot import NEVER, ForecastColumns, write_json


@dataclass(frozen=True)
class SnapshotForecasts:
    """Forecasts in the shape of a snapshot."""

    columns: ForecastColumns
    formats: list[str]
    platforms: list[str]
    """The platforms of accounts, and after them those that only posts name."""
    models: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Columns, and what was learned, into the folder of a snapshot."""
        self.columns.save(folder / "forecast")
        write_json(folder / "forecast" / "models.json", self.models)


def forecast_posts(spool: Spool, order: NDArray[np.int64], standing: Standing, as_of_s: int) -> SnapshotForecasts:
    """Forecasts for the creators of a snapshot from its posts in their order."""
    creator, accounts = spool.creator[order].astype(np.int64), standing.accounts
    named, formats = Vocabulary.of(standing.platforms.names()), Vocabulary()
    table = spool.table()
    posted_on = _codes(table.column("platform"), named)[order]
    posted_on = np.where(posted_on >= 0, posted_on, accounts.main_platform[creator])
    forms = _codes(table.column("media_type"), formats)[order]
    counts = targets({name: values[order] for name, values in spool.counts.items()})
    published, observed = spool.published_at[order], spool.observed_at[order]
    at = np.where(published != NEVER, published, observed)
    owner = np.repeat(np.arange(len(standing)), np.diff(accounts.start))
    slots, slot = build_slots(
        creator,
        posted_on.astype(np.int64),
        forms,
        (owner, accounts.platform.astype(np.int64), accounts.followers),
        np.stack([standing.tier, standing.market, standing.first_language], 1).astype(np.int64),
    )
    dated = np.where(at != NEVER, at, np.nan).astype(np.float64)
    settled = settled_posts(published, observed, as_of_s)
    foretold = forecast_creators(slots, slot, counts, dated, settled, as_of_s, named.names())
    return SnapshotForecasts(_columns(foretold, len(standing)), formats.names(), named.names(), foretold.models)


def _columns(foretold: Foretold, n_creators: int) -> ForecastColumns:
    start = np.searchsorted(foretold.slots.creator, np.arange(n_creators + 1))
    return ForecastColumns(
        start=start.astype(np.int64),
        platform=foretold.slots.keys[:, 0].astype(np.int16),
        format=foretold.slots.keys[:, 1].astype(np.int16),
        counts=foretold.counts.astype(np.float32),
        posts=foretold.posts.astype(np.int16),
        peers=foretold.peers.astype(np.int32),
        peers_depth=foretold.peers_depth.astype(np.int8),
        learned=foretold.learned,
    )


def _codes(column: pa.ChunkedArray, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """Codes int64 [n] of a column of names, -1 where there is none."""
    names = sorted(name for name in pc.unique(column).to_pylist() if name is not None)
    codes = np.array([vocabulary.code(name) for name in names] + [-1], dtype=np.int64)
    at = np.asarray(pc.fill_null(pc.index_in(column, pa.array(names, column.type)), len(names)), dtype=np.int64)
    return codes[at]
