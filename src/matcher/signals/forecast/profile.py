"""The forecasts of a snapshot: a model of each count, and what it foretells of every slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.forecast.history import before_next
from matcher.signals.forecast.model import LEVELS, TARGETS, fit_model
from matcher.signals.forecast.prior import Prior
from matcher.signals.forecast.series import Floats, Ints, Slots, build_series


@dataclass(frozen=True, slots=True)
class Foretold:
    """What is foretold of n slots, for every target; see ForecastColumns for the meaning of each."""

    slots: Slots
    counts: Floats
    """float64 [n, targets, 3]: low end, middle, high end; NaN where nothing is known."""
    posts: Ints
    """int64 [n, targets]: posts of the creator that it rests on."""
    peers: Ints
    """int64 [n, targets]: creators in the group whose norms it rests on."""
    peers_depth: Ints
    """int64 [n, targets]: how many parts of its key that group shares: 1 the platform … 5 the language too."""
    learned: NDArray[np.bool_]
    """bool [n, targets]: whether a model of this very table foretold it; else the prior of the platform did."""
    models: dict[str, dict[str, Any]]


def forecast_creators(
    slots: Slots,
    slot: Ints,
    counts: dict[str, Floats],
    at: Floats,
    settled: NDArray[np.bool_],
    now: float,
    platforms: Sequence[str],
) -> Foretold:
    """
    Forecasts of the next post in every slot, published `now` (seconds since 1970).

    `slot`, `counts` (target → NaN where not known), `at` and `settled` are of the posts of all slots [m]; `platforms`
    are the names behind the codes of platforms.
    """
    n = len(slots)
    found = np.full((n, len(TARGETS), len(LEVELS)), np.nan)
    posts, peers, depth = (np.zeros((n, len(TARGETS)), np.int64) for _ in range(3))
    learned = np.zeros((n, len(TARGETS)), dtype=np.bool_)
    models = {}
    for column, target in enumerate(TARGETS):
        series = build_series(slot, counts[target], at, settled)
        model = fit_model(slots, series, Prior.shipped(target, platforms))
        history = before_next(series, n, now)
        found[:, column] = np.expm1(model.foretell(slots.keys, history, slots.followers))
        posts[:, column] = history.posts
        _, _, peers[:, column], depth[:, column] = model.norms.of(slots.keys)
        learned[:, column] = model.learned(slots.keys)
        models[target] = model.to_dict()
    return Foretold(slots, found, posts, peers, depth, learned, models)
