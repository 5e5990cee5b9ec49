#!/usr/bin/env python3
"""
How often is the estimated kind of an account right? Accounts labelled by hand, each held out in turn.

    python benchmarks/account_kind/run.py [--indexes DIR]

Labels hold ids and kinds only (labels.tsv). "random" accounts were drawn from all of their platform and language,
"sought" ones by words that point to shops, media and the like, which are rare: shares of all are those of the first.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from common import Table, of_dicts, parser, real_data, real_indexes, report
from train_account_kind import labelled

from matcher.retrieval.index import Index
from matcher.signals.account_kind import KINDS, PEOPLE
from matcher.snapshot import SnapshotStore
from matcher.training.account_kind import Label, read_labels, train

BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall."""
    both, either = int((said & true).sum()), int(said.sum() + true.sum())
    return round(2 * both / either, 3) if either else float("nan")


def by_kind(said: NDArray[np.int64], kinds: NDArray[np.int64]) -> list[dict[str, Any]]:
    """F1 of every kind, and of people against the rest."""
    people = [KINDS.index(kind) for kind in PEOPLE]
    rows = [
        {"kind": kind, "accounts": int((kinds == code).sum()), "F1": f1(said == code, kinds == code)}
        for code, kind in enumerate(KINDS)
    ]
    not_people = ~np.isin(kinds, people)
    return [
        *rows,
        {"kind": "not people", "accounts": int(not_people.sum()), "F1": f1(~np.isin(said, people), not_people)},
    ]


def by_group(labels: Sequence[Label], shares: NDArray[np.float64], kinds: NDArray[np.int64]) -> list[dict[str, Any]]:
    """How often the likeliest kind, and people or not, are right; beside what the commonest answer would get."""
    said, people = shares.argmax(axis=1), [KINDS.index(kind) for kind in PEOPLE]
    are_people, said_people = np.isin(kinds, people), shares[:, people].sum(axis=1) >= 0.5
    groups: dict[str, list[int]] = {}
    for at, label in enumerate(labels):
        for group in ("all", f"drawn {label.drawn}", label.platform, f"language {label.language}"):
            groups.setdefault(group, []).append(at)
    return [
        {
            "group": group,
            "accounts": len(at),
            "kind right": round(float((said[at] == kinds[at]).mean()), 3),
            "people right": round(float((said_people[at] == are_people[at]).mean()), 3),
            "F1 of not people": f1(~said_people[at], ~are_people[at]),
            "all said to be people": round(float(are_people[at].mean()), 3),
        }
        for group, at in groups.items()
    ]


def calibration(shares: NDArray[np.float64], kinds: NDArray[np.int64]) -> tuple[list[dict[str, Any]], float]:
    """Stated beside observed shares per bin of the likeliest kind's probability, and the mean gap (ECE)."""
    top, right = shares.max(axis=1), shares.argmax(axis=1) == kinds
    bins = np.clip(np.digitize(top, BINS) - 1, 0, len(BINS) - 2)
    rows, gap = [], 0.0
    for number in range(len(BINS) - 1):
        here = bins == number
        if here.any():
            rows.append(
                {
                    "probability": f"{BINS[number]:.2f} to {BINS[number + 1]:.2f}",
                    "accounts": int(here.sum()),
                    "stated": round(float(top[here].mean()), 3),
                    "right": round(float(right[here].mean()), 3),
                }
            )
            gap += float(here.mean()) * abs(float(top[here].mean() - right[here].mean()))
    return rows, round(gap, 3)


def main() -> None:
    """Measure and write the results."""
    given = parser(__doc__, Path(__file__).parent).parse_args()
    real_data()
    with real_indexes(given.indexes) as indexes:
        index = Index.open(SnapshotStore(indexes).folder(), verify=False)
        labels, features, kinds = labelled(index, read_labels(Path(__file__).parent / "labels.tsv"))
        trained = train(features, kinds)
        bins, gap = calibration(trained.held_out, kinds)
        results = {
            "groups": by_group(labels, trained.held_out, kinds),
            "kinds": by_kind(trained.held_out.argmax(axis=1), kinds),
            "calibration": bins,
            "expected_calibration_error": gap,
            "ridge": trained.ridge,
            "temperature": round(trained.temperature, 3),
        }
        tables: list[Table] = [
            of_dicts("Held out: how often right", results["groups"]),
            of_dicts("F1 per kind", results["kinds"]),
            of_dicts(f"Calibration of the likeliest kind (mean gap {gap})", bins),
        ]
        report("How often is the estimated kind of an account right?", given.out, results, tables, index.manifest)


if __name__ == "__main__":
    main()
