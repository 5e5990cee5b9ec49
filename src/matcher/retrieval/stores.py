"""
Dense search over a vector table: exact for small sets and narrow filters, IVF for large ones.

Both kinds answer the same question, the `k` nearest of the allowed rows, and score every row that they return
exactly, from the same stored vectors; they differ only in which rows they look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.errors import SnapshotDamaged
from matcher.retrieval.vectors import VectorTable

EXACT_ROWS = 20_000
"""Up to so many allowed rows are scanned exactly: there a scan costs no more than an IVF search that holds recall."""
EXACT_SHARE = 0.02
"""Filters that leave a smaller share than this are scanned exactly: IVF recall falls to 0.27 at 0.1 %."""
PROBES = 48
"""Lists looked at for one query without a filter (recall@10 0.96 on real posts, see benchmarks/retrieval)."""
TRAINING_ROWS_PER_LIST = 40
_MAX_LISTS = 16_384


class VectorStore(Protocol):
    """Finds the rows nearest to queries."""

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """
        The `k` allowed rows of highest dot product for each of the queries [m, d].

        Returns similarities float32 [m, k] and rows int64 [m, k], highest first, ties by row; where fewer than `k`
        rows are allowed the rest is -inf and -1. `allowed` is bool [n]; None allows every row.
        """
        ...


@dataclass(frozen=True, slots=True)
class ExactStore:
    """Scans every allowed row."""

    table: VectorTable

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """See VectorStore.search."""
        rows = np.arange(len(self.table)) if allowed is None else np.flatnonzero(allowed)
        similarities = self.table.similarities(queries, rows)
        tops = [nearest(similarities[:, i], rows, k) for i in range(len(queries))]
        return np.stack([top[0] for top in tops]), np.stack([top[1] for top in tops])


@dataclass(frozen=True, slots=True)
class IvfStore:
    """Looks at the inverted lists nearest to the query; wide filters are a bitmap, narrow ones are scanned."""

    table: VectorTable
    index: Any

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """See VectorStore.search; approximate where the filter is wide, exact where it is narrow."""
        import faiss

        n = len(self.table)
        left = n if allowed is None else int(np.count_nonzero(allowed))
        if left <= EXACT_ROWS or left < EXACT_SHARE * n:
            return ExactStore(self.table).search(queries, k, allowed)
        parameters: Any = faiss.SearchParametersIVF()
        parameters.nprobe = min(self.index.nlist, -(-PROBES * n // left))
        if allowed is not None:  # `bits` has to outlive the search
            bits = np.packbits(allowed, bitorder="little")
            parameters.sel = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        with _one_thread():
            _, found = self.index.search(queries, min(k, left), params=parameters)
        tops = [self._rescored(query, rows[rows >= 0], k) for query, rows in zip(queries, found, strict=True)]
        if any(top[1][min(k, left) - 1] < 0 for top in tops):
            return ExactStore(self.table).search(queries, k, allowed)
        return np.stack([top[0] for top in tops]), np.stack([top[1] for top in tops])

    def _rescored(
        self, query: NDArray[np.float32], rows: NDArray[np.int64], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        return nearest(self.table.similarities(query[None], rows)[:, 0], rows, k)


@contextmanager
def _one_thread() -> Iterator[None]:
    """A search of few queries on one core: many briefs are answered side by side, not one on many cores."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def nearest(
    similarities: NDArray[np.float32], rows: NDArray[np.int64], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The `k` highest similarities [n] with their rows, highest first, ties by row; padded with -inf and -1."""
    if len(rows) > 4 * k:
        bound = np.partition(similarities, len(rows) - k)[len(rows) - k]
        keep = similarities >= bound
        similarities, rows = similarities[keep], rows[keep]
    order = np.lexsort((rows, -similarities))[:k]
    padding = k - len(order)
    return (
        np.pad(similarities[order], (0, padding), constant_values=-np.inf),
        np.pad(rows[order], (0, padding), constant_values=-1),
    )


def build_ivf(
    table: VectorTable,
    path: Path,
    trained: Path | None = None,
    same_as: NDArray[np.int64] | None = None,
    seed: int = 7,
) -> None:
    """
    Write the FAISS index of a large table; small tables need none.

    `trained` is an index of the same encoder over about as many rows, whose lists are taken over without training.
    `same_as` int64 [n] names for each row the row of `trained` with the same vector, -1 for none: such a row goes into
    the same list without looking for the nearest one again.
    """
    import faiss

    lists = list_count(len(table))
    index: Any = None
    known = np.full(len(table), -1, dtype=np.int64)
    if trained is not None and trained.is_file():
        index = faiss.read_index(str(trained))
        if index.d == table.dimensions and 0.5 <= index.nlist / lists <= 2.0:
            if same_as is not None:
                known = np.append(_lists(index), -1)[same_as]
            index.reset()
        else:
            index = None
    if index is None:
        coarse = f"IVF{lists}_HNSW32" if lists > 4096 else f"IVF{lists}"
        index = faiss.index_factory(table.dimensions, f"{coarse},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.cp.seed, index.cp.niter = seed, 8
        index.cp.max_points_per_centroid = TRAINING_ROWS_PER_LIST
        size = min(len(table), TRAINING_ROWS_PER_LIST * lists)
        sample = np.random.default_rng(seed).choice(len(table), size=size, replace=False)
        index.train(table.gather(np.sort(sample)))
    start = 0
    for block in table.blocks():
        chosen = known[start : start + len(block)].copy()
        new = np.flatnonzero(chosen < 0)
        if len(new):
            chosen[new] = index.quantizer.search(block[new], 1)[1][:, 0]
        index.add_core(len(block), faiss.swig_ptr(block), None, faiss.swig_ptr(chosen))
        start += len(block)
    faiss.write_index(index, str(path))


def _lists(index: Any) -> NDArray[np.int64]:
    """The inverted list that holds each row of an IVF index, int64 [n]."""
    import faiss

    held = np.full(index.ntotal, -1, dtype=np.int64)
    for number in range(index.nlist):
        if size := index.invlists.list_size(number):
            held[faiss.rev_swig_ptr(index.invlists.get_ids(number), size)] = number
    return held


def list_count(rows: int) -> int:
    """Number of inverted lists for so many rows: 4 √n, the middle of FAISS's own guideline."""
    return int(np.clip(4 * np.sqrt(rows), 1, _MAX_LISTS))


def open_store(table: VectorTable, path: Path) -> VectorStore:
    """The store of a table: IVF where an index file lies at `path`, else exact."""
    if not path.is_file():
        return ExactStore(table)
    import faiss

    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)  # IO_FLAG_MMAP searches five times slower
    except RuntimeError as error:
        raise SnapshotDamaged(f"{path} cannot be read as a FAISS index: {str(error).splitlines()[0]}") from None
    if index.ntotal != len(table) or index.d != table.dimensions:
        raise SnapshotDamaged(f"{path} holds {index.ntotal} rows of {index.d}, its table {len(table)} rows")
    return IvfStore(table, index)
