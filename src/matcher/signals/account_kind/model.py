"""
The model of account kinds: a multinomial logistic regression, small enough to read.

Its weights are data (`signals/data/account_kind.json`), made by `scripts/train_account_kind.py` from accounts labelled
by hand, and its probabilities are tempered so that they are as often right as they say (`benchmarks/account_kind`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.signals.account_kind.features import FEATURES
from matcher.signals.trade import trade_data

KINDS = ("person", "group", "shop", "brand", "media", "label", "compilation")
PEOPLE = ("person", "group")
"""Kinds of account behind which people stand that a brand can work with."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KindModel:
    """Weights [features, kinds] with a bias [kinds], both divided by the temperature already."""

    weights: Floats
    bias: Floats

    def probabilities(self, features: Floats) -> Floats:
        """The probability of every kind, float64 [n, KINDS], of features [n, FEATURES]."""
        logits = features @ self.weights + self.bias
        odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)


@cache
def load_kind_model() -> KindModel:
    """The model that ships with the package."""
    data = trade_data("account_kind")
    weights = np.zeros((len(FEATURES), len(KINDS)))
    for feature, by_kind in data["weights"].items():
        weights[FEATURES.index(feature)] = [by_kind.get(kind, 0.0) for kind in KINDS]
    return KindModel(weights, np.array([data["bias"][kind] for kind in KINDS], dtype=np.float64))
