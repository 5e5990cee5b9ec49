#!/usr/bin/env python3
"""
How good are the shortlists? The engine, simpler systems, and the engine with parts taken out, on judged briefs.

    python benchmarks/quality/run.py [--indexes DIR]

All systems rank under the brief's own filters. Means over briefs per language group; intervals, paired differences and
folds are by topic, since both briefs of a topic share one set of judgements. Nothing is tuned here. Two collections are
measured: the briefs that came judged, as they were judged, and these with their unjudged finds graded beside topics of
our own (`judgements/`).
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import parser, real_data, real_indexes, report
from judged import Judged, as_judged, judged_to_the_end
from shown import tables_of
from systems import Rankings, Setting, bm25_alone, encoder_alone, most_followed, random_order
from topics import by_topic, cross_validated, difference, interval
from variants import ablations, in_the_text, rankings, settings

from matcher.matching import Matcher
from matcher.matching.evaluation import MEASURES, groups_of, measure
from matcher.retrieval.encoders import load_encoder

MAIN = "ndcg@10"
RANDOM_DRAWS = 20
PerBrief = dict[str, dict[str, float]]
"""brief_id → measure → value."""


class Judge:
    """The judgements, and the groups of the briefs that they are for."""

    def __init__(self, matcher: Matcher, judged: Judged) -> None:
        self.qrels = judged.qrels
        self.briefs = [brief for brief in judged.briefs if brief.brief_id in self.qrels]
        languages = {brief.brief_id: brief.language or "?" for brief in self.briefs}
        self.groups = {i: ("all", *groups_of(matcher, languages[i], self.qrels[i])) for i in languages}

    def measured(self, ranked: Rankings) -> PerBrief:
        """All measures of every brief."""
        return measure(ranked, self.qrels, self.groups).briefs

    def means(self, each: PerBrief, name: str = MAIN) -> dict[str, float]:
        """Mean of one measure per group."""
        members: dict[str, list[float]] = {}
        for brief_id, values in each.items():
            for group in self.groups[brief_id]:
                members.setdefault(group, []).append(values[name])
        return {group: round(float(np.mean(members[group])), 4) for group in sorted(members, key=_group_order)}


def _group_order(group: str) -> tuple[int, str]:
    return (("all", "within", "across").index(group) if group in ("all", "within", "across") else 3, group)


def column(each: PerBrief, name: str = MAIN) -> dict[str, float]:
    """One measure, per brief."""
    return {brief_id: values[name] for brief_id, values in each.items()}


def mean_of(draws: list[PerBrief]) -> PerBrief:
    """The mean of several runs, per brief."""
    return {i: {name: float(np.mean([one[i][name] for one in draws])) for name in MEASURES} for i in draws[0]}


def best_of(systems: Mapping[str, PerBrief], prefix: str) -> str:
    """The best of a family of systems: a baseline gets its best form, chosen on these very briefs."""
    family = [name for name in systems if name.startswith(prefix)]
    return max(family, key=lambda name: float(np.mean(list(column(systems[name]).values()))))


def measured_systems(matcher: Matcher, judge: Judge) -> dict[str, PerBrief]:
    """The engine and what it is compared with."""
    setting = Setting.of(matcher.index, load_encoder(matcher.index.manifest.settings.get("encoder")), judge.briefs)
    ranked = {
        "matcher": rankings(matcher, judge.briefs),
        **encoder_alone(setting),
        **bm25_alone(setting),
        **_in_market(encoder_alone(setting.in_market()) | bm25_alone(setting.in_market())),
        "most followed": most_followed(setting),
    }
    draws = [judge.measured(random_order(setting, seed)) for seed in range(RANDOM_DRAWS)]
    return {name: judge.measured(found) for name, found in ranked.items()} | {"random": mean_of(draws)}


def _in_market(found: dict[str, Rankings]) -> dict[str, Rankings]:
    """
    Baselines that know the market too, by a filter on the country.

    Half of the briefs name the country of the audience; the engine reads that field, an encoder alone does not.
    """
    return {f"in market: {name}": ranked for name, ranked in found.items()}


def evaluate(matcher: Matcher, judged: Judged) -> dict[str, Any]:
    """Everything that is reported of one collection."""
    judge = Judge(matcher, judged)
    systems = measured_systems(matcher, judge)
    ablated = {name: judge.measured(found) for name, found in ablations(matcher, judge.briefs).items()}
    longer = {name: judge.measured(found) for name, found in in_the_text(matcher, judge.briefs).items()}
    grid = {name: column(judge.measured(found)) for name, found in settings(matcher, judge.briefs).items()}
    held_out, chosen = cross_validated(grid)
    engine, everyone = column(systems["matcher"]), systems | longer | ablated
    rivals = ["encoder, blend", best_of(systems, "encoder"), best_of(systems, "BM25")]
    rivals += [best_of(systems, "in market: encoder"), best_of(systems, "in market: BM25")]
    sizes = {g: sum(g in of for of in judge.groups.values()) for g in judge.means(systems["matcher"])}
    return {
        "briefs_per_group": sizes,
        "means": {name: {m: judge.means(each, m) for m in MEASURES} for name, each in everyone.items()},
        "intervals": {name: interval(by_topic(column(each))) for name, each in everyone.items()},
        "differences": {name: difference(engine, column(systems[name])) for name in dict.fromkeys(rivals)},
        "ablation_costs": {name: difference(engine, column(each)) for name, each in ablated.items()},
        "conditions": {name: difference(column(each), engine) for name, each in longer.items()},
        "grid": {name: interval(by_topic(values)) for name, values in grid.items()},
        "held_out": {
            "score": interval(by_topic(held_out)),
            "times_chosen": {name: list(chosen.values()).count(name) for name in sorted(set(chosen.values()))},
        },
    }


def main() -> None:
    """Measure and write the results."""
    given = parser(__doc__, Path(__file__).parent).parse_args()
    data = real_data() / "judged-briefs"
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes)
        results = {judged.name: evaluate(matcher, judged) for judged in (as_judged(data), judged_to_the_end(data))}
        tables = [table for name, of in results.items() for table in tables_of(name, of)]
        report("How good are the shortlists?", given.out, results, tables, matcher.index.manifest)


if __name__ == "__main__":
    main()
