"""Arrow columns from NumPy arrays: ids, times, names, counts with gaps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Flags, Floats, Ints
from matcher.demo.setting import REFERENCE

TIME = pa.timestamp("us", tz="UTC")
_REFERENCE_US = int(REFERENCE.timestamp()) * 1_000_000


def ids(prefix: str, numbers: Ints, digits: int = 8) -> Any:
    """Stable keys such as 'p00000042'."""
    text = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), digits, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), text, "")


def days_ago(days: Floats) -> Any:
    """UTC times this many days before the reference date, to the second."""
    micros = _REFERENCE_US - np.round(days * 86_400).astype(np.int64) * 1_000_000
    return pa.array(micros).cast(TIME)


def counts(values: Floats) -> Any:
    """Whole numbers, null where NaN."""
    known = ~np.isnan(values)
    return pa.array(np.where(known, values, 0).astype(np.int64), mask=~known)


def names(choices: Sequence[str], codes: Ints) -> Any:
    """The name of each code."""
    return pa.array(list(choices), type=pa.string()).take(pa.array(codes))


def hide(column: Any, where: Flags) -> Any:
    """The column with nulls put where a flag is set."""
    return pc.if_else(pa.array(~where), column, pa.scalar(None, column.type))


def listed(values: Any, per_row: Ints) -> Any:
    """A list column: `per_row` of the values for each row, in order; null where a row has none."""
    offsets = np.concatenate([[0], np.cumsum(per_row)]).astype(np.int32)
    return hide(pa.ListArray.from_arrays(pa.array(offsets), values), per_row == 0)


def struct(fields: dict[str, Any]) -> Any:
    """A struct column."""
    return pa.StructArray.from_arrays(list(fields.values()), names=list(fields))
