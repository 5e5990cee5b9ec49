"""Quantile regression against the exact solution of the linear programme, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from matcher.signals.forecast.quantiles import fit_quantile


def check_loss(y: np.ndarray, fitted: np.ndarray, level: float) -> float:
    rest = y - fitted
    return float(np.mean(np.maximum(level * rest, (level - 1) * rest)))


def exact(x: np.ndarray, y: np.ndarray, level: float) -> np.ndarray:
    """Koenker & Bassett's linear programme: y = Xb + over - under, level × over + (1 - level) × under at its least."""
    n, p = x.shape
    cost = np.r_[np.zeros(p), np.full(n, level), np.full(n, 1 - level)]
    bounds = [(None, None)] * p + [(0, None)] * (2 * n)
    found: np.ndarray = linprog(cost, A_eq=np.hstack([x, np.eye(n), -np.eye(n)]), b_eq=y, bounds=bounds).x[:p]
    return found


@pytest.mark.parametrize("level", [0.05, 0.5, 0.95])
def test_it_comes_close_to_the_exact_solution(level: float) -> None:
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(400), rng.normal(size=(400, 2))])
    y = 2.0 + x[:, 1] + (1.0 + 0.5 * np.abs(x[:, 2])) * rng.standard_t(3, 400)
    best, found = exact(x, y, level), fit_quantile(x, y, level)
    assert check_loss(y, x @ found, level) <= 1.01 * check_loss(y, x @ best, level)
    assert np.mean(y < x @ found) == pytest.approx(level, abs=0.02)


def test_alone_the_constant_is_the_quantile() -> None:
    y = np.arange(1001.0)
    assert fit_quantile(np.ones((1001, 1)), y, 0.5)[0] == pytest.approx(500.0, abs=1.0)
    assert fit_quantile(np.ones((1001, 1)), y, 0.95)[0] == pytest.approx(950.0, abs=15.0)


def test_a_line_without_noise_is_found() -> None:
    x = np.column_stack([np.ones(50), np.linspace(-1, 1, 50)])
    assert fit_quantile(x, 3.0 + 2.0 * x[:, 1], 0.5) == pytest.approx([3.0, 2.0], abs=0.01)


@given(st.permutations(range(40)), st.sampled_from([0.05, 0.5, 0.95]))
def test_the_order_of_the_rows_does_not_matter(order: list[int], level: float) -> None:
    rng = np.random.default_rng(5)
    x = np.column_stack([np.ones(40), rng.normal(size=40)])
    y = rng.normal(size=40)
    assert fit_quantile(x[order], y[order], level) == pytest.approx(fit_quantile(x, y, level), abs=1e-3)
