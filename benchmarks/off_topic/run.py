#!/usr/bin/env python3
"""
Is a brief about which the index holds nothing warned of, and no other? Each subject is held out in turn.

    python benchmarks/off_topic/run.py [--indexes DIR]

briefs.tsv holds subjects that are absent from the real index (dentists' accounting, wind turbines), nonsense, and
subjects that are present; the judged briefs are present too. All are asked in the whole index and in random parts of
it, which keep a few creators of a judged subject or none. The threshold is the shipped one.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from common import Table, of_dicts, parser, real_data, real_indexes, report
from fit_on_topic import Case, cases_of, held_out, read_subjects, warned_by

from matcher.matching import Matcher
from matcher.matching.on_topic import FIGURES
from matcher.signals.trade import trade_data


def area(values: np.ndarray, present: np.ndarray) -> float:
    """The chance that a case that is present has a higher value than one that is not (AUC)."""
    above = values[present][:, None] - values[~present][None, :]
    return round(float((above > 0).mean() + 0.5 * (above == 0).mean()), 3)


def by_language(cases: list[Case], probability: np.ndarray, threshold: float) -> list[dict[str, Any]]:
    """Of the whole index: what is warned of, per kind and language."""
    groups: dict[tuple[str, str], list[int]] = {}
    for at, case in enumerate(cases):
        for language in ("all", case.subject.language) if not case.size else ():
            groups.setdefault((case.subject.kind, language), []).append(at)
    return [
        {
            "subject": kind,
            "language": language,
            "briefs": len(at),
            "warned": round(float((probability[at] < threshold).mean()), 3),
            "median probability": round(float(np.median(probability[at])), 3),
        }
        for (kind, language), at in sorted(groups.items())
    ]


def main() -> None:
    """Measure and write the results."""
    given = parser(__doc__, Path(__file__).parent).parse_args()
    judged = real_data() / "judged-briefs"
    subjects = read_subjects(Path(__file__).parent / "briefs.tsv", judged / "briefs.jsonl", judged / "qrels.tsv")
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes)
        cases = cases_of(matcher, subjects)
        figures, present = np.array([case.figures for case in cases]), np.array([case.present for case in cases])
        probability, threshold = held_out(cases), trade_data("on_topic")["warn_below"]
        sizes = [{"subject": kind, **by} for kind, by in warned_by(cases, probability < threshold).items()]
        rows = by_language(cases, probability, threshold)
        told = [{"figure": name, "AUC": area(figures[:, number], present)} for number, name in enumerate(FIGURES)] + [
            {"figure": "all, held out", "AUC": area(probability, present)}
        ]
        results = {"by_size": sizes, "warned": rows, "figures": told, "threshold": threshold}
        columns = ("subject", *dict.fromkeys(size for row in sizes for size in row if size != "subject"))
        tables = [
            Table(
                "Share warned of, held out, by how many creators the index has",
                columns,
                [tuple(row.get(column, "") for column in columns) for row in sizes],
            ),
            of_dicts("Share of briefs warned of in the whole index, held out", rows),
            of_dicts("What tells present from absent", told),
        ]
        report(
            "Is a brief about which the index holds nothing warned of?",
            given.out,
            results,
            tables,
            matcher.index.manifest,
        )


if __name__ == "__main__":
    main()
