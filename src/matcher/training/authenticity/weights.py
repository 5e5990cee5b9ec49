"""
The weights of the parts: a monotone logistic with a prior set by hand.

Cases are simulated (scenarios) and counted as if PREVALENCE of the creators cheated. Parts are hidden at random, in
the groups in which tables lack them, so that the weights hold for whatever is known. Ramps have weights ≥ 0, what a
clean part says is ≤ 0, and a ridge holds all of them near the prior.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.accounts import ramps
from matcher.signals.authenticity.evidence import PARTS

Floats = NDArray[np.float64]
PREVALENCE = 0.05
"""Creators who cheat, of all: a prior set by hand."""
RIDGE = 1.0
CASES = 10_000.0
"""The simulated cases count as so many: more of them do not outweigh the prior."""
KNOTS: dict[str, list[float]] = {
    "engagement_high": [0, 1, 2, 3, 4],
    "engagement_low": [0, 1, 2, 3, 4],
    "talk_high": [0, 1, 2, 3, 4],
    "talk_low": [0, 1, 2, 3, 4],
    "reach_low": [0, 1, 2, 3, 4],
    "following": [0, 1, 2, 4],
    "jump": [2, 4, 6, 10, 20, 40],
    "unanswered": [1, 2, 3],
    "drip": [1, 1.5, 2, 3, 4.5],
    "comments": [0, 1, 2, 3, 5, 8],
    "lockstep": [0, 1, 2, 4, 8],
    "everywhere": [0, 1, 2, 4, 8],
    "pod": [0, 0.7, 1.1, 1.7, 3],
    "fakes": [0, 0.05, 0.1, 0.2, 0.4],
}
PRIOR: dict[str, float] = {
    "engagement_high": 1.5,
    "engagement_low": 1.5,
    "talk_high": 2.5,
    "talk_low": 2.5,
    "reach_low": 2.0,
    "following": 1.0,
    "jump": 3.0,
    "unanswered": 2.0,
    "drip": 2.0,
    "comments": 2.0,
    "lockstep": 3.0,
    "everywhere": 3.0,
    "pod": 3.0,
    "fakes": 4.0,
}
"""What all ramps of a part come to together, in log-odds, set by hand."""
CLEAN = -0.2
"""What a clean part says, set by hand."""
BY_HAND: dict[str, list[float]] = {"unanswered": [0.0, 1.0, 1.0]}
"""What a clean part and its ramps say where that is not learned: no simulation says how often creators are featured."""
GROUPS = (
    (0.95, ("engagement_high", "engagement_low", "talk_high", "talk_low", "reach_low")),
    (0.9, ("following",)),
    (0.6, ("jump", "unanswered", "drip")),
    (0.6, ("comments", "lockstep", "everywhere", "pod")),
    (0.3, ("fakes",)),
)
"""How often each group of parts is known."""
DEVIATION = 0.5
"""Standard deviation of the log-odds when all is known: how well the weights themselves are known, set by hand."""


ALONE = {"most": 2.0, "reason": 0.7, "times": 5.0}
"""What a jump of followers may say alone, and with other reasons beside it (probability.py), set by hand."""


def hidden(rng: np.random.Generator, parts: Floats) -> Floats:
    """The parts with groups of them hidden at random."""
    out = parts.copy()
    for known, names in GROUPS:
        gone = rng.random(len(parts)) >= known
        for name in names:
            out[gone, PARTS.index(name)] = np.nan
    return out


def fit(parts: Floats, cheats: NDArray[np.bool_], weight: Floats, source: str) -> dict[str, Any]:
    """The model as data, from cases [n, PARTS]; `weight` [n] is how often each is met."""
    from scipy.optimize import minimize

    tables = [_table(name, parts[:, code]) for code, name in enumerate(PARTS)]
    x = np.concatenate(tables, axis=1)
    prior = np.concatenate([[CLEAN, *_spread(name)] for name in PARTS])
    clean = np.concatenate([np.arange(len(KNOTS[name])) == 0 for name in PARTS])
    y, weight = cheats.astype(np.float64), weight / weight.sum() * CASES
    start = float(np.log(PREVALENCE / (1 - PREVALENCE)))

    def loss(w: Floats) -> tuple[float, Floats]:
        z = start + x @ w
        error = weight * (1 / (1 + np.exp(-z)) - y)
        away = w - prior
        return (
            float((weight * (np.logaddexp(0, z) - y * z)).sum() + RIDGE / 2 * (away**2).sum()),
            x.T @ error + RIDGE * away,
        )

    bounds: list[tuple[float | None, float | None]] = [(None, 0) if c else (0, None) for c in clean]
    at = 0
    for name, table in zip(PARTS, tables, strict=True):
        for place, value in enumerate(BY_HAND.get(name, ())):
            prior[at + place], bounds[at + place] = value, (value, value)
        at += table.shape[1]
    found = minimize(loss, prior, jac=True, bounds=bounds, method="L-BFGS-B").x
    described, at = {}, 0
    for name, table in zip(PARTS, tables, strict=True):
        own = found[at : at + table.shape[1]]
        at += table.shape[1]
        known = table[:, 0] > 0
        moved = table[known] @ own
        met = weight[known] if known.any() else np.ones(1)
        moved = moved if known.any() else np.zeros(1)
        mean = np.average(moved, weights=met)
        described[name] = {
            "knots": KNOTS[name],
            "weights": [round(float(w), 3) for w in own[1:]],
            "clean": round(float(own[0]), 3),
            "unknown": round(float(np.sqrt(np.average((moved - mean) ** 2, weights=met))), 3),
        }
    return {"source": source, "prior": round(start, 3), "deviation": DEVIATION, "alone": ALONE, "parts": described}


def _spread(name: str) -> list[float]:
    """The prior of a part over its ramps: the further out, the more."""
    steps = np.arange(1, len(KNOTS[name]), dtype=np.float64)
    return [float(step) for step in PRIOR[name] * steps / steps.sum()]


def _table(name: str, values: Floats) -> Floats:
    """1 where the part is known, then its ramps; 0 throughout where it is not."""
    known = ~np.isnan(values)
    table = np.zeros((len(values), len(KNOTS[name])))
    table[known, 0] = 1.0
    table[known, 1:] = ramps(values[known], np.array(KNOTS[name], dtype=np.float64))
    return table
