"""
Does the service stand up to requests without a pause while the snapshot in use changes?

    python benchmarks/soak/run.py --indexes FOLDER [--seconds 300]

4 clients ask one brief after another, each over a connection that is kept, while every 30 s another snapshot of the
folder, which has to hold two or more, is made the one in use. Every answer has to be a 200.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import Table, parser, report, scratch
from service.run import ask, service

from matcher.snapshot import SnapshotStore

CLIENTS = 4
SWAP_EVERY_S = 30.0


def soak(indexes: Path, ids: Sequence[str], seconds: float) -> dict[str, Any]:
    """How the requests ended, how long they took, and how many swaps were seen."""
    store, before = SnapshotStore(indexes), SnapshotStore(indexes).current()
    ended, snapshots, took = Counter[Any](), Counter[str](), list[float]()
    loads, swaps = [], 0
    with service(indexes, 1) as port:
        end = time.monotonic() + seconds
        asking = [
            threading.Thread(target=ask, args=(port, n, lambda: time.monotonic() < end, ended, snapshots, took))
            for n in range(CLIENTS)
        ]
        for one in asking:
            one.start()
        try:
            while time.monotonic() + SWAP_EVERY_S < end:
                time.sleep(SWAP_EVERY_S)
                loads.append(os.getloadavg()[0])
                swaps += 1
                with store.lock(wait_s=10):
                    store.use(ids[(ids.index(before) + swaps) % len(ids)])
        finally:
            for one in asking:
                one.join()
            with store.lock(wait_s=10):
                store.use(before)
    quantiles = {f"p{100 * q:g}_ms": round(float(np.quantile(took, q)) * 1000, 1) for q in (0.5, 0.99)}
    asked = sum(ended.values())
    return {"seconds": seconds, "swaps": swaps, "requests": asked, "not_200": asked - ended[200],
            "snapshots_seen": len(snapshots), **quantiles, "slowest_ms": round(max(took) * 1000, 1),
            "load_mean": round(float(np.mean(loads)), 1)}  # fmt: skip


def main() -> None:
    """Measure, and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--seconds", type=float, default=300.0)
    given = options.parse_args()
    with scratch(given.indexes) as indexes:
        ids = SnapshotStore(indexes).ids()
        if len(ids) < 2:
            print("Skipped: name a folder of two or more snapshots with --indexes.")
            return
        results = soak(indexes, ids, given.seconds)
        table = Table("Soak", tuple(results), [tuple(results.values())])
        manifest = SnapshotStore(indexes).manifest()
        report("Does the service stand up to a change of its snapshot?", given.out, results, [table], manifest)


if __name__ == "__main__":
    main()
