"""
Audience overlap: does this creator reach the people that the brief is for?

Per facet that the brief targets, two questions are asked of the reached audience: how large a share of it is wanted
at all (target share), and how much of the wanted mix is there (histogram intersection). Their mean is the facet's
value; the facets are combined by geometric mean, so that a facet that fails cannot hide behind one that fits. Where
an audience record has joint cells of age × gender, they replace the two marginals and count for both.

Shares are shrunk towards the prior of platform × market with the strength of PRIOR_PEOPLE people (the mean of a
Dirichlet posterior), so that a share counted on five people says little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares, normalised
from matcher.signals.opinion import Opinion

PRIOR_PEOPLE = 20.0
"""Strength of the prior, in people."""
UNSAID_SAMPLE = 200.0
"""Sample size assumed for a record with shares that does not state one."""
HOME_SHARE = 0.7
"""Share of an audience that is expected in the creator's own market, before any record is seen."""
PRIOR_RECORDS = 5.0
"""Records that this expectation is worth against those of a platform × market."""


@dataclass(frozen=True, slots=True)
class AudienceCells:
    """Reached audiences of n creators as offsets [n + 1] into cells and shares, with sample sizes and statuses [n]."""

    start: NDArray[np.int64]
    cell: NDArray[np.int32]
    share: NDArray[np.float32]
    sample: NDArray[np.float32]
    status: NDArray[np.int8]


def prior_shares(
    audience: AudienceCells,
    group: NDArray[np.int64],
    n_groups: int,
    cells: list[tuple[str, str]],
    home: NDArray[np.int64],
) -> NDArray[np.float32]:
    """
    What is expected of a creator of each group (platform × market) without a record: shares [n_groups, cells].

    The mean over the group's records, pulled towards the mean over all records by PRIOR_RECORDS; for countries, towards
    HOME_SHARE in the group's own country, whose cell is `home` [n_groups] (-1 for none). A facet that no record has
    is uniform over its known segments.
    """
    facets = [facet for facet, _ in cells]
    owner = np.repeat(np.arange(len(audience.start) - 1), np.diff(audience.start))
    sums = np.zeros((n_groups, len(cells)))
    np.add.at(sums, (group[owner], audience.cell), audience.share)
    prior = np.zeros((n_groups, len(cells)))
    for facet in dict.fromkeys(facets):
        of_facet = np.array([name == facet for name in facets])
        counts = sums[:, of_facet].sum(axis=1, keepdims=True)
        total = sums[:, of_facet].sum(axis=0)
        base = np.repeat((total / total.sum() if total.sum() > 0 else np.full(len(total), 1 / len(total)))[None], n_groups, 0)
        if facet == "country":
            base = _with_home(base, np.flatnonzero(of_facet), home)
        prior[:, of_facet] = (sums[:, of_facet] + PRIOR_RECORDS * base) / (counts + PRIOR_RECORDS)
    return prior.astype(np.float32)


def _with_home(base: NDArray[Any], columns: NDArray[Any], home: NDArray[np.int64]) -> NDArray[Any]:
    """Base shares of countries with HOME_SHARE given to each group's own country."""
    mixed = base.copy()
    for row, cell in enumerate(home):
        at = np.flatnonzero(columns == cell)
        if len(at):
            mixed[row] *= 1 - HOME_SHARE
            mixed[row, at[0]] += HOME_SHARE
    return mixed


@dataclass(frozen=True, slots=True)
class _Reached:
    """Shrunk shares [n, segments] of one facet's wanted segments, and which creators have the facet at all [n]."""

    shares: NDArray[np.float64]
    known: NDArray[np.bool_]


def audience_overlap(
    rows: NDArray[np.int64],
    target: dict[str, Shares],
    audience: AudienceCells,
    prior: NDArray[np.float32],
    cells: list[tuple[str, str]],
) -> Opinion:
    """
    The audience signal of creator rows [n] for a target (facet → shares that sum to 1).

    `audience` is of the whole snapshot, `prior` float32 [n, cells] of the rows asked for.
    """
    codes = {cell: code for code, cell in enumerate(cells)}
    counts = audience.start[rows + 1] - audience.start[rows]
    owner = np.repeat(np.arange(len(rows)), counts)
    at = np.repeat(audience.start[rows] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    cell, share = audience.cell[at], audience.share[at]
    facet_of = np.array([sorted({f for f, _ in cells}).index(f) for f, _ in cells] or [0])
    sample = np.where(audience.sample[rows] > 0, audience.sample[rows], UNSAID_SAMPLE).astype(np.float64)

    def reached(facet: str, segments: list[str]) -> _Reached:
        number = [codes.get((facet, segment), -1) for segment in segments]
        exists = [code for code in number if code >= 0]
        has = np.zeros(len(rows), dtype=np.bool_)
        own = np.zeros((len(rows), len(segments)))
        base = np.zeros((len(rows), len(segments)))
        same = [code for code, (name, _) in enumerate(cells) if name == facet]
        if same:
            has[owner[facet_of[cell] == facet_of[same[0]]]] = True
        for column, code in enumerate(number):
            if code >= 0:
                chosen = cell == code
                own[owner[chosen], column] = share[chosen]
                base[:, column] = prior[:, code]
        if not exists and not same:
            base[:] = 1.0 / max(len(segments), 2)
        people = np.where(has, sample, 0.0)[:, None]
        return _Reached((people * own + PRIOR_PEOPLE * base) / (people + PRIOR_PEOPLE), has)

    logs, parts, known = np.zeros(len(rows)), 0.0, np.zeros(len(rows), dtype=np.bool_)
    shown: dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]] = {}
    values: dict[str, NDArray[np.float64]] = {}
    for facet, wanted in target.items():
        found = reached(facet, list(wanted))
        values[facet] = facet_value(found.shares, np.array(list(wanted.values())))
        shown[facet] = (found.shares.sum(axis=1), found.known)
        known |= found.known
    if {"age", "gender"} <= target.keys():
        joint = {f"{age}|{gender}": a * g for age, a in target["age"].items() for gender, g in target["gender"].items()}
        for facet in ("age_gender", "age×gender"):
            if any(name == facet for name, _ in cells):
                found = reached(facet, list(joint))
                value = facet_value(found.shares, np.array(list(joint.values())))
                for part in ("age", "gender"):
                    values[part] = np.where(found.known, value, values[part])
                known |= found.known
    for value in values.values():
        logs += np.log(np.maximum(value, 1e-4))
        parts += 1.0
    status = np.where(known, audience.status[rows], 0).astype(np.int8)

    def note(i: int) -> str:
        said = [
            f"{shown[facet][0][i]:.0%} {_segments(facet, wanted)}" + ("" if shown[facet][1][i] else " (expected)")
            for facet, wanted in target.items()
        ]
        people = int(audience.sample[rows[i]])
        basis = f"counted on {people:,}" if people else "sample size not stated"
        if not known[i]:
            basis = "no audience record: what like creators reach is taken"
        return f"Reaches {', '.join(said)}; {basis}."

    return Opinion("audience", np.exp(logs / parts) if parts else np.full(len(rows), 0.5), status, note)


def facet_value(shares: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of target share and histogram intersection: shares [n, segments] against the wanted mix [segments]."""
    target_share = shares.sum(axis=1)
    intersection = np.minimum(shares, wanted[None]).sum(axis=1)
    return np.clip((target_share + intersection) / 2.0, 0.0, 1.0)


def merge_records(records: list[dict[str, Any]]) -> tuple[dict[tuple[str, str], float], float, str]:
    """
    One audience from several records: (cell → share, people, status).

    Per facet the records of the best status that has it count, weighted by the square root of their sample sizes;
    the people are those of the largest record, the status is the best.
    """
    rank = {"measured": 3, "declared": 2, "estimated": 1}
    merged: dict[tuple[str, str], float] = {}
    facets: dict[str, list[tuple[int, float, Shares]]] = {}
    for record in records:
        by_facet: dict[str, Shares] = {}
        for cell in record["cells"] or ():
            by_facet.setdefault(cell["facet"], {})[cell["segment"]] = cell["share"]
        weight = math.sqrt(record["sample_size"] or UNSAID_SAMPLE)
        for facet, shares in by_facet.items():
            facets.setdefault(facet, []).append((rank.get(record["status"], 1), weight, shares))
    for facet, found in facets.items():
        best = max(status for status, _, _ in found)
        total: Shares = {}
        for status, weight, shares in found:
            if status == best:
                for segment, share in shares.items():
                    total[segment] = total.get(segment, 0.0) + weight * share
        merged |= {(facet, segment): share for segment, share in normalised(total).items()}
    people = max((float(record["sample_size"] or 0) for record in records), default=0.0)
    status = max((record["status"] for record in records), key=lambda s: rank.get(s, 1), default="absent")
    return merged, people, status


def _segments(facet: str, wanted: Shares) -> str:
    names = "/".join(list(wanted)[:3]) + ("…" if len(wanted) > 3 else "")
    return {"country": f"in {names}", "age": f"aged {names}", "language": f"speaking {names}"}.get(facet, names)
