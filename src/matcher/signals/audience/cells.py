"""
The reached audiences of creators, read facet by facet and shrunk.

Shares are drawn towards the prior of platform × market with the strength of so many people (the mean of a Dirichlet
posterior), so that a share counted on five people says little. The strength of each facet is learned from the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.signals.audience.interests import credit

PRIOR_PEOPLE = 20.0
"""Strength of the prior of a facet on which too few records were seen to learn it, in people."""
UNSAID_SAMPLE = 200.0
"""Sample size assumed for a record with shares that does not state one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AudienceCells:
    """Reached audiences of n creators as offsets [n + 1] into cells and shares, with sample sizes and statuses [n]."""

    start: NDArray[np.int64]
    cell: NDArray[np.int32]
    share: NDArray[np.float32]
    sample: NDArray[np.float32]
    status: NDArray[np.int8]


class Reached(NamedTuple):
    """One facet of the reached audience of n creators."""

    shares: Floats
    """float64 [n, segments]: shrunk shares of the wanted segments."""
    known: NDArray[np.bool_]
    """bool [n]: whether the creator has a record of this facet at all."""
    people: Floats
    """float64 [n]: people that the shares rest on, those of the prior included."""
    counted: Floats
    """float64 [n, segments]: the shares as they were counted, before they are shrunk; 0 where none is known."""


class ReachedAudience:
    """The reached audiences of some creator rows, read facet by facet."""

    def __init__(
        self,
        rows: NDArray[np.int64],
        audience: AudienceCells,
        prior: NDArray[np.float32],
        cells: list[tuple[str, str]],
        strengths: Mapping[str, float],
    ) -> None:
        counts = audience.start[rows + 1] - audience.start[rows]
        at = np.repeat(audience.start[rows] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        self._owner = np.repeat(np.arange(len(rows)), counts)
        self._cell, self._share = audience.cell[at], audience.share[at]
        self._prior, self._n, self._strengths = prior, len(rows), strengths
        self._segments: dict[str, dict[str, int]] = {}
        for code, (facet, segment) in enumerate(cells):
            self._segments.setdefault(facet, {})[segment] = code
        facets = {facet: code for code, facet in enumerate(self._segments)}
        self._facet = np.array([facets[facet] for facet, _ in cells], dtype=np.int64)[self._cell]
        self._facets = facets
        self._people = np.where(audience.sample[rows] > 0, audience.sample[rows], UNSAID_SAMPLE).astype(np.float64)

    def has(self, facet: str) -> bool:
        """Whether any record of the snapshot has the facet."""
        return facet in self._facets

    def facet(self, facet: str, wanted: list[str], expected: Floats | None = None) -> Reached:
        """
        Shrunk shares of the wanted segments.

        `expected` [n, segments] stands in for the prior where it is given. A facet that no record has, and of which
        nothing is expected, is uniform over the wanted segments and the rest.
        """
        own, base = np.zeros((self._n, len(wanted))), np.zeros((self._n, len(wanted)))
        known = np.zeros(self._n, dtype=np.bool_)
        if self.has(facet):
            known[self._owner[self._facet == self._facets[facet]]] = True
        else:
            base[:] = 1.0 / (len(wanted) + 1)
        for code, column, worth in self._counting(facet, wanted):
            chosen = self._cell == code
            own[self._owner[chosen], column] += worth * self._share[chosen]
            base[:, column] += worth * self._prior[:, code]
        if expected is not None:
            base = expected
        strength = self._strengths.get(facet, PRIOR_PEOPLE)
        people = np.where(known, self._people, 0.0)
        shares = (people[:, None] * own + strength * base) / (people + strength)[:, None]
        return Reached(shares, known, people + strength, own)

    def _counting(self, facet: str, wanted: list[str]) -> list[tuple[int, int, float]]:
        """(cell, wanted segment, worth) for the cells of a facet that count for a wanted segment."""
        segments = self._segments.get(facet, {})
        if facet != "interest":
            return [(segments[name], column, 1.0) for column, name in enumerate(wanted) if name in segments]
        worth = [(code, [credit(name, segment) for name in wanted]) for segment, code in segments.items()]
        return [(code, int(np.argmax(each)), max(each)) for code, each in worth if max(each) > 0]
