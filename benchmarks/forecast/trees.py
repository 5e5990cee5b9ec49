"""A yardstick: gradient-boosted trees on the same features, to see what a linear model leaves on the table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.forecast import Model, Slots
from matcher.signals.forecast.design import design
from matcher.signals.forecast.history import History

Floats = NDArray[np.float64]


def tree_middles(
    model: Model, slots: Slots, slot: NDArray[np.int64], history: History, log: Floats, seen: NDArray[np.bool_]
) -> Floats:
    """Medians of the posts that are not `seen`, by scikit-learn's histogram boosting fitted on those that are."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    keys = slots.keys[slot]
    level, spread, *_ = model.norms.of(keys)
    followers = np.log10(np.where(slots.followers[slot] > 0, slots.followers[slot], np.nan))
    x = np.column_stack([design(history, level, spread, np.nan_to_num(followers), model.silence), keys])
    trees = HistGradientBoostingRegressor(loss="quantile", quantile=0.5, max_iter=150, random_state=7)
    return np.asarray(trees.fit(x[seen], log[seen]).predict(x[~seen]), dtype=np.float64)
