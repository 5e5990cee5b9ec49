"""From the spool to the files of a snapshot: posts in order, vectors, lexical index, reference creators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.content import content_hashes
from matcher.indexing.previous import Previous
from matcher.indexing.spool import COUNTS, KEPT, SPOOL_SCHEMA, Spool
from matcher.indexing.vocabulary import Vocabulary
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.lexical import build_lexical, copy_lexical, link_or_copy
from matcher.retrieval.stores import EXACT_ROWS, build_ivf
from matcher.retrieval.vectors import VectorTable, VectorWriter, quantise
from matcher.snapshot import PostColumns, save_array
from matcher.text import clean, embedding_texts, tokens

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
    """`posts.arrow`, `tokens.arrow` and the columns of the posts."""
    table = spool.table()
    for path, names in ((folder / "posts.arrow", KEPT), (folder / "tokens.arrow", ("tokens",))):
        # one column at a time in memory: a table of 20M posts has texts of several GB
        columns = [_counts(spool, name) if name in COUNTS else table.column(name).combine_chunks() for name in names]
        schema = pa.schema([SPOOL_SCHEMA.field(name) for name in names])
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
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


def write_post_vectors(folder: Path, spool: Spool, order: NDArray[np.int64], advance: Advance) -> VectorTable:
    """The posts' vectors in the order of the snapshot."""
    codes = spool.codes()
    writer = VectorWriter(folder / "posts", len(order), spool.dimensions)
    for start in range(0, len(order), _CHUNK):
        rows = order[start : start + _CHUNK]
        writer.write(codes[rows], spool.scales[rows])
        advance(len(rows))
    writer.close()
    return VectorTable.open(folder / "posts")


def bio_texts(creators: pa.Table) -> list[str]:
    """What a creator says of itself: name, bio and categories, for the encoder; "" where there is nothing."""
    names = creators.column("display_name").to_pylist()
    bios = creators.column("bio").to_pylist()
    categories = creators.column("categories").to_pylist()
    return [
        ". ".join(part for part in (name, bio, ", ".join(own or ())) if part)
        for name, bio, own in zip(names, bios, categories, strict=True)
    ]


def write_creator_vectors(
    folder: Path, creators: pa.Table, posts: VectorTable, post_start: NDArray[np.int64],
    encoder: Encoder, previous: Previous | None,
) -> VectorTable:  # fmt: skip
    """Vectors of the bios, and of the creators: the unit mean of a creator's posts and its bio."""
    texts = bio_texts(creators)
    content = content_hashes(texts)
    known = previous.bios.rows(content) if previous else np.full(len(texts), -1, dtype=np.int64)
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
    save_array(folder / "bios.content.npy", content)

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


def write_lexical(
    folder: Path, creators: pa.Table, n_posts: int, previous: Previous | None, same: bool, advance: Advance
) -> None:
    """The lexical index of posts and of what creators say of themselves."""
    if same and previous is not None:
        copy_lexical(previous.index.folder / "lexical", folder / "lexical")
        return
    build_lexical(folder / "lexical", _documents(folder, creators, n_posts, advance))


def _documents(folder: Path, creators: pa.Table, n_posts: int, advance: Advance) -> Iterator[tuple[int, str]]:
    with pa.memory_map(str(folder / "tokens.arrow")) as source:
        reader = pa.ipc.open_file(source)
        number = 0
        for i in range(reader.num_record_batches):
            for text in reader.get_batch(i).column("tokens").to_pylist():
                yield number, text
                number += 1
            advance(reader.get_batch(i).num_rows)
    texts = bio_texts(creators)
    for start in range(0, len(texts), _CHUNK):
        block = texts[start : start + _CHUNK]
        for offset, words in enumerate(tokens(clean(block))):
            if words:
                yield n_posts + start + offset, " ".join(words)
        advance(len(block))


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
