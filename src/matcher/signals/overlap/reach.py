"""The reach of a group of creators, with its error."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reach:
    """People whom m creators reach; the last axis of every array is value, low, high."""

    people: NDArray[np.float64]
    """float64 [m, 3]: of each creator."""
    together: NDArray[np.float64]
    """float64 [3]: different people of all creators."""
    alone: NDArray[np.float64]
    """float64 [m, 3]: people of each whom no other of the group reaches."""
    shared: NDArray[np.float64]
    """float64 [m, m, 3]: people whom two creators share; on the diagonal those of each."""
