#!/usr/bin/env python3
"""
What do the signals cost? By day the share of a match that goes into them, by night that of a reindex.

    python benchmarks/profiles/run.py [--indexes DIR] [--rounds 10]

By day: the judged briefs on the real index, k = 20, one thread, CPU milliseconds. The signals are what every signal
says of the candidates and of the reference creators, the percentiles, and the cautions of those shown. By night: a full
reindex of the real tables without comments; the stages that make profiles beside all the others of the same run.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, ms, of_dicts, parser, real_data, reindex, report, scratch

from matcher.matching import Matcher, entries, scoring
from matcher.matching.evaluation import read_briefs
from matcher.records import Brief
from matcher.snapshot import SnapshotStore

MOST_MS, MOST_SHARE = 10.0, 0.60
K = 20
PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "all signals": ((scoring, "_opinions"), (scoring, "places"), (entries, "cautions_of")),
    "relevance": ((scoring, "relevance"),),
    "audience": ((scoring, "_audience"),),
    "engagement": ((scoring, "engagement"),),
    "preferences": ((scoring, "preferences"),),
    "percentiles": ((scoring, "places"),),
    "cautions": ((entries, "cautions_of"),),
}
"""What is measured → the functions whose time it is, by the module that calls them."""
PROFILE_STAGES = ("profiles", "forecast", "follower_history", "accounts", "authenticity")
"""Stages of a reindex that make the profiles of creators."""


@contextmanager
def stopwatch(calls: Sequence[tuple[Any, str]]) -> Iterator[list[float]]:
    """While this is open, the CPU seconds of every call are written down."""
    spent: list[float] = []
    with ExitStack() as stack:
        for module, name in calls:
            stack.enter_context(patch.object(module, name, _timed(getattr(module, name), spent)))
        yield spent


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def wrapper(*arguments: Any, **options: Any) -> Any:
        began = time.thread_time()
        try:
            return function(*arguments, **options)
        finally:
            spent.append(time.thread_time() - began)

    return wrapper


def by_day(matcher: Matcher, briefs: Sequence[Brief], rounds: int) -> list[dict[str, Any]]:
    """Milliseconds of each part in a match, and of the whole match; parts take turns."""
    spent: dict[str, list[float]] = {name: [] for name in (*PARTS, "whole match")}
    for _ in range(rounds):
        for brief in briefs:
            for name, calls in PARTS.items():
                with stopwatch(calls) as seconds:
                    matcher.match(brief, K)
                spent[name].append(sum(seconds))
            began = time.thread_time()
            matcher.match(brief, K)
            spent["whole match"].append(time.thread_time() - began)
    return [{"part": name, "p50_ms": ms(times, 0.5), "p99_ms": ms(times, 0.99)} for name, times in spent.items()]


def by_night(seconds: Mapping[str, float]) -> list[dict[str, Any]]:
    """Seconds of the stages of a reindex, those of the profiles first, and their share of all the others."""
    rest = sum(spent for stage, spent in seconds.items() if stage not in PROFILE_STAGES)
    rows = [(stage, seconds[stage]) for stage in PROFILE_STAGES if stage in seconds]
    rows += [("all profiles", sum(spent for _, spent in rows)), ("the other stages", rest)]
    return [
        {"stage": stage, "seconds": round(spent, 2), "of_the_others": round(spent / rest, 3)} for stage, spent in rows
    ]


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--rounds", type=int, default=10)
    given = options.parse_args()
    data = real_data()
    tables = {name: data / "real-creators" / f"{name}.parquet" for name in ("creators", "posts", "post_metrics")}
    with scratch(given.indexes) as indexes:
        if SnapshotStore(indexes).ids():
            sys.exit(f"{indexes} holds snapshots already; a full reindex starts from nothing, so name another folder")
        _, summary = reindex(tables, indexes)
        night = by_night(summary["seconds"])
        matcher = Matcher.open(indexes)
        briefs = read_briefs(data / "judged-briefs" / "briefs.jsonl")
        for brief in briefs:
            matcher.match(brief, K)
        day = by_day(matcher, briefs, given.rounds)
        added = next(row["p50_ms"] for row in day if row["part"] == "all signals")
        share = next(row["of_the_others"] for row in night if row["stage"] == "all profiles")
        targets = [
            ("signals of one brief, p50, CPU ms", added, MOST_MS, added <= MOST_MS),
            ("profiles at reindex, part of the other stages", share, MOST_SHARE, share <= MOST_SHARE),
        ]
        shown = [
            Table("Targets", ("what", "figure", "at most", "ok"), targets),
            of_dicts(f"In a match, k = {K}, one thread, CPU ms", day),
            of_dicts("In a full reindex without comments, wall seconds", night),
        ]
        results = {"day": day, "night": night, "seconds": summary["seconds"]}
        report("What do the signals cost?", given.out, results, shown, matcher.index.manifest)


if __name__ == "__main__":
    main()
