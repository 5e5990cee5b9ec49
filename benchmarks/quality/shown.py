"""The results as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from common import Table


def tables_of(collection: str, results: dict[str, Any]) -> list[Table]:
    """What a reader should see of one collection, the most important first."""
    return [replace(table, title=f"{collection}: {table.title}") for table in _tables(results)]


def _tables(results: dict[str, Any]) -> list[Table]:
    means, sizes = results["means"], results["briefs_per_group"]
    groups = tuple(sizes)
    systems = [name for name in means if not name.startswith("without")]
    measures = [name for name in next(iter(means.values())) if name != "ndcg@10"]
    held_out = results["held_out"]
    return [
        Table(
            "nDCG@10 per group of briefs",
            ("system", *(f"{group} ({sizes[group]})" for group in groups)),
            [(name, *(means[name]["ndcg@10"][group] for group in groups)) for name in systems],
        ),
        _against_baselines(results),
        Table(
            "Other measures: all / within / across",
            ("system", *measures),
            [(name, *(_three(means[name][measure]) for measure in measures)) for name in systems],
        ),
        Table(
            "nDCG@10, mean over topics with its 90 % interval",
            ("system", "mean", "low", "high"),
            [(name, *results["intervals"][name].values()) for name in systems],
        ),
        _differences("matcher minus a baseline, paired by topic", results["differences"]),
        _differences("What a part is worth: matcher minus matcher without it", results["ablation_costs"]),
        _differences("Conditions written into the text: what they cost (as judged is 0)", results["conditions"]),
        Table(
            "Settings, and settings chosen on the other topics",
            ("setting", "mean", "low", "high", "times chosen"),
            [
                *(
                    (name, *row.values(), held_out["times_chosen"].get(name, 0))
                    for name, row in results["grid"].items()
                ),
                ("held out", *held_out["score"].values(), sum(held_out["times_chosen"].values())),
            ],
        ),
    ]


def _against_baselines(results: dict[str, Any]) -> Table:
    """Per group: above the best form of BM25, and not below the plain pooling of the encoder or its best form?"""
    means = {name: of["ndcg@10"] for name, of in results["means"].items()}
    rivals = list(results["differences"])
    rows = [
        (group, means["matcher"][group], *(part for name in rivals for part in _beside(means, name, group)))
        for group in results["briefs_per_group"]
    ]
    head = ("group", "matcher", *(part for name in rivals for part in (name, "ok")))
    return Table("Above the baselines in every group?", head, rows)


def _beside(means: dict[str, dict[str, float]], name: str, group: str) -> tuple[float, bool]:
    theirs, ours = means[name][group], means["matcher"][group]
    return theirs, ours > theirs or (ours == theirs and "encoder" in name)


def _differences(title: str, rows: dict[str, dict[str, float]]) -> Table:
    head = ("than", "gain", "low", "high", "better", "worse", "topics")
    return Table(title, head, [(name, *row.values()) for name, row in rows.items()])


def _three(means: dict[str, float]) -> str:
    return " / ".join(f"{means.get(group, float('nan')):.3f}" for group in ("all", "within", "across"))
