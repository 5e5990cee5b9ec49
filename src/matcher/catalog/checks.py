"""The rows of one batch that cannot be used, gathered while its columns are checked."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.ledger import Fault, Ledger
from matcher.catalog.raw import Column


class Checks:
    """Collects the first fault of each row; columns are checked whole, only faulty rows are visited one by one."""

    def __init__(self, n_rows: int, ledger: Ledger) -> None:
        self.n_rows = n_rows
        self.ledger = ledger
        self.faults: dict[int, Fault] = {}

    def reject(self, mask: Any, field: str, reason: str, column: Column | None = None) -> None:
        """Reject the rows where `mask` (NumPy or Arrow booleans; null is False) is true."""
        for i in np.flatnonzero(as_mask(mask)).tolist():
            if i not in self.faults:
                self.faults[i] = Fault(field, _value(column, i), reason)

    def null_out(self, values: pa.Array, mask: Any, field: str, done: str) -> pa.Array:
        """Set values to null where `mask` is true, and count that as a note."""
        bad = as_mask(mask)
        if not bad.any():
            return values
        self.ledger.note(field, done, int(bad.sum()), _value(values, int(bad.argmax())))
        return pc.if_else(pa.array(bad), pa.scalar(None, values.type), values)

    def note(self, values: pa.Array, mask: Any, field: str, done: str) -> None:
        """Count a note for the values that were read in another way than they are written."""
        some = as_mask(mask)
        if some.any():
            self.ledger.note(field, done, int(some.sum()), _value(values, int(some.argmax())))

    @property
    def keep(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """True for each row without a fault."""
        mask = np.ones(self.n_rows, dtype=bool)
        mask[list(self.faults)] = False
        return mask


def as_mask(mask: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return booleans as a NumPy mask, null being False."""
    if isinstance(mask, np.ndarray):
        return mask.astype(bool)
    return np.asarray(mask.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)


def _value(column: Column | None, i: int) -> object:
    if column is None:
        return None
    return column[i] if isinstance(column, list) else column[i].as_py()
