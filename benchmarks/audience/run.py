#!/usr/bin/env python3
"""
Do the 90 % intervals of the audience signal hold the truth? Audiences of which all is known, counted on some people.

    python benchmarks/audience/run.py [--indexes DIR]

Real: the countries of real audiences, taken as the truth, counted again on samples of 20 to 2,000 people, with the
priors and strengths that the index learned; wanted are the creator's first country, or its first two. Invented: 4,000
audiences of age × gender that are far from independent, told as joint cells or as two marginals only, alone or beside
200 others that tell joint cells, of the same world or of one three times as near to independence; the strength of
the prior is learned from them as a reindex would.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, of_dicts, parser, real_data, real_indexes, report

from matcher.records import Shares
from matcher.records.audience import AGE_BANDS
from matcher.retrieval.index import Index
from matcher.signals.audience import (
    JOINT_FACET,
    AudienceCells,
    audience_overlap,
    joint_tables,
    prior_shares,
    prior_strengths,
)
from matcher.snapshot import SnapshotStore

SEED, CREATORS = 7, 4000
PEOPLE = (20, 100, 500, 2000)
ENDLESS = 1e12
OTHERS, OTHERS_PEOPLE = 200, 500
"""So many other audiences tell joint cells, counted on so many people each."""
ONE_COUNTRY = 0.95
"""An audience with this share in one country has nothing to vary: its sample is the truth, and always held."""
LEAST, MOST = 0.88, 0.92
Floats = NDArray[np.float64]
Names = list[tuple[str, str]]


def counted(shares: Floats, people: int, rng: np.random.Generator) -> Floats:
    """Shares [n, segments] as counted on so many people each."""
    whole = shares.sum(axis=1, keepdims=True)
    return np.stack([rng.multinomial(people, row) for row in shares / whole]) / people


def cells(shares: Floats, people: float) -> AudienceCells:
    """Audiences with a share in every cell, zeros left out."""
    owner, cell = np.nonzero(shares)
    start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(shares)))])
    n = len(shares)
    return AudienceCells(
        start.astype(np.int64), cell.astype(np.int32), shares[owner, cell].astype(np.float32),
        np.full(n, people, np.float32), np.full(n, 3, np.int8),
    )  # fmt: skip


def held(found: Any, truth: Floats) -> dict[str, float]:
    """How often the interval holds the truth, how wide it is, and how far the value is off."""
    inside = (found.low <= truth + 1e-6) & (truth - 1e-6 <= found.high)
    return {
        "coverage": round(float(inside.mean()), 3),
        "width": round(float(np.mean(found.high - found.low)), 3),
        "error": round(float(np.mean(np.abs(found.value - truth))), 3),
    }


def real_countries(index: Index) -> list[dict[str, Any]]:
    """Coverage on the countries of real audiences."""
    columns = index.creators
    names: Names = [(facet, segment) for facet, segment in index.vocabularies["cells"]]
    country = np.array([facet == "country" for facet, _ in names])
    rng = np.random.default_rng(SEED)
    with_record = np.flatnonzero(np.diff(columns.audience_start) > 0)
    rows = np.sort(rng.permutation(with_record)[:CREATORS])
    truth = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        own = slice(int(columns.audience_start[row]), int(columns.audience_start[row + 1]))
        truth[at, columns.audience_cell[own]] = columns.audience_share[own]
    truth[:, ~country] = 0.0
    rows, truth = rows[truth.sum(axis=1) > 0], truth[truth.sum(axis=1) > 0]
    truth /= truth.sum(axis=1, keepdims=True)
    prior = np.asarray(index.audience_prior[index.audience_group[rows]])
    mixed = truth.max(axis=1) < ONE_COUNTRY
    return [
        row
        for name, own in (("real, several countries", mixed), ("real, one country", ~mixed))
        for row in of_countries(name, index, truth[own], prior[own], names, rng)
    ]


def of_countries(
    name: str, index: Index, truth: Floats, prior: NDArray[np.float32], names: Names, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Coverage on some audiences, given as shares [n, cells] with their priors."""
    order = np.argsort(-truth, axis=1, kind="stable")
    out = []
    for wanted, pick in (("first country", 1), ("first two, 70 : 30", 2)):
        for people in PEOPLE:
            sample = counted(truth, people, rng)
            parts = []
            for first in np.unique(order[:, 0]):
                for second in np.unique(order[order[:, 0] == first, 1]):
                    own = np.flatnonzero((order[:, 0] == first) & (order[:, 1] == second))
                    target = {names[first][1]: 1.0} if pick == 1 else {names[first][1]: 0.7, names[second][1]: 0.3}
                    parts.append((own, told(truth[own], sample[own], people, {"country": target}, prior[own], names,
                                            index.audience_strengths)))  # fmt: skip
            out.append({"audiences": name, "wanted": wanted, "people": people} | merged(parts))
    return out


def told(
    truth: Floats, sample: Floats, people: float, target: dict[str, Shares], prior: NDArray[np.float32], names: Names,
    strengths: dict[str, float], others: Floats | None = None,
) -> tuple[Any, Floats]:  # fmt: skip
    """What the signal says of counted audiences, and the value that the whole has; `others` tell joint cells."""
    rows = np.arange(len(truth))
    tables = None if others is None else joint_tables(np.arange(len(others)), cells(others, OTHERS_PEOPLE), names)
    found = audience_overlap(rows, target, cells(sample, people), prior, names, strengths, tables=tables)
    return found, audience_overlap(rows, target, cells(truth, ENDLESS), prior, names, strengths).value


def merged(parts: list[tuple[NDArray[np.int64], tuple[Any, Floats]]]) -> dict[str, float]:
    """The figures over several groups, by their sizes."""
    sizes = np.array([len(own) for own, _ in parts], dtype=np.float64)
    each = [held(found, truth) for _, (found, truth) in parts]
    return {name: round(float(np.average([one[name] for one in each], weights=sizes)), 3) for name in each[0]}


def invented() -> list[dict[str, Any]]:
    """Coverage on invented audiences of age × gender, from joint cells and from marginals alone."""
    rng = np.random.default_rng(SEED)
    genders = ("female", "male")
    joint = [(JOINT_FACET, f"{age}|{gender}") for age in AGE_BANDS for gender in genders]
    margins = [("age", age) for age in AGE_BANDS] + [("gender", gender) for gender in genders]
    usual = np.outer([0.05, 0.3, 0.35, 0.15, 0.08, 0.05, 0.02], [0.55, 0.45]).ravel()
    mixes = rng.dirichlet(12 * usual, CREATORS)
    target: dict[str, Shares] = {"age": {"18-24": 0.5, "25-34": 0.5}, "gender": {"female": 0.9, "male": 0.1}}
    names: Names = [*joint, *margins]
    whole = with_margins(mixes)
    others = {
        "marginals": None,
        f"marginals, {OTHERS} others tell cells": rng.dirichlet(12 * usual, OTHERS),
        f"marginals, {OTHERS} unlike others do": rng.dirichlet(40 * usual, OTHERS),
    }
    out = []
    for people in PEOPLE:
        sample = with_margins(counted(mixes, people, rng))
        for kind in ("joint cells", *others):
            seen, told_by = sample.copy(), others.get(kind)
            if kind != "joint cells":
                seen[:, : len(joint)] = 0.0
            cells_of_others = None if told_by is None else with_margins(counted(told_by, OTHERS_PEOPLE, rng))
            records = cells(seen, people)
            group = np.zeros(CREATORS, dtype=np.int64)
            prior = prior_shares(records, group, 1, names, np.array([-1]))
            strengths = prior_strengths(records, group, prior, names)
            found, truth = told(whole, seen, people, target, np.repeat(prior, CREATORS, axis=0), names, strengths,
                                cells_of_others)  # fmt: skip
            out.append(
                {"audiences": f"invented, {kind}", "wanted": "young women", "people": people} | held(found, truth)
            )
    return out


def judged(audiences: str, coverage: float) -> tuple[str, Any]:
    """What a coverage should be, and whether it is; nothing is promised where others are unlike."""
    if "unlike" in audiences:
        return "none", "–"
    if "marginals" in audiences or audiences.endswith("one country"):
        return "≥ 90 %", coverage >= 0.9
    return "88–92 %", LEAST <= coverage <= MOST


def with_margins(mixes: Floats) -> Floats:
    """Joint cells [n, ages × genders], then the shares of the ages, then those of the genders."""
    table = mixes.reshape(len(mixes), len(AGE_BANDS), -1)
    return np.concatenate([mixes, table.sum(axis=2), table.sum(axis=1)], axis=1)


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    real_data()
    with real_indexes(options.indexes) as indexes:
        index = Index.open(SnapshotStore(indexes).folder())
        rows = [*real_countries(index), *invented()]
        for row in rows:
            row["target"], row["ok"] = judged(row["audiences"], row["coverage"])
        tables: list[Table] = [of_dicts("Coverage of the 90 % intervals of the audience's value", rows)]
        report("Do the intervals of the audience hold the truth?", options.out, {"rows": rows}, tables, index.manifest)


if __name__ == "__main__":
    main()
