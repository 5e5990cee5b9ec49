"""
The model of fake accounts: an additive logistic of ramps, each feature of one sign, with a ridge.

The sign of each feature is set by hand, so that a model of one data set cannot learn its quirks backwards (the bought
accounts of 2013 had fewer digits in their handles than people do).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.accounts import features, ramps

Floats = NDArray[np.float64]
RIDGE = 0.5
SIGNS = {
    "followers": -1,
    "following_to_followers": 1,
    "media_count": -1,
    "bio_length": -1,
    "has_picture": -1,
    "has_url": -1,
    "handle_digits": 1,
    "age_years": -1,
}
_KNOTS: dict[str, list[float]] = {
    "followers": [0, 2, 3, 3.5, 4.5, 7],
    "following_to_followers": [-1, 0, 1, 2, 4, 6],
    "media_count": [0, 2, 3, 4, 5, 6, 8],
    "bio_length": [0, 30, 150],
    "has_picture": [0, 1],
    "has_url": [0, 1],
    "handle_digits": [0, 2, 6],
    "age_years": [0, 1, 2, 4],
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """Intercept and weights per feature."""

    intercept: float
    weights: dict[str, Floats]
    usual: dict[str, float]


def fit(profiles: dict[str, Floats], fake: NDArray[np.bool_]) -> Fitted:
    """Fit n accounts; both classes count the same, whatever their sizes."""
    from scipy.optimize import minimize

    tables = {name: _table(name, values) for name, values in features(profiles).items()}
    x = np.concatenate(list(tables.values()), axis=1)
    y = fake.astype(np.float64)
    weight = np.where(fake, 0.5 / fake.mean(), 0.5 / (1 - fake.mean()))
    signs = np.concatenate([np.full(table.shape[1], SIGNS[name]) for name, table in tables.items()])

    def loss(parameters: Floats) -> tuple[float, Floats]:
        z = parameters[0] + x @ parameters[1:]
        error = weight * (1 / (1 + np.exp(-z)) - y)
        value = float((weight * (np.logaddexp(0, z) - y * z)).sum() + RIDGE / 2 * (parameters[1:] ** 2).sum())
        return value, np.concatenate([[error.sum()], x.T @ error + RIDGE * parameters[1:]])

    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in signs)]
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights, usual, at = {}, {}, 1
    for name, table in tables.items():
        weights[name] = found[at : at + table.shape[1]]
        usual[name] = float(np.average(table @ weights[name], weights=weight))
        at += table.shape[1]
    return Fitted(float(found[0]), weights, usual)


def predict(model: Fitted, profiles: dict[str, Floats]) -> Floats:
    """Probability of each account, as `fake_probability` says it of a saved model."""
    z = model.intercept + sum(_table(name, v) @ model.weights[name] for name, v in features(profiles).items())
    return np.asarray(1 / (1 + np.exp(-z)))


def _table(name: str, values: Floats) -> Floats:
    known = ~np.isnan(values)
    table = np.zeros((len(values), len(_KNOTS[name]) - 1))
    table[known] = ramps(values[known], np.array(_KNOTS[name]))
    table[~known] = table[known].mean(axis=0) if known.any() else 0.0
    return table


def folds(n: int, k: int, seed: int) -> NDArray[np.int64]:
    """A fold 0 … k − 1 for each of n accounts, at random and of equal size."""
    return np.random.default_rng(seed).permutation(np.arange(n) % k)


def out_of_fold(profiles: dict[str, Floats], fake: NDArray[np.bool_], k: int = 5, seed: int = 1) -> Floats:
    """Probability of each account by a model that has not seen it."""
    fold, found = folds(len(fake), k, seed), np.empty(len(fake))
    for each in range(k):
        rest = fold != each
        model = fit({name: v[rest] for name, v in profiles.items()}, fake[rest])
        found[~rest] = predict(model, {name: v[~rest] for name, v in profiles.items()})
    return found


def as_data(model: Fitted, out: Floats, fake: NDArray[np.bool_], source: str) -> dict[str, Any]:
    """The data file: model, and how often its out-of-fold probabilities `out` were right."""
    called = out >= 0.5
    return {
        "source": source,
        "intercept": round(model.intercept, 4),
        "features": {
            name: {
                "knots": _KNOTS[name],
                "weights": [round(float(w), 4) for w in model.weights[name]],
                "usual": round(model.usual[name], 4),
            }
            for name in model.weights
        },
        "rates": {
            "fakes": int(fake.sum()),
            "fakes_found": int((called & fake).sum()),
            "genuine": int((~fake).sum()),
            "false_alarms": int((called & ~fake).sum()),
        },
    }


def read_labels(path: Any) -> tuple[dict[str, Floats], NDArray[np.bool_]]:
    """The labelled profiles of fake_followers.csv and whether each is fake; ages are those of the summer of 2013."""
    import pandas as pd

    table = pd.read_csv(path)
    made = pd.to_datetime(table["created_at"], format="%a %b %d %H:%M:%S %z %Y")
    age = (pd.Timestamp("2013-07-01", tz="UTC") - made).dt.total_seconds() / (365.25 * 86_400)
    profiles = {
        name: table[name].to_numpy(np.float64)
        for name in ("followers", "following", "media_count", "bio_length", "handle_digits", "has_url")
    }
    profiles |= {
        "has_picture": 1.0 - table["default_image"].to_numpy(np.float64),
        "age_years": np.maximum(age.to_numpy(np.float64), 0),
    }
    return profiles, table["fake"].to_numpy() == 1
