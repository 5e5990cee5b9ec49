"""Where a creator stands among its peers, far above or far below: robust deviations, shrunk by how much is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.peers import group_medians

Floats = NDArray[np.float64]
HALFWAY_POSTS = 3.0
"""A creator with so many posts stands halfway between itself and its peers."""
LEAST_SPREAD = 0.2


def deviations(values: Floats, group: NDArray[np.int64], counted: NDArray[np.int64]) -> Floats:
    """
    Signed deviations float64 [n] of log values from the median of their group, in 1.4826 × MAD; NaN where not known.

    `counted` [n] are the posts behind each value: n / (n + HALFWAY_POSTS) of a deviation counts.
    """
    n_groups = int(group.max(initial=-1)) + 1
    away = values - group_medians(values, group, n_groups)[group]
    spread = 1.4826 * group_medians(np.abs(away), group, n_groups)[group]
    return np.asarray(away / np.maximum(spread, LEAST_SPREAD) * counted / (counted + HALFWAY_POSTS), dtype=np.float64)


def excess(found: NDArray[np.int64], seen: NDArray[np.int64], usual: Floats | float, overlap: float) -> Floats:
    """
    Deviations [n] of counts above what is usual: `found` of `seen` [n], of which the share `usual` is expected.

    Counts of one creator are alike, so their variance is that of a beta-binomial with correlation `overlap`, and 1
    more, because one or two of five say little; NaN where nothing was seen.
    """
    expected = seen * usual
    variance = expected * (1.0 - usual) * (1.0 + (seen - 1) * overlap)
    return np.asarray(np.where(seen > 0, (found - expected) / np.sqrt(variance + 1.0), np.nan))


QUANTILE, NORMAL = 0.97, 1.881
"""The deviations that 97 % of the creators stay below, and what a normal distribution has there."""

CREATORS_OF_A_SCALE = 100
"""Fewer creators do not tell what is usual."""


def rescaled(values: Floats) -> Floats:
    """
    Deviations [n] on the scale of this index: divided so that 97 % lie below what a normal distribution has there.

    How much the people under one creator are alike, and how often they meet, differs with the size and the sort of an
    index. Deviations are never enlarged.
    """
    known = values[~np.isnan(values)]
    scale = float(np.quantile(known, QUANTILE)) / NORMAL if len(known) >= CREATORS_OF_A_SCALE else 1.0
    return values / max(scale, 1.0)
