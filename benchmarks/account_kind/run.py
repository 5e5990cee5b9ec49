#!/usr/bin/env python3
"""
How often is the estimated kind of an account right? Accounts labelled by hand, each held out in turn.

    python benchmarks/account_kind/run.py [--indexes DIR]

Labels hold ids and kinds only (labels.tsv), by the rules of rules.md. "random" accounts were drawn from all of their
platform, "sought" ones by words that point to shops, media and the like, which are rare. "apart" were drawn at random
after the marks had been chosen: they are judged by a model that learned from the others, so that neither words nor
weights have seen them. Shares of all are those of the random ones; intervals of 95 % are by bootstrap.
"""

import sys
from collections.abc import Callable, Sequence
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
from matcher.training.softmax import probabilities

BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
DRAWS, SEED = 1000, 7
LEAST = 15
"""A language of fewer accounts has no row of its own."""
Bools = NDArray[np.bool_]


def f1(said: Bools, true: Bools) -> float:
    """Harmonic mean of precision and recall."""
    both, either = int((said & true).sum()), int(said.sum() + true.sum())
    return 2 * both / either if either else float("nan")


def right(said: Bools, true: Bools) -> float:
    """How often two answers are the same."""
    return float((said == true).mean())


def between(measure: Callable[[Any, Any], float], said: Any, true: Any) -> str:
    """A measure of said and true [n] with its interval."""
    rng = np.random.default_rng(SEED)
    drawn = [measure(said[at], true[at]) for at in rng.integers(0, len(said), (DRAWS, len(said)))]
    low, high = np.nanpercentile(drawn, [2.5, 97.5]) if not np.all(np.isnan(drawn)) else (np.nan, np.nan)
    return f"{measure(said, true):.2f} [{low:.2f}, {high:.2f}]"


def by_kind(said: NDArray[np.int64], kinds: NDArray[np.int64]) -> list[dict[str, Any]]:
    """F1 of every kind."""
    return [
        {"kind": kind, "accounts": int((kinds == code).sum()), "F1": between(f1, said == code, kinds == code)}
        for code, kind in enumerate(KINDS)
    ]


def by_group(labels: Sequence[Label], shares: NDArray[np.float64], kinds: NDArray[np.int64]) -> list[dict[str, Any]]:
    """How often the likeliest kind, and people or not, are right; beside what calling everybody a person would get."""
    said, people = shares.argmax(axis=1), [KINDS.index(kind) for kind in PEOPLE]
    are_people, said_people = np.isin(kinds, people), shares[:, people].sum(axis=1) >= 0.5
    groups: dict[str, list[int]] = {}
    for at, label in enumerate(labels):
        for group in ("all", label.platform, f"language {label.language}"):
            groups.setdefault(group, []).append(at)
    return [
        {
            "group": group,
            "accounts": len(at),
            "kind right": between(right, said[at], kinds[at]),
            "people right": between(right, said_people[at], are_people[at]),
            "F1 of not people": between(f1, ~said_people[at], ~are_people[at]),
            "all said to be people": round(float(are_people[at].mean()), 3),
        }
        for group, at in sorted(groups.items(), key=lambda item: -len(item[1]))
        if len(at) >= LEAST
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
        drawn = np.array([label.drawn for label in labels])
        seen = np.flatnonzero(drawn != "apart")
        trained = train(features[seen], kinds[seen])
        shares = np.zeros((len(labels), len(KINDS)))
        shares[seen] = trained.held_out
        apart = drawn == "apart"
        shares[apart] = probabilities(trained.model.logits(features[apart]))
        results: dict[str, Any] = {"ridge": trained.ridge, "temperature": round(trained.temperature, 3)}
        tables: list[Table] = []
        for name in ("apart", "random", "sought"):
            own = np.flatnonzero(drawn == name)
            groups = by_group([labels[at] for at in own], shares[own], kinds[own])
            each = by_kind(shares[own].argmax(axis=1), kinds[own])
            results[name] = {"groups": groups, "kinds": each}
            tables += [of_dicts(f"Drawn {name}: how often right", groups), of_dicts(f"Drawn {name}: F1 per kind", each)]
        at_random = np.flatnonzero(drawn != "sought")
        bins, gap = calibration(shares[at_random], kinds[at_random])
        results |= {"calibration": bins, "expected_calibration_error": gap}
        tables.append(of_dicts(f"Calibration of the likeliest kind, drawn at random or apart (mean gap {gap})", bins))
        report("How often is the estimated kind of an account right?", given.out, results, tables, index.manifest)


if __name__ == "__main__":
    main()
