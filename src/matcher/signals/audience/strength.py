"""
How much a prior counts against a creator's own record, learned facet by facet from how far creators differ.

Where the audiences of like creators are all much the same, a prior is worth many counted people; where each has its
own, few. With shares x of n people each, drawn from a Dirichlet of mean m and strength s, the squared deviations are
E (x - m)² = m (1 - m) (ρ + (1 - ρ) / n) with ρ = 1 / (s + 1); ρ is solved for by the method of moments (Mosimann 1962).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.audience.cells import UNSAID_SAMPLE, AudienceCells

LEAST_RECORDS = 50
"""Records that a facet needs for its strength to be learned."""
WEAKEST, STRONGEST = 1.0, 200.0
"""The strength stays in these bounds, in people."""


def prior_strengths(
    audience: AudienceCells, group: NDArray[np.int64], prior: NDArray[np.float32], cells: list[tuple[str, str]]
) -> dict[str, float]:
    """
    Facet → strength of its prior, in people, for the facets of which enough creators have a record.

    `prior` float32 [groups, cells] are the expected shares of each creator's group [n].
    """
    owner = np.repeat(np.arange(len(audience.start) - 1), np.diff(audience.start))
    sample = np.where(audience.sample > 0, audience.sample, UNSAID_SAMPLE).astype(np.float64)
    names = np.array([facet for facet, _ in cells], dtype=object)
    found: dict[str, float] = {}
    for facet in dict.fromkeys(names.tolist()):
        columns = np.flatnonzero(names == facet)
        here = np.isin(audience.cell, columns)
        creators = np.unique(owner[here])
        if len(creators) >= LEAST_RECORDS:
            shares = np.zeros((len(creators), len(columns)))
            at = np.searchsorted(creators, owner[here])
            shares[at, np.searchsorted(columns, audience.cell[here])] = audience.share[here]
            mean = prior[group[creators]][:, columns].astype(np.float64)
            found[str(facet)] = _strength(shares, mean, sample[creators])
    return found


def _strength(shares: NDArray[np.float64], mean: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    """Strength s of records [n, segments] of so many people [n] around their means [n, segments]."""
    spread = (mean * (1 - mean)).sum(axis=1)
    seen, most, least = ((shares - mean) ** 2).sum(), spread.sum(), (spread / people).sum()
    rho = (seen - least) / (most - least) if most > least else 1.0
    return float(np.clip(1 / rho - 1 if rho > 0 else STRONGEST, WEAKEST, STRONGEST))
