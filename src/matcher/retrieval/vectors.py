"""
Vectors at rest: int8 codes with one scale per row, memory-mapped.

A cosine of unit rows of 256 dimensions is off by 0.0007 on average and 0.0064 at most this way (benchmarks/retrieval),
for a quarter of the room of float32. Rows are read as float32 only where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from matcher.snapshot import load_array

_BLOCK = 4096
"""Rows decoded at once: 4 MiB of float32 at 256 dimensions, which stays in the cache of a core."""


def quantise(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Codes int8 [n, d] and scales float32 [n] such that codes × scale ≈ rows; a zero row gets scale 0."""
    peak = np.abs(rows).max(axis=1, initial=0.0)
    scales = (peak / 127.0).astype(np.float32)
    scales[scales < np.finfo(np.float32).tiny] = 0.0  # below, a scale has too few digits and codes would not fit int8
    safe = np.where(scales > 0, scales, 1.0)
    return np.rint(rows / safe[:, None]).astype(np.int8), scales


def dots(queries: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """
    Dot products float32 [n, m] of rows [n, d] with queries [m, d].

    einsum, not BLAS: for a handful of queries it is as fast on one core, and it starts no threads, which cost more than
    the product itself when several briefs are answered at once.
    """
    products: NDArray[np.float32] = np.einsum("nd,md->nm", rows, queries)
    return products


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Rows of vectors, stored as int8 codes [n, d] and float32 scales [n]."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, rows: NDArray[np.float32]) -> VectorTable:
        """A table in memory from float32 rows [n, d]."""
        return cls(*quantise(rows))

    @classmethod
    def open(cls, stem: Path) -> VectorTable:
        """The table stored as `<stem>.codes.npy` and `<stem>.scales.npy`."""
        return cls(load_array(stem.with_suffix(".codes.npy")), load_array(stem.with_suffix(".scales.npy")))

    def __len__(self) -> int:
        return len(self.scales)

    @property
    def dimensions(self) -> int:
        """Length of a row."""
        return int(self.codes.shape[1])

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows asked for, float32 [len(rows), d]."""
        return self.codes[rows].astype(np.float32) * self.scales[rows, None]

    def similarities(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Dot products float32 [len(rows), m] of the rows asked for with queries [m, d]."""
        out = np.empty((len(rows), len(queries)), dtype=np.float32)
        for start in range(0, len(rows), _BLOCK):
            part = rows[start : start + _BLOCK]
            decoded = np.take(self.codes, part, axis=0).astype(np.float32)
            out[start : start + _BLOCK] = dots(queries, decoded)
            out[start : start + _BLOCK] *= self.scales[part, None]
        return out

    def blocks(self, size: int = 65_536) -> Iterator[NDArray[np.float32]]:
        """All rows in order, decoded, in blocks of at most `size`."""
        for start in range(0, len(self), size):
            yield self.codes[start : start + size].astype(np.float32) * self.scales[start : start + size, None]


class VectorWriter:
    """Writes a vector table of a known number of rows, block by block."""

    def __init__(self, stem: Path, rows: int, dimensions: int) -> None:
        self._codes = _npy_file(stem.with_suffix(".codes.npy"), (rows, dimensions), np.dtype(np.int8))
        self._scales = _npy_file(stem.with_suffix(".scales.npy"), (rows,), np.dtype(np.float32))

    def write(self, codes: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        """Append rows that are already quantised; on a full disk both files are closed before the error goes on."""
        with ExitStack() as on_error:
            on_error.callback(self.close)
            self._codes.write(np.ascontiguousarray(codes).data)
            self._scales.write(np.ascontiguousarray(scales).data)
            on_error.pop_all()

    def close(self) -> None:
        """Flush both files."""
        with closing(self._scales), closing(self._codes):
            pass


def _npy_file(path: Path, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> BinaryIO:
    """A file that begins with the `.npy` header of an array of this shape; the data follow by `write`."""
    file = path.open("wb")
    header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
    return file
