"""
The stream of posts: each batch is read, given a language, tokens and a vector, and laid down in order of arrival.

Memory is bounded by a batch and a few numbers per post; texts, tokens and vectors wait on disk until the order of
the snapshot (by creator, newest first) is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.catalog.keys import hash_strings
from matcher.indexing.columns import floats, offsets
from matcher.indexing.derive import Derived, derive
from matcher.indexing.previous import Previous
from matcher.retrieval.encoders import Encoder
from matcher.snapshot import NEVER
from matcher.text import find_mentions

COUNTS = ("views", "reach", "likes", "comments", "shares", "saves")
KEPT = ("post_id", "text", "url", "platform", "media_type", "hashtags", *COUNTS)
"""Columns of a post that the snapshot shows: as they came in, but for counts that were read again later."""


@dataclass(frozen=True, slots=True)
class Spool:
    """All posts in order of arrival; n posts."""

    table_path: Path
    codes_path: Path
    scales: NDArray[np.float32]
    creator: NDArray[np.int32]
    post_hash: NDArray[np.uint64]
    content: NDArray[np.uint64]
    """uint64 [n, 2]."""
    published_at: NDArray[np.int64]
    observed_at: NDArray[np.int64]
    counts: dict[str, NDArray[np.float64]]
    language: NDArray[np.object_]
    language_confidence: NDArray[np.float32]
    discloses: NDArray[np.bool_]
    """Whether the text itself says that it is sponsored."""
    sponsored: NDArray[np.bool_]
    """As the platform says, else as the text does."""
    partners: list[tuple[int, str, int]]
    """(creator row, brand name, time) of every sponsor that a post names."""
    embedded: int
    dimensions: int

    def __len__(self) -> int:
        return len(self.creator)

    def codes(self) -> NDArray[np.int8]:
        """int8 [n, d], memory-mapped."""
        if not len(self):
            return np.empty((0, self.dimensions), dtype=np.int8)
        return np.memmap(self.codes_path, dtype=np.int8, mode="r", shape=(len(self), self.dimensions))

    def table(self) -> pa.Table:
        """The kept columns and tokens, memory-mapped."""
        with pa.memory_map(str(self.table_path)) as source:
            return pa.ipc.open_file(source).read_all()


_SPOOL_TYPES = {
    "views": pa.int64(), "likes": pa.int64(), "comments": pa.int64(), "shares": pa.int64(), "saves": pa.int64(),
    "reach": pa.int64(), "hashtags": pa.large_list(pa.large_string()),
}  # fmt: skip
SPOOL_SCHEMA = pa.schema(
    [(name, _SPOOL_TYPES.get(name, pa.large_string())) for name in KEPT] + [("tokens", pa.large_string())]
)


def spool_posts(
    batches: Iterable[pa.RecordBatch],
    folder: Path,
    encoder: Encoder,
    previous: Previous | None,
    advance: Callable[[int], None],
) -> Spool:
    """Take in all posts; batches are the catalog's, with `creator_row` (rows of -1 are left out)."""
    folder.mkdir()
    parts: dict[str, list[Any]] = {name: [] for name in (*_COLUMNS, *COUNTS)}
    partners: list[tuple[int, str, int]] = []
    embedded = 0
    with (
        (folder / "codes.i8").open("wb") as codes_file,
        pa.OSFile(str(folder / "posts.arrow"), "wb") as sink,
        pa.ipc.new_file(sink, SPOOL_SCHEMA) as writer,
    ):
        for batch in batches:
            taken = batch.filter(pc.greater_equal(batch.column("creator_row"), 0))
            if taken.num_rows:
                content, derived, new = derive(
                    taken.column("text"), taken.column("hashtags"), taken.column("language"), encoder, previous
                )
                embedded += new
                codes_file.write(np.ascontiguousarray(derived.codes).data)
                kept = [taken.column(name).cast(SPOOL_SCHEMA.field(name).type) for name in KEPT]
                writer.write_batch(pa.record_batch([*kept, derived.tokens], schema=SPOOL_SCHEMA))
                columns = _columns(taken, content, derived)
                for name in _COLUMNS:
                    parts[name].append(columns[name])
                for name in COUNTS:
                    parts[name].append(floats(taken.column(name)))
                partners += _partners(taken, columns)
            advance(batch.num_rows)
    joined = {name: np.concatenate(parts[name]) if parts[name] else empty for name, empty in _COLUMNS.items()}
    counts = {name: np.concatenate(parts[name]) if parts[name] else np.empty(0) for name in COUNTS}
    return Spool(
        folder / "posts.arrow", folder / "codes.i8", counts=counts, partners=partners, embedded=embedded,
        dimensions=encoder.dimensions, **joined,
    )  # fmt: skip


_COLUMNS: dict[str, NDArray[Any]] = {
    "scales": np.empty(0, np.float32),
    "creator": np.empty(0, np.int32),
    "post_hash": np.empty(0, np.uint64),
    "content": np.empty((0, 2), np.uint64),
    "published_at": np.empty(0, np.int64),
    "observed_at": np.empty(0, np.int64),
    "language": np.empty(0, object),
    "language_confidence": np.empty(0, np.float32),
    "discloses": np.empty(0, np.bool_),
    "sponsored": np.empty(0, np.bool_),
}


def _columns(batch: pa.RecordBatch, content: NDArray[np.uint64], derived: Derived) -> dict[str, NDArray[Any]]:
    """The numbers that are kept in memory of the posts of a batch."""
    sponsored = pc.coalesce(batch.column("sponsored"), pa.array(derived.discloses))
    return {
        "scales": derived.scales,
        "creator": np.asarray(batch.column("creator_row"), dtype=np.int32),
        "post_hash": hash_strings(batch.column("post_id")),
        "content": content,
        "published_at": seconds(batch.column("published_at")),
        "observed_at": seconds(batch.column("observed_at")),
        "language": derived.language,
        "language_confidence": derived.language_confidence,
        "discloses": derived.discloses,
        "sponsored": np.asarray(sponsored).astype(np.bool_),
    }


def _partners(batch: pa.RecordBatch, columns: dict[str, NDArray[Any]]) -> list[tuple[int, str, int]]:
    """The brands that posts name as sponsors; mentions count in a sponsored post."""
    found: list[tuple[int, str, int]] = []
    rows = np.flatnonzero(columns["sponsored"] | (np.diff(offsets(batch.column("sponsors"))) > 0))
    names = (batch.column(name).take(pa.array(rows)).to_pylist() for name in ("sponsors", "mentions", "text"))
    for row, sponsors, mentions, text in zip(rows.tolist(), *names, strict=True):
        brands = list(sponsors or ())
        if columns["sponsored"][row]:
            brands += find_mentions(text or "") if mentions is None else mentions
        creator, at = int(columns["creator"][row]), int(columns["published_at"][row])
        found += [(creator, brand, at) for brand in brands]
    return found


def seconds(column: pa.Array) -> NDArray[np.int64]:
    """Times as seconds since 1970, NEVER where there is none."""
    values = pc.divide(column.cast(pa.int64()), 1_000_000)
    return np.asarray(pc.fill_null(values, NEVER), dtype=np.int64)
