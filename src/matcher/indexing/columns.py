"""Arrow columns as NumPy arrays, with what stands for a missing value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def floats(column: pa.Array) -> NDArray[np.float64]:
    """Numbers as float64, NaN where there is none."""
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan), dtype=np.float64)
