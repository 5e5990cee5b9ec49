"""
A multinomial logistic regression with a ridge, by SciPy: small models, the same on every machine.

Rows may carry weights; columns are standardised inside, so that the ridge treats them alike, and put back outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Softmax:
    """Weights [features, classes] and bias [classes]."""

    weights: Floats
    bias: Floats

    def logits(self, features: Floats) -> Floats:
        """Log-odds [n, classes] up to a constant per row."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)

    def cooled(self, temperature: float) -> Softmax:
        """The same model with its log-odds divided by a temperature."""
        return Softmax(self.weights / temperature, self.bias / temperature)


def fit_softmax(
    features: Floats,
    classes: NDArray[np.int64],
    n_classes: int,
    ridge: float,
    rows: Floats,
    prior: Floats | None = None,
) -> Softmax:
    """
    Minimise cross-entropy weighted by `rows` [n], plus `ridge` × ½ |weights - prior|² of the standardised columns.

    `prior` [features, n_classes] are the weights, of the columns as they are, that nothing is known against; else 0.
    """
    from scipy.optimize import minimize

    mean, deviation = features.mean(axis=0), features.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)
    x = np.hstack([(features - mean) / scale, np.ones((len(features), 1))])
    wanted = np.eye(n_classes)[classes]
    penalty = np.full((x.shape[1], 1), ridge)
    penalty[-1] = 0.0  # the bias is free
    expected = np.zeros((x.shape[1], n_classes))
    if prior is not None:
        expected[:-1] = prior * scale[:, None]

    def loss(flat: Floats) -> tuple[float, Floats]:
        theta = flat.reshape(x.shape[1], n_classes)
        logs = _log_softmax(x @ theta)
        gradient = x.T @ (rows[:, None] * (np.exp(logs) - wanted)) + penalty * (theta - expected)
        value = -np.sum(rows[:, None] * wanted * logs) + 0.5 * np.sum(penalty * (theta - expected) ** 2)
        return float(value), gradient.ravel()

    found = minimize(loss, expected.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 1_000})
    theta = found.x.reshape(x.shape[1], n_classes)
    weights = theta[:-1] / scale[:, None]
    return Softmax(weights, theta[-1] - mean @ weights)


def temperature_of(logits: Floats, classes: NDArray[np.int64]) -> float:
    """The temperature that makes held-out log-odds [n, classes] most likely (Guo et al. 2017)."""
    from scipy.optimize import minimize_scalar

    def loss(log_t: float) -> float:
        return float(-_log_softmax(logits / np.exp(log_t))[np.arange(len(classes)), classes].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def probabilities(logits: Floats) -> Floats:
    """Probabilities [n, classes] of log-odds."""
    return np.asarray(np.exp(_log_softmax(logits)), dtype=np.float64)


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float64)
