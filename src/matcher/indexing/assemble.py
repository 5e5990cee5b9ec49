"""From the spool to the files of a snapshot: posts in order, vectors, dense index, reference creators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.bios import Bios
from matcher.indexing.previous import Previous, Unchanged
from matcher.indexing.spool import COUNTS, KEPT, SPOOL_SCHEMA, Spool
from matcher.indexing.vocabulary import Vocabulary
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.lexical import link_or_copy
from matcher.retrieval.stores import EXACT_ROWS, build_ivf
from matcher.retrieval.vectors import VectorTable, VectorWriter, quantise
from matcher.snapshot import PostColumns, save_array
from matcher.text import clean, embedding_texts

_CHUNK = 65_536
REFERENCE_PER_GROUP = 30
REFERENCE_CREATORS = 2_000

Advance = Callable[[int], None]


def snapshot_order(spool: Spool) -> NDArray[np.int64]:
    """
    Spool rows in the order of the snapshot: by creator, newest first, ties by a hash of the post's id.

    The order of the input tables does not matter.
    """
    return np.lexsort((spool.post_hash, ~spool.published_at, spool.creator))


def write_posts(folder: Path, spool: Spool, order: NDArray[np.int64], languages: Vocabulary) -> None:
    """`posts.arrow` and the columns of the posts."""
    table = spool.table()
    columns = [_counts(spool, name) if name in COUNTS else table.column(name).combine_chunks() for name in KEPT]
    schema = pa.schema([SPOOL_SCHEMA.field(name) for name in KEPT])
    with pa.OSFile(str(folder / "posts.arrow"), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for start in range(0, len(order), _CHUNK):
            rows = pa.array(order[start : start + _CHUNK])
            writer.write_batch(pa.record_batch([column.take(rows) for column in columns], schema=schema))
    PostColumns(
        creator=spool.creator[order],
        published_at=spool.published_at[order],
        language=languages.encode(spool.language[order], np.int16),
        language_confidence=spool.language_confidence[order],
        discloses=spool.discloses[order],
        sponsored=(spool.sponsored | spool.discloses)[order],
        content=spool.content[order],
    ).save(folder / "posts")


def _counts(spool: Spool, name: str) -> pa.Array:
    """A count of all posts as last read, null where it is not known."""
    return pa.array(spool.counts[name], pa.float64(), from_pandas=True).cast(pa.int64())


def write_post_vectors(
    folder: Path, spool: Spool, order: NDArray[np.int64], previous: Previous | None, same: Unchanged, advance: Advance
) -> VectorTable:
    """The posts' vectors in the order of the snapshot."""
    if same.posts and previous is not None:
        return _vectors_of(previous, folder, "posts")
    codes = spool.codes()
    writer = VectorWriter(folder / "posts", len(order), spool.dimensions)
    for start in range(0, len(order), _CHUNK):
        rows = order[start : start + _CHUNK]
        writer.write(codes[rows], spool.scales[rows])
        advance(len(rows))
    writer.close()
    return VectorTable.open(folder / "posts")


def write_creator_vectors(
    folder: Path, said: Bios, posts: VectorTable, post_start: NDArray[np.int64],
    encoder: Encoder, previous: Previous | None, same: Unchanged,
) -> VectorTable:  # fmt: skip
    """Vectors of the bios, and of the creators: the unit mean of a creator's posts and its bio."""
    save_array(folder / "bios.content.npy", said.content)
    if same.all and previous is not None:
        _vectors_of(previous, folder, "bios")
        return _vectors_of(previous, folder, "creators")
    texts, known = said.texts, said.known(previous)
    codes, scales = np.zeros((len(texts), encoder.dimensions), np.int8), np.zeros(len(texts), np.float32)
    for start in range(0, len(texts), _CHUNK):
        new = start + np.flatnonzero(known[start : start + _CHUNK] < 0)
        if len(new):
            codes[new], scales[new] = quantise(encoder.encode(embedding_texts(clean([texts[i] for i in new]), None)))
    if previous is not None:
        old = np.flatnonzero(known >= 0)
        codes[old] = previous.index.bio_vectors.codes[known[old]]
        scales[old] = previous.index.bio_vectors.scales[known[old]]
    _write(folder / "bios", codes, scales)

    writer = VectorWriter(folder / "creators", len(texts), encoder.dimensions)
    bios = VectorTable(codes, scales)
    for start in range(0, len(texts), 4096):
        end = min(start + 4096, len(texts))
        sums = bios.gather(np.arange(start, end))
        sums += post_sums(posts, post_start[start : end + 1])
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        writer.write(*quantise(np.divide(sums, norms, out=np.zeros_like(sums), where=norms > 0)))
    writer.close()
    return VectorTable.open(folder / "creators")


def _vectors_of(previous: Previous, folder: Path, name: str) -> VectorTable:
    """A table of the snapshot before, taken over into a folder."""
    for part in ("codes", "scales"):
        file = previous.index.folder / "vectors" / f"{name}.{part}.npy"
        link_or_copy(file, folder / file.name)
    return VectorTable.open(folder / name)


def post_sums(posts: VectorTable, start: NDArray[np.int64]) -> NDArray[np.float32]:
    """The sum of the post vectors between consecutive offsets [n + 1], float32 [n, d]."""
    sums = np.zeros((len(start) - 1, posts.dimensions), np.float32)
    first, last = int(start[0]), int(start[-1])
    for at in range(first, last, _CHUNK):
        rows = np.arange(at, min(at + _CHUNK, last))
        owner = np.searchsorted(start, rows, side="right") - 1
        here, begins = np.unique(owner, return_index=True)
        sums[here] += np.add.reduceat(posts.gather(rows), begins, axis=0)
    return sums


def _write(stem: Path, codes: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
    writer = VectorWriter(stem, *codes.shape)
    writer.write(codes, scales)
    writer.close()


def write_dense_index(
    table: VectorTable, path: Path, previous: Path | None, same: bool, same_as: NDArray[np.int64] | None = None
) -> None:
    """
    The FAISS index of a table that is too large to scan; taken over whole when the rows are the same.

    `same_as` names for each row the row of the snapshot before with the same vector, -1 for none.
    """
    if len(table) <= EXACT_ROWS:
        return
    if same and previous is not None and previous.is_file():
        link_or_copy(previous, path)
    else:
        build_ivf(table, path, trained=previous, same_as=same_as)


def reference_creators(group: NDArray[np.int32], has_text: NDArray[np.bool_], seed: int = 7) -> NDArray[np.int64]:
    """
    The creators that percentiles and the background of a brief are taken from: int64 rows, ascending.

    Up to REFERENCE_PER_GROUP of every peer group and REFERENCE_CREATORS in all, drawn without regard to anything
    but the group, among those with posts or a bio.
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(np.flatnonzero(has_text))
    rows = rows[np.argsort(group[rows], kind="stable")]
    sizes = np.bincount(group[rows], minlength=int(group.max(initial=0)) + 1)
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen = rows[rank < REFERENCE_PER_GROUP]
    return np.sort(rng.permutation(chosen)[:REFERENCE_CREATORS])
