#!/usr/bin/env python3
"""
How long does a brief take? The judged briefs on the real index, and one brief in a cold process.

    python benchmarks/match/run.py [--indexes DIR] [--rounds 10]

Warm: one thread, every k, everything included that a shortlist holds; then the stages; then several threads.
Cold: the command `matcher match` on the index of the demo world, and what it imports.
"""

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cold import cold
from common import Table, of_dicts, parser, quantiles, real_data, real_indexes, report, timed
from stages import stages

from matcher.matching import Matcher
from matcher.matching.evaluation import read_briefs
from matcher.records import Brief

KS = (1, 10, 20, 100, 500)
THREADS = (1, 2, 4, 8)
P50_MS, P99_MS, COLD_MS = 25, 80, 1500


def warm(matcher: Matcher, briefs: Sequence[Brief], rounds: int) -> dict[str, dict[str, float]]:
    """Quantiles per k, one thread; the ks take turns, so that a busy moment of the machine touches all of them."""
    seconds: dict[int, list[tuple[float, float]]] = {k: [] for k in KS}
    for _ in range(rounds):
        for brief in briefs:
            for k in KS:
                seconds[k].append(timed(lambda b=brief, k=k: matcher.match(b, k)))
    every = [second for of_k in seconds.values() for second in of_k]
    return {str(name): quantiles(of_k) for name, of_k in [*seconds.items(), ("all", every)]}


def threaded(matcher: Matcher, briefs: Sequence[Brief], rounds: int) -> list[dict[str, float]]:
    """Matches per second when several threads share one matcher, k = 20."""
    found = []
    for threads in THREADS:
        work = list(briefs) * rounds
        with ThreadPoolExecutor(threads) as pool:
            began = time.perf_counter()
            seconds = list(pool.map(lambda brief: timed(lambda: matcher.match(brief, 20)), work))
            wall = time.perf_counter() - began
        found.append({"threads": threads, "matches_per_s": round(len(work) / wall, 1), **quantiles(seconds)})
    return found


def tables_of(results: dict[str, Any]) -> list[Table]:
    """The results as tables."""
    overall, process = results["warm"]["all"], results["cold"]
    targets = [
        ("p50 of all k", overall["p50"], P50_MS),
        ("p99 of all k", overall["p99"], P99_MS),
        ("cold process, median", process["median_ms"], COLD_MS),
        ("heavy modules imported", len(process["heavy_modules"]), 0),
    ]
    head = ("k", *overall)
    slowest = process["slowest_imports"]
    return [
        Table("Targets", ("what", "figure", "at most", "ok"), [(*row, row[1] <= row[2]) for row in targets]),
        Table("Warm, one thread, ms", head, [(k, *row.values()) for k, row in results["warm"].items()]),
        Table(
            f"Stages at k = 20, ms (p50 of the whole {results['stages']['whole']['p50']})",
            ("stage", "p50", "p99", "share"),
            [(name, *row.values()) for name, row in results["stages"].items() if name != "whole"],
        ),
        of_dicts("Threads, k = 20, ms", results["threads"]),
        Table("Cold: `matcher match` on the demo index, slowest imports, ms", ("module", "own"), slowest),
    ]


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--demo-creators", type=int, default=3000, help="size of the demo world of the cold process")
    given = options.parse_args()
    briefs = read_briefs(real_data() / "judged-briefs" / "briefs.jsonl")
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes)
        for brief in briefs:
            matcher.match(brief, 500)
        results = {
            "warm": warm(matcher, briefs, given.rounds),
            "stages": stages(matcher, briefs, given.rounds),
            "threads": threaded(matcher, briefs, given.rounds),
            "cold": cold(given.demo_creators),
        }
        report("How long does a brief take?", given.out, results, tables_of(results), matcher.index.manifest)


if __name__ == "__main__":
    main()
