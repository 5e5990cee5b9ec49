#!/usr/bin/env python3
"""
What does a night cost? The command `matcher reindex` on the real input: all of it, and again after small changes.

    python benchmarks/reindex/run.py [--indexes DIR]

(a) full; (b) the same files again; (c) the same rows in another order and other bytes; (d) other counts only;
(e) another text in 1 % of the posts. Each runs in a process of its own, on the snapshot of the one before.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import TABLES, Table, parser, real_data, reindex, report, scratch

from matcher.snapshot import SnapshotStore

SEED = 7
CHANGED_SHARE = 0.01
Rewrite = Callable[[pa.Table, np.random.Generator], pa.Table]


def shuffled(table: pa.Table, rng: np.random.Generator) -> pa.Table:
    """The same rows in another order."""
    return table.take(pa.array(rng.permutation(table.num_rows)))


def recounted(posts: pa.Table, rng: np.random.Generator) -> pa.Table:
    """More likes and views on every post that has any."""
    for name in ("likes", "views"):
        more = pa.array(rng.integers(1, 50, posts.num_rows))
        column = pc.add(posts.column(name).cast(pa.int64()), more)
        posts = posts.set_column(posts.schema.get_field_index(name), name, column)
    return posts


def retold(posts: pa.Table, rng: np.random.Generator) -> pa.Table:
    """A word more in the text of 1 % of the posts."""
    chosen = np.zeros(posts.num_rows, dtype=np.bool_)
    chosen[rng.choice(posts.num_rows, round(CHANGED_SHARE * posts.num_rows), replace=False)] = True
    text = pc.fill_null(posts.column("text"), "")
    longer = pc.binary_join_element_wise(text, pa.scalar("updated", text.type), pa.scalar(" ", text.type))
    column = pc.if_else(pa.array(chosen), longer, posts.column("text"))
    return posts.set_column(posts.schema.get_field_index("text"), "text", column)


NIGHTS: tuple[tuple[str, dict[str, Rewrite], float | None], ...] = (
    ("a full", {}, None),
    ("b same files", {}, 0.15),
    ("c other order and bytes", dict.fromkeys(TABLES, shuffled), 0.15),
    ("d counts changed", {"posts": recounted}, 0.15),
    ("e 1 % of texts changed", {"posts": retold}, 0.25),
)
"""Name, how tables are rewritten, and the target: the most of (a)'s wall time that it may take."""


def rewritten(real: dict[str, Path], folder: Path, changes: dict[str, Rewrite]) -> dict[str, Path]:
    """The real tables, those that change as new files in a folder."""
    folder.mkdir(parents=True)
    found = dict(real)
    for name, change in changes.items():
        found[name] = folder / f"{name}.parquet"
        changed = change(pq.read_table(real[name]), np.random.default_rng(SEED))
        pq.write_table(changed, found[name], compression="zstd")
    return found


def night(tables: dict[str, Path], indexes: Path) -> dict[str, Any]:
    """One reindex, measured."""
    used, summary = reindex(tables, indexes)
    counts = summary["counts"]
    return {
        "status": summary["status"], "wall_s": used.wall_s, "cpu_s": used.cpu_s, "peak_rss_mb": used.peak_rss_mb,
        "embedded": counts["embedded"], "reused": counts["reused"], "seconds": summary["seconds"],
    }  # fmt: skip


def with_ratio(measured: dict[str, Any], full: dict[str, Any], most: float | None) -> dict[str, Any]:
    """A night beside the full one: the ratio of wall times, and whether it reaches its target."""
    ratio = measured["wall_s"] / full["wall_s"]
    fast = measured["wall_s"] <= 180 if measured is full else most is None or ratio <= most
    target = "≤ 180 s" if measured is full else f"≤ {most:.0%}" if most else "none"
    ok = fast and measured["peak_rss_mb"] <= 4000
    return measured | {
        "ratio": round(ratio, 4),
        "cpu_ratio": round(measured["cpu_s"] / full["cpu_s"], 4),
        "target": f"{target}, ≤ 4 GB",
        "ok": ok,
    }


def main() -> None:
    """Run the nights and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    real = {name: real_data() / "real-creators" / f"{name}.parquet" for name in TABLES}
    measured: dict[str, dict[str, Any]] = {}
    with scratch(options.indexes) as folder, scratch(None) as inputs:
        indexes = folder / "reindexed"
        if SnapshotStore(indexes).ids():
            sys.exit(f"{indexes} holds snapshots already; a full reindex starts from nothing, so name another folder")
        for name, changes, most in NIGHTS:
            tables = rewritten(real, inputs / name[0], changes)
            measured[name] = night(tables, indexes)
            measured[name] = with_ratio(measured[name], measured.get("a full", measured[name]), most)
            print(f"{name}: {measured[name]['wall_s']} s", file=sys.stderr)
        manifest = SnapshotStore(indexes).manifest()
    columns = ("status", "wall_s", "cpu_s", "peak_rss_mb", "ratio", "cpu_ratio", "embedded", "reused", "target", "ok")
    stages = list(dict.fromkeys(stage for one in measured.values() for stage in one["seconds"]))
    tables_out = [
        Table("Nights", ("run", *columns), [(name, *(one[c] for c in columns)) for name, one in measured.items()]),
        Table(
            "Seconds of each stage",
            ("stage", *(name[0] for name in measured)),
            [(stage, *(one["seconds"].get(stage, "") for one in measured.values())) for stage in stages],
        ),
    ]
    report("What does a night cost?", options.out, {"nights": measured}, tables_out, manifest)


if __name__ == "__main__":
    main()
