"""
From parts to a probability: an additive, monotone logistic, whose weights are data.

Log-odds of cheating = prior + Σ over known parts of (what a clean part speaks for the creator + ramps of what is
found). Ramps have weights of 0 or more, so more evidence never raises the authenticity. A part that is not known adds
nothing: it widens the interval by as much as it would have moved the log-odds of creators in general.

A jump of followers that nothing explains may have a cause that no table shows. Alone it is a reason to ask, so it moves
the log-odds by no more than `most`, and by `times` as much as the other reasons do on top; what it does not move, it
widens the interval by, downwards: a jump never raises the upper end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.accounts import ramps
from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]
_90 = 1.645
_JUMP = PARTS.index("jump")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of n creators."""

    value: Floats
    """float64 [n]: probability that followers and reactions are genuine."""
    low: Floats
    """float64 [n]: ends of the 90 % interval."""
    high: Floats
    weights: Floats
    """float64 [n, PARTS]: log-odds that each part speaks against (+) or for (−) the creator, NaN where not known."""


def authenticity(parts: Floats) -> Judgement:
    """From the evidence float64 [n, PARTS], NaN where not known."""
    model = trade_data("authenticity")["model"]
    weights = np.full(parts.shape, np.nan)
    variance = np.full(len(parts), float(model["deviation"]) ** 2)
    for code, name in enumerate(PARTS):
        part, values = model["parts"][name], parts[:, code]
        known = ~np.isnan(values)
        weights[known, code] = part["clean"] + ramps(values[known], np.array(part["knots"])) @ np.array(part["weights"])
        variance[~known] += float(part["unknown"]) ** 2
    cut = _alone(weights, model["alone"])
    weights[:, _JUMP] -= cut
    logit = -float(model["prior"]) - np.nansum(weights, axis=1)
    below, above = _90 * np.sqrt(variance + cut**2), _90 * np.sqrt(variance)
    return Judgement(_sigmoid(logit), _sigmoid(logit - below), _sigmoid(logit + above), weights)


def _alone(weights: Floats, alone: Mapping[str, float]) -> Floats:
    """By how much the log-odds [n] of a jump exceed what it may say beside the others [n, PARTS]."""
    others = np.delete(weights, _JUMP, axis=1)
    beside = np.nansum(np.maximum(others - alone["reason"], 0.0), axis=1)
    jump = np.nan_to_num(weights[:, _JUMP])
    return np.asarray(np.maximum(jump - alone["most"] - alone["times"] * beside, 0.0))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0))))
