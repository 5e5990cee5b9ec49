"""Measures of a probability: ranking, calibration, and its reliability diagram."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def auc(score: Floats, positive: NDArray[np.bool_]) -> float:
    """Probability that a positive case scores above a negative one, ties counted half (Mann–Whitney)."""
    _, rank, times = np.unique(score, return_inverse=True, return_counts=True)
    middle = np.cumsum(times) - (times - 1) / 2
    ranks = middle[rank]
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (~positive).sum()))


def reliability(p: Floats, positive: NDArray[np.bool_], weight: Floats, bins: int = 10) -> list[dict[str, float]]:
    """Per tenth of the scale: share of the cases, mean probability, and the share that is positive."""
    at = np.clip((p * bins).astype(int), 0, bins - 1)
    rows = []
    for b in range(bins):
        w = weight * (at == b)
        if w.sum() > 0:
            rows.append(
                {
                    "from": b / bins,
                    "share": float(w.sum() / weight.sum()),
                    "said": float((w * p).sum() / w.sum()),
                    "so": float((w * positive).sum() / w.sum()),
                }
            )
    return rows


def ece(rows: list[dict[str, float]]) -> float:
    """Expected calibration error: mean distance of what was said from what was so, over the cases."""
    return sum(row["share"] * abs(row["said"] - row["so"]) for row in rows)


def diagram(rows: list[dict[str, float]], title: str, path: Path) -> None:
    """The reliability diagram as SVG: what was said across, what was so upwards, area of a dot = share of the cases."""
    dots = "".join(
        f'<circle cx="{40 + 300 * r["said"]:.1f}" cy="{340 - 300 * r["so"]:.1f}" r="{2 + 18 * r["share"] ** 0.5:.1f}" '
        'fill="#3a6ea5" fill-opacity="0.6"/>'
        for r in rows
    )
    ticks = "".join(
        f'<text x="{40 + 300 * t:.0f}" y="356" text-anchor="middle">{t:g}</text>'
        f'<text x="34" y="{344 - 300 * t:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.5, 1)
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="380" height="380" font-family="sans-serif" font-size="11">'
        '<rect width="380" height="380" fill="white"/>'
        f'<text x="40" y="24" font-size="13">{title}</text>'
        '<rect x="40" y="40" width="300" height="300" fill="none" stroke="#999"/>'
        '<line x1="40" y1="340" x2="340" y2="40" stroke="#ccc"/>'
        f"{ticks}{dots}"
        '<text x="190" y="374" text-anchor="middle">probability said</text></svg>\n',
        encoding="utf-8",
    )
