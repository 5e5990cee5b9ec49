#!/usr/bin/env python3
"""
Is a brief about which the index holds nothing warned of, and no other? Briefs of our own, each held out in turn.

    python benchmarks/off_topic/run.py [--indexes DIR]

briefs.tsv holds subjects that are absent from the real index (dentists' accounting, wind turbines), nonsense, and
subjects that are present; the judged briefs are present too. The threshold is the shipped one.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from common import of_dicts, parser, real_data, real_indexes, report
from fit_on_topic import figures_of, held_out, read_subjects

from matcher.matching import Matcher
from matcher.matching.evaluation import read_briefs
from matcher.matching.on_topic import FIGURES
from matcher.signals.trade import trade_data


def area(values: np.ndarray, present: np.ndarray) -> float:
    """The chance that a brief that is present has a higher value than one that is not (AUC)."""
    above = values[present][:, None] - values[~present][None, :]
    return round(float((above > 0).mean() + 0.5 * (above == 0).mean()), 3)


def main() -> None:
    """Measure and write the results."""
    given = parser(__doc__, Path(__file__).parent).parse_args()
    judged = read_briefs(real_data() / "judged-briefs" / "briefs.jsonl")
    subjects = read_subjects(Path(__file__).parent / "briefs.tsv")
    subjects += [("judged", brief.language or "?", brief) for brief in judged]
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes)
        figures = figures_of(matcher, [brief for _, _, brief in subjects])
        present = np.array([kind in ("present", "judged") for kind, _, _ in subjects])
        probability = held_out(figures, present)
        warned = probability < trade_data("on_topic")["warn_below"]
        groups: dict[tuple[str, str], list[int]] = {}
        for at, (kind, language, _) in enumerate(subjects):
            for group in ((kind, "all"), (kind, language)):
                groups.setdefault(group, []).append(at)
        rows: list[dict[str, Any]] = [
            {
                "subject": kind,
                "language": language,
                "briefs": len(at),
                "warned": round(float(warned[at].mean()), 3),
                "median probability": round(float(np.median(probability[at])), 3),
            }
            for (kind, language), at in sorted(groups.items())
        ]
        told = [{"figure": name, "AUC": area(figures[:, number], present)} for number, name in enumerate(FIGURES)] + [
            {"figure": "all, held out", "AUC": area(probability, present)}
        ]
        results = {"warned": rows, "figures": told, "threshold": trade_data("on_topic")["warn_below"]}
        tables = [
            of_dicts("Share of briefs warned of, held out", rows),
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
