"""
Audience overlap: does this creator reach the people that the brief is for?

Per facet that the brief targets, the reached mix is compared with the wanted one by the Bhattacharyya coefficient
(Bhattacharyya 1943): 1 = the same mix, 0 = nobody in common, and the root of the target share where one segment is
wanted, so that the step from none to some counts for more than that from most to all. The facets are combined by
geometric mean, so that a facet that fails cannot hide behind one that fits. Where an audience record has joint cells of
age × gender, they replace the two marginals and count for both.

Shares are shrunk towards the prior of platform × market with the strength of PRIOR_PEOPLE people (the mean of a
Dirichlet posterior), so that a share counted on five people says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.signals.opinion import Opinion

PRIOR_PEOPLE = 20.0
"""Strength of the prior, in people."""
UNSAID_SAMPLE = 200.0
"""Sample size assumed for a record with shares that does not state one."""
JOINT_FACET = "age×gender"
"""Facet of joint cells; its segments are written "18-24|female"."""
_LEAST = 1e-4


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

    shares: NDArray[np.float64]
    """float64 [n, segments]: shrunk shares of the wanted segments."""
    known: NDArray[np.bool_]
    """bool [n]: whether the creator has a record of this facet at all."""


class ReachedAudience:
    """The reached audiences of some creator rows, read facet by facet."""

    def __init__(
        self,
        rows: NDArray[np.int64],
        audience: AudienceCells,
        prior: NDArray[np.float32],
        cells: list[tuple[str, str]],
    ) -> None:
        counts = audience.start[rows + 1] - audience.start[rows]
        at = np.repeat(audience.start[rows] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        self._owner = np.repeat(np.arange(len(rows)), counts)
        self._cell, self._share = audience.cell[at], audience.share[at]
        self._prior, self._n = prior, len(rows)
        self._codes = {cell: code for code, cell in enumerate(cells)}
        names = [facet for facet, _ in cells]
        self._facet_codes = {facet: code for code, facet in enumerate(dict.fromkeys(names))}
        self._facet = np.array([self._facet_codes[name] for name in names], dtype=np.int64)[self._cell]
        self._people = np.where(audience.sample[rows] > 0, audience.sample[rows], UNSAID_SAMPLE).astype(np.float64)

    def has(self, facet: str) -> bool:
        """Whether any record of the snapshot has the facet."""
        return facet in self._facet_codes

    def facet(self, facet: str, segments: list[str]) -> Reached:
        """Shrunk shares of the wanted segments; a facet that no record has is uniform over them and the rest."""
        own, base = np.zeros((self._n, len(segments))), np.zeros((self._n, len(segments)))
        known = np.zeros(self._n, dtype=np.bool_)
        if self.has(facet):
            known[self._owner[self._facet == self._facet_codes[facet]]] = True
        else:
            base[:] = 1.0 / (len(segments) + 1)
        for column, segment in enumerate(segments):
            code = self._codes.get((facet, segment), -1)
            if code >= 0:
                chosen = self._cell == code
                own[self._owner[chosen], column] = self._share[chosen]
                base[:, column] = self._prior[:, code]
        people = np.where(known, self._people, 0.0)[:, None]
        return Reached((people * own + PRIOR_PEOPLE * base) / (people + PRIOR_PEOPLE), known)


def audience_overlap(
    rows: NDArray[np.int64],
    target: dict[str, Shares],
    audience: AudienceCells,
    prior: NDArray[np.float32],
    cells: list[tuple[str, str]],
) -> Opinion:
    """
    The audience signal of creator rows [n] for a target (facet → shares that sum to 1) of at least one facet.

    `audience` is of the whole snapshot, `prior` float32 [n, cells] of the rows asked for.
    """
    audiences = ReachedAudience(rows, audience, prior, cells)
    reached = {facet: audiences.facet(facet, list(wanted)) for facet, wanted in target.items()}
    values = {facet: facet_value(reached[facet].shares, wanted) for facet, wanted in target.items()}
    known = np.logical_or.reduce([found.known for found in reached.values()])
    if {"age", "gender"} <= target.keys() and audiences.has(JOINT_FACET):
        joint = joint_target(target["age"], target["gender"])
        found = audiences.facet(JOINT_FACET, list(joint))
        for part in ("age", "gender"):
            values[part] = np.where(found.known, facet_value(found.shares, joint), values[part])
        known = known | found.known
    logs = [np.log(np.maximum(value, _LEAST)) for value in values.values()]
    status = np.where(known, audience.status[rows], 0).astype(np.int8)

    def note(i: int) -> str:
        said = [_said(facet, wanted, reached[facet], i) for facet, wanted in target.items()]
        people = int(audience.sample[rows[i]])
        basis = f"Counted on {people:,} people" if people else "Sample size not stated"
        if not known[i]:
            basis = "No audience record: what like creators reach is taken"
        return f"Reaches {'; '.join(said)}. {basis}."

    return Opinion("audience", np.exp(np.mean(logs, axis=0)), status, note)


def facet_value(shares: NDArray[np.float64], wanted: Shares) -> NDArray[np.float64]:
    """Bhattacharyya coefficients Σ √(share × wanted), float64 [n], of shares [n, segments] with the wanted mix."""
    mix = np.array(list(wanted.values()))
    return np.asarray(np.clip(np.sqrt(shares * mix).sum(axis=1), 0.0, 1.0), dtype=np.float64)


def joint_target(age: Shares, gender: Shares) -> Shares:
    """The wanted mix of age × gender from its two marginals, taken as independent."""
    return {f"{a}|{g}": x * y for a, x in age.items() for g, y in gender.items()}


def _said(facet: str, wanted: Shares, reached: Reached, i: int) -> str:
    """One facet of one creator in words: what part of its audience each of the most wanted segments is."""
    names = list(wanted)
    shown = sorted(sorted(range(len(names)), key=lambda at: -wanted[names[at]])[:3])
    if len(names) == 1:
        before = {"country": "in ", "age": "aged ", "language": "speaking "}.get(facet, "")
        said = f"{reached.shares[i, 0]:.0%} {before}{names[0]}"
    else:
        said = ", ".join(f"{names[at]} {reached.shares[i, at]:.0%}" for at in shown) + (", …" if len(names) > 3 else "")
    return said + ("" if reached.known[i] else " (expected)")
