"""The measures of the check, on unit rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


def found_first(asked: Rows, found: Rows) -> float:
    """
    Share of the rows [n, d] that are nearer to the row of the same number in [n, d] than to all others (P@1).

    A tie is no find, so rows of zeros find nothing.
    """
    similarity = asked @ found.T
    own = np.diagonal(similarity).copy()
    np.fill_diagonal(similarity, -np.inf)
    return float(np.mean(own > similarity.max(axis=1)))


def nearer(asked: Rows, same: Rows, other: Rows) -> float:
    """Share of the rows [n, d] that are nearer to their own of `same` than to their own of `other`."""
    return float(np.mean(np.einsum("ij,ij->i", asked, same) > np.einsum("ij,ij->i", asked, other)))
