"""The array types and the few random draws that every part of the demo world uses."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def stream(seed: int, *path: int) -> np.random.Generator:
    """A random generator of its own for one part of the world, so that parts do not disturb each other."""
    return np.random.default_rng([seed, *path])


def draw(rng: np.random.Generator, weights: Floats, size: int) -> Ints:
    """Indices drawn by weight; the weights need not sum to 1."""
    edges = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(edges, rng.random(size), side="right"), len(weights) - 1).astype(np.int64)


def draw_rows(rng: np.random.Generator, weights: Floats) -> Ints:
    """One index per row of a matrix of weights, drawn by that row's weights."""
    edges = np.cumsum(weights, axis=1)
    points = rng.random(len(weights)) * edges[:, -1]
    passed: Ints = (points[:, None] >= edges).sum(axis=1)
    chosen: Ints = np.minimum(passed, weights.shape[1] - 1)
    return chosen


def lognormal(rng: np.random.Generator, sigma: float, size: int) -> Floats:
    """A factor around 1 whose median is 1."""
    return np.exp(rng.normal(0.0, sigma, size))


def whole(rng: np.random.Generator, expected: Floats) -> Ints:
    """Whole numbers with these expectations: rounded up as often as the fraction says."""
    return np.floor(expected + rng.random(len(expected))).astype(np.int64)
