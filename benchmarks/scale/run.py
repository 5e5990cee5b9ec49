#!/usr/bin/env python3
"""
How far does one machine go? A large invented world: made, reindexed by the command, and matched.

    python benchmarks/scale/run.py [--creators 200000] [--posts-per-creator 10] [--folder DIR] [--indexes DIR]

With an index of an earlier run in DIR, only matching is measured again. Reindex and matching run in processes of their
own, so that each one's memory is its own. Files that are mapped count as resident while they are in the page cache, so
the figures are upper bounds of what is needed.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, folder_bytes, parser, reindex, report, run_python, scratch

from matcher.demo import write_world
from matcher.demo.world import TABLES
from matcher.snapshot import SnapshotStore

MOST_MB, MOST_P50_MS = 8_000, 60


def made(folder: Path, creators: int, posts_per_creator: float) -> dict[str, Any]:
    """The world's tables, unless they are there already."""
    began = time.perf_counter()
    if not (folder / "truth.jsonl").is_file():
        write_world(folder, creators=creators, posts_per_creator=posts_per_creator)
    return {"seconds": round(time.perf_counter() - began, 1), "bytes": folder_bytes(folder)}


def reindexed(tables: Path, indexes: Path) -> dict[str, Any]:
    """One full reindex by the command."""
    used, summary = reindex({name: tables / f"{name}.parquet" for name in TABLES}, indexes, "--keep", "1", "--full")
    posts = summary["counts"]["posts"]
    return {
        "wall_s": used.wall_s,
        "cpu_s": used.cpu_s,
        "peak_rss_mb": used.peak_rss_mb,
        "posts_per_s": round(posts / used.wall_s, 1),
        "rows": {name: counts["read"] for name, counts in summary["tables"].items()},
        "index_bytes": folder_bytes(SnapshotStore(indexes).folder()),
        "bytes_per_post": round(folder_bytes(SnapshotStore(indexes).folder()) / max(1, posts), 1),
        "seconds": summary["seconds"],
    }


def matched(indexes: Path, rounds: int) -> dict[str, Any]:
    """Match latency and memory, in a process of its own."""
    used = run_python(Path(__file__).with_name("matching.py"), indexes, str(rounds))
    return json.loads(used.stdout) | {"peak_rss_mb": used.peak_rss_mb}


def tables_of(results: dict[str, Any]) -> list[Table]:
    """The results as tables."""
    nightly, daily = results["reindex"], results["match"]
    targets = [
        ("reindex, peak memory, MB", nightly["peak_rss_mb"], MOST_MB),
        ("match, p50, ms", daily["all"]["p50"], MOST_P50_MS),
    ]
    figures = [(name, value) for name, value in nightly.items() if not isinstance(value, dict)]
    return [
        Table("Targets", ("what", "figure", "at most", "ok"), [(*row, row[1] <= row[2]) for row in targets]),
        Table("Reindex", ("figure", "value"), [*figures, *((f"{n} rows", v) for n, v in nightly["rows"].items())]),
        Table("Seconds of each stage", ("stage", "seconds"), list(nightly["seconds"].items())),
        Table(
            f"Match, warm, one thread, ms (process at most {daily['peak_rss_mb']:,} MB)",
            ("briefs", *daily["all"]),
            [(name, *row.values()) for name, row in daily.items() if isinstance(row, dict)],
        ),
        Table("Open", ("figure", "value"), [(n, v) for n, v in daily.items() if not isinstance(v, dict)]),
    ]


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--creators", type=int, default=200_000)
    options.add_argument("--posts-per-creator", type=float, default=10)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder", type=Path, help="keep the tables here, and use them when they are there already")
    given = options.parse_args()
    with scratch(given.folder) as folder, scratch(given.indexes) as indexes:
        if SnapshotStore(indexes).ids():  # made by the last run: only the matching is measured again
            before = json.loads((given.out / "results.json").read_text(encoding="utf-8"))
            results: dict[str, Any] = {part: before[part] for part in ("world", "reindex")}
        else:
            results = {"world": made(folder, given.creators, given.posts_per_creator)}
            print(f"tables: {results['world']}", file=sys.stderr)
            results["reindex"] = reindexed(folder, indexes)
            print(f"reindex: {results['reindex']['wall_s']} s", file=sys.stderr)
        results["match"] = matched(indexes, given.rounds)
        manifest = SnapshotStore(indexes).manifest()
        report("How far does one machine go?", given.out, results, tables_of(results), manifest)


if __name__ == "__main__":
    main()
