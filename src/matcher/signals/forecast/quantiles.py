"""
Linear quantile regression (Koenker & Bassett 1978) by smoothing.

The check loss has a kink; folded with a logistic kernel of bandwidth h it has none (Fernandes, Guerre & Horta 2021, He,
Pan, Tan & Zhou 2023), and a few Newton steps find the one minimum. The bandwidth is halved until it is small beside
the spread of the residuals. No random starts: the same input gives the same coefficients.
"""

from __future__ import annotations

import numpy as np

from matcher.signals.forecast.series import Floats

RIDGE = 1e-4
"""Pull of the standardised coefficients towards 0: columns that say the same do no harm."""
BANDWIDTHS = (1.0, 0.3, 0.08)
"""In robust deviations of the first residuals."""
_STEPS, _SMALL = 20, 1e-5


def fit_quantile(design: Floats, y: Floats, level: float) -> Floats:
    """
    Coefficients float64 [p] of the quantile `level` in (0, 1) of y [n], linear in a design [n, p].

    The first column of the design is 1; the others should be of like scale.
    """
    n, p = design.shape
    pull = RIDGE * np.r_[0.0, np.ones(p - 1)]
    found = np.linalg.solve(design.T @ design / n + np.diag(pull + 1e-9), design.T @ y / n)
    rest = y - design @ found
    scale = max(1.4826 * float(np.median(np.abs(rest - np.median(rest)))), 1e-3)
    found[0] += np.quantile(rest, level)
    for bandwidth in BANDWIDTHS:
        h = bandwidth * scale
        for _ in range(_STEPS):
            below = 1.0 / (1.0 + np.exp(np.clip((y - design @ found) / h, -40.0, 40.0)))
            gradient = design.T @ (below - level) / n + pull * found
            weight = below * (1.0 - below) / h
            curvature = (design * weight[:, None]).T @ design / n + np.diag(pull + 1e-9)
            step = np.linalg.solve(curvature, gradient)
            furthest = float(np.abs(design @ step).max())
            found -= step * min(1.0, 2.0 * scale / max(furthest, 1e-12))
            if furthest < _SMALL:
                break
    return found
