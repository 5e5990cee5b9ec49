"""Arrow columns as NumPy arrays, with what stands for a missing value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def floats(column: pa.Array) -> NDArray[np.float64]:
    """Numbers as float64, NaN where there is none."""
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan), dtype=np.float64)


def taken(column: pa.ChunkedArray, rows: NDArray[np.int64]) -> pa.Array:
    """
    The values of some rows, in the order given.

    From the chunks that hold them: Arrow's own `take` of a chunked column copies the whole column first.
    """
    if not len(rows) or not column.num_chunks:
        return pa.array([], column.type).take(pa.array(rows))
    starts = np.cumsum([0, *(len(chunk) for chunk in column.chunks)])
    chunk_of = np.searchsorted(starts, rows, side="right") - 1
    order = np.argsort(chunk_of, kind="stable")
    numbers, firsts = np.unique(chunk_of[order], return_index=True)
    own = np.split(rows[order], firsts[1:])
    parts = [
        column.chunk(number).take(pa.array(some - starts[number]))
        for number, some in zip(numbers.tolist(), own, strict=True)
    ]
    back = np.empty(len(rows), dtype=np.int64)
    back[order] = np.arange(len(rows))
    return pa.concat_arrays(parts).take(pa.array(back))


def offsets(column: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    """Offsets int64 [n + 1] of a list column, null lists counted as empty."""
    lengths = np.asarray(pc.fill_null(pc.list_value_length(column), 0), dtype=np.int64)
    return np.concatenate([[0], np.cumsum(lengths)])
