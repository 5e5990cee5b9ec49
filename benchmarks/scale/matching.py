"""
Match latency on a large index: the four sample briefs and variants of them. Prints one line of JSON.

    python benchmarks/scale/matching.py INDEXES ROUNDS
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import quantiles, timed

from matcher.demo import briefs
from matcher.matching import Matcher
from matcher.records import Brief

KS = (10, 100, 500)


def variants() -> Iterator[tuple[str, Brief]]:
    """Each sample brief as it is, without filters, as its text alone, and for every goal; by kind."""
    for brief in briefs():
        open_to_all = {name: value for name, value in brief.items() if name not in ("must", "must_not")}
        kinds = {"as written": [brief], "no filters": [open_to_all], "text alone": [{"text": brief["text"]}]}
        kinds["other goals"] = [brief | {"goal": goal} for goal in ("awareness", "engagement", "conversion")]
        yield from ((kind, Brief.parse(data)) for kind, several in kinds.items() for data in several)


def main() -> None:
    """Measure, and print."""
    indexes, rounds = Path(sys.argv[1]), int(sys.argv[2])
    began = time.perf_counter()
    matcher = Matcher.open(indexes)
    opened = time.perf_counter() - began
    cases = list(variants())
    first, _ = timed(lambda: matcher.match(cases[0][1], 10))
    for _, brief in cases:
        matcher.match(brief, max(KS))
    seconds: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for kind, brief in cases:
            for k in KS:
                took = timed(lambda b=brief, k=k: matcher.match(b, k))
                for name in (kind, f"k = {k}", "all"):
                    seconds.setdefault(name, []).append(took)
    found: dict[str, Any] = {name: quantiles(of) for name, of in sorted(seconds.items())}
    print(json.dumps({"open_with_checksums_s": round(opened, 3), "first_match_s": round(first, 3)} | found))


if __name__ == "__main__":
    main()
