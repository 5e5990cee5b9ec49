"""Which row a 64-bit key has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Lookup:
    """Key → row of a table, by binary search."""

    keys: NDArray[np.uint64]
    """uint64 [n], ascending."""
    order: NDArray[np.int64]

    @classmethod
    def of(cls, keys: NDArray[np.uint64]) -> Lookup:
        """From the key of every row; of equal keys the first row is found."""
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], order)

    def rows(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The row of each key, int64 [m]; -1 for one that is not there."""
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.order[at], -1)
