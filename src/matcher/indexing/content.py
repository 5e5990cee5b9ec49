"""Content hashes: what is embedded of a post, so that it is never embedded twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from matcher.indexing.columns import offsets

_TEXT = pa.large_string()


def content_hashes(*columns: pa.Array) -> NDArray[np.uint64]:
    """
    xxh3_128 of the rows of columns that together decide a vector, as uint64 [n, 2].

    Columns [n] hold strings or lists of strings; a null list is like an empty one. Counts are not among them: a post
    whose likes changed is not embedded again. A row is hashed as the lengths of its strings and then the strings, so
    that no two rows are written alike.
    """
    lengths, strings = zip(*map(_written, columns), strict=True)
    octets = pc.binary_join_element_wise(*strings, pa.scalar("", _TEXT))
    rows = pc.binary_join_element_wise(*lengths, octets, pa.scalar(";", _TEXT))
    _, starts, data = rows.buffers()
    bounds = np.frombuffer(starts, np.int64, len(rows) + 1, rows.offset * 8).tolist() if len(rows) else []
    view, digest = memoryview(data or b""), xxhash.xxh3_128_digest
    joined = b"".join(digest(view[start:end]) for start, end in pairwise(bounds))
    return np.frombuffer(joined, dtype=np.uint64).reshape(-1, 2).copy()


def _written(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The lengths of the strings of each row, as text ("-" for a null string), and the strings."""
    if not pa.types.is_list(column.type):
        lengths = pc.binary_length(column).cast(_TEXT)
        return pc.fill_null(lengths, "-"), pc.fill_null(column.cast(_TEXT), "")
    words, starts = column.flatten(), pa.array(offsets(column).astype(np.int32))
    lengths = pa.ListArray.from_arrays(starts, pc.fill_null(pc.binary_length(words).cast(pa.string()), "-"))
    strings = pa.ListArray.from_arrays(starts, pc.fill_null(words, ""))
    return pc.binary_join(lengths, ",").cast(_TEXT), pc.binary_join(strings, "").cast(_TEXT)


@dataclass(frozen=True, slots=True)
class KnownContent:
    """Looks up the rows of contents that are known already."""

    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    order: NDArray[np.int64]

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> KnownContent:
        """From the hashes uint64 [n, 2] of the known rows."""
        order = np.argsort(hashes[:, 0], kind="stable")
        return cls(hashes[order, 0], hashes[order, 1], order)

    def rows(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The known row of each hash [m, 2], int64 [m]; -1 for a content that is new."""
        if not len(self.first):
            return np.full(len(hashes), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.first, hashes[:, 0]), len(self.first) - 1)
        same = (self.first[at] == hashes[:, 0]) & (self.second[at] == hashes[:, 1])
        return np.where(same, self.order[at], -1)
