"""Arrow columns as NumPy arrays, with what stands for a missing value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def floats(column: pa.Array) -> NDArray[np.float64]:
    """Numbers as float64, NaN where there is none."""
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan), dtype=np.float64)


def offsets(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Offsets int64 [n + 1] of a list column, null lists counted as empty."""
    lengths = np.asarray(pc.fill_null(pc.list_value_length(column), 0), dtype=np.int64)
    return np.concatenate([[0], np.cumsum(lengths)])
