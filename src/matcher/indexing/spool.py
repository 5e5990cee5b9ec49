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

from matcher.indexing.columns import floats
from matcher.indexing.content import id_hashes
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
                derived = _derived(taken, encoder, previous)
                embedded += derived.embedded
                codes_file.write(np.ascontiguousarray(derived.codes).data)
                kept = [taken.column(name).cast(SPOOL_SCHEMA.field(name).type) for name in KEPT]
                tokens = pa.array(derived.tokens, pa.large_string())
                writer.write_batch(pa.record_batch([*kept, tokens], schema=SPOOL_SCHEMA))
                columns = _columns(taken, derived)
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


def _derived(batch: pa.RecordBatch, encoder: Encoder, previous: Previous | None) -> Derived:
    """What the texts of a batch say."""
    tags = [row or [] for row in batch.column("hashtags").to_pylist()]
    return derive(batch.column("text").to_pylist(), tags, batch.column("language").to_pylist(), encoder, previous)


def _columns(batch: pa.RecordBatch, derived: Derived) -> dict[str, NDArray[Any]]:
    """The numbers that are kept in memory of the posts of a batch."""
    said = batch.column("sponsored").to_pylist()
    sponsored = [bool(s) if s is not None else d for s, d in zip(said, derived.discloses.tolist(), strict=True)]
    return {
        "scales": derived.scales,
        "creator": np.asarray(batch.column("creator_row"), dtype=np.int32),
        "post_hash": id_hashes(batch.column("post_id").to_pylist()),
        "content": derived.content,
        "published_at": seconds(batch.column("published_at")),
        "observed_at": seconds(batch.column("observed_at")),
        "language": derived.language,
        "language_confidence": derived.language_confidence,
        "discloses": derived.discloses,
        "sponsored": np.array(sponsored, dtype=np.bool_),
    }


def _partners(batch: pa.RecordBatch, columns: dict[str, NDArray[Any]]) -> list[tuple[int, str, int]]:
    """The brands that posts name as sponsors; mentions count in a sponsored post."""
    found: list[tuple[int, str, int]] = []
    sponsors, mentions = batch.column("sponsors").to_pylist(), batch.column("mentions").to_pylist()
    texts = batch.column("text")
    rows = zip(
        columns["creator"].tolist(), columns["published_at"].tolist(), columns["sponsored"].tolist(), strict=True
    )
    for i, (creator, at, sponsored) in enumerate(rows):
        names = list(sponsors[i] or ())
        if sponsored:
            names += find_mentions(texts[i].as_py() or "") if mentions[i] is None else mentions[i]
        found += [(creator, name, at) for name in names]
    return found


def seconds(column: pa.Array) -> NDArray[np.int64]:
    """Times as seconds since 1970, NEVER where there is none."""
    values = pc.divide(column.cast(pa.int64()), 1_000_000)
    return np.asarray(pc.fill_null(values, NEVER), dtype=np.int64)
