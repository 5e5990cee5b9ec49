#!/usr/bin/env python3
"""
Is the overlap of creators right? Theta sketches of who comments against the exact sets, on the real comments.

    python benchmarks/overlap/run.py [--indexes DIR]

(a) Groups of creators, with the sketches that the index keeps: as every creator of the data has fewer than 4,096
commenters, those are exact. (b) The same groups with sketches so small that they have to estimate. (c) Large sets: the
commenters of many creators taken for those of one, in sketches as the index keeps them, each pair under another salt.
Two deviations should hold 95 % of all numbers; `ok` leaves room for the chance of so many draws.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, parser, real_data, real_indexes, report

from matcher.retrieval.index import Index
from matcher.signals.overlap import Reach, Sketches, build_sketches, sketched_reach
from matcher.snapshot import SnapshotStore

SEED = 7
GROUPS = 200
SIZES = (2, 5, 15)
LEAST_COMMENTERS = 10
SMALL_LG_K = 5
LARGE = ((100, 50), (400, 100), (1500, 500))
"""Creators that a large set is made of, and how many of them two sets have in common."""
LARGE_PAIRS = 200


def real_people(index: Index) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Pairs (creator row, hash of a person) of every comment of the data, the creators' own left out."""
    folder = real_data() / "real-creators"
    posts = pq.read_table(folder / "posts.parquet", columns=["post_id", "creator_id"]).to_pandas()
    comments = pq.read_table(folder / "comments.parquet", columns=["post_id", "author_id", "by_creator"]).to_pandas()
    owner = dict(zip(posts["post_id"], posts["creator_id"], strict=True))
    comments["creator_id"] = comments["post_id"].map(owner)
    others = comments[~comments["by_creator"] & (comments["author_id"] != comments["creator_id"])]
    rows = {creator_id: index.creator_row(creator_id) for creator_id in others["creator_id"].unique()}
    people, code = np.unique(others["author_id"].to_numpy(str), return_inverse=True)
    hashes = np.random.default_rng(SEED).integers(1, 2**62, len(people), dtype=np.uint64)
    return others["creator_id"].map(rows).to_numpy(np.int64), hashes[code]


def exact_sets(creator: NDArray[np.int64], person: NDArray[np.uint64]) -> dict[int, set[int]]:
    """Creator row → the people who comment."""
    found: dict[int, set[int]] = {}
    for row, one in zip(creator.tolist(), person.tolist(), strict=True):
        found.setdefault(row, set()).add(one)
    return found


def groups_of(people: dict[int, set[int]], size: int, rng: np.random.Generator) -> list[list[int]]:
    """Groups of creators with enough commenters; half of them drawn at random, half around one commenter's choices."""
    rows = np.array(sorted(row for row, one in people.items() if len(one) >= LEAST_COMMENTERS))
    by_person: dict[int, list[int]] = {}
    for row in rows.tolist():
        for one in people[row]:
            by_person.setdefault(one, []).append(row)
    busy = [chosen for _, chosen in sorted(by_person.items()) if len(chosen) >= size]
    near = [busy[i] for i in rng.permutation(len(busy))[: GROUPS // 2]]
    found = [sorted(rng.choice(chosen, size, replace=False).tolist()) for chosen in near]
    return found + [sorted(rng.choice(rows, size, replace=False).tolist()) for _ in range(GROUPS - len(found))]


def compare(reach: Reach, sets: Sequence[set[int]]) -> list[tuple[str, float, float, float, float]]:
    """(which number, true, value, low, high) of everything that a reach says."""
    rows = [("together", len(set().union(*sets)), *reach.together)]
    for i, one in enumerate(sets):
        others = set().union(*(other for j, other in enumerate(sets) if j != i))
        rows.append(("alone", len(one - others), *reach.alone[i]))
        rows += [("shared by a pair", len(one & sets[j]), *reach.shared[i, j]) for j in range(i)]
    return rows


def summary(what: str, rows: Sequence[tuple[str, float, float, float, float]], took_ms: float) -> list[list[Any]]:
    """A row for each number: how many, how far off, how often within the ends."""
    found = []
    for name in dict.fromkeys(row[0] for row in rows):
        true, value, low, high = np.array([row[1:] for row in rows if row[0] == name], dtype=np.float64).T
        off = np.abs(value - true)[true > 0] / true[true > 0]
        held = float(np.mean((low <= true) & (true <= high)))
        wide = float(np.median(((high - low) / 2)[true > 0] / true[true > 0]))
        chance = 2 * float(np.sqrt(0.95 * 0.05 / len(true)))
        found.append([what, name, len(true), float(np.median(true)), float(np.median(off)), wide, held,
                      held >= 0.95 - chance, took_ms])  # fmt: skip
    return found


def measured(what: str, sketches: Sketches, groups: list[list[int]], people: dict[int, set[int]]) -> list[list[Any]]:
    """Groups of creators from their sketches against their sets."""
    began, rows = time.thread_time(), []
    reaches = [sketched_reach([sketches.read(row) for row in group]) for group in groups]
    took = (time.thread_time() - began) / len(groups) * 1000
    for group, reach in zip(groups, reaches, strict=True):
        rows += compare(reach, [people[row] for row in group])
    return summary(what, rows, round(took, 2))


def large(people: dict[int, set[int]], size: int, common: int, rng: np.random.Generator) -> list[list[Any]]:
    """Pairs of sets made of many creators each."""
    rows_of = np.array(sorted(people))
    rows, took = [], 0.0
    for _ in range(LARGE_PAIRS):
        chosen = rng.choice(rows_of, 2 * size - common, replace=False).tolist()
        sets = [set().union(*(people[row] for row in part)) for part in (chosen[:size], chosen[size - common :])]
        creator = np.repeat([0, 1], [len(one) for one in sets])
        salted = np.array([p for one in sets for p in one], np.uint64) ^ rng.integers(0, 2**62, dtype=np.uint64)
        sketches = build_sketches(creator, salted, 2)
        began = time.thread_time()
        rows += compare(sketched_reach([sketches.read(0), sketches.read(1)]), sets)
        took += time.thread_time() - began
    return summary(f"c: {size:,} creators as one, {common:,} in common", rows, round(took / LARGE_PAIRS * 1000, 2))


def main() -> None:
    """Run all three and write the results."""
    options = parser(__doc__, Path(__file__).parent).parse_args()
    with real_indexes(options.indexes) as indexes:
        index = Index.open(SnapshotStore(indexes).folder(), verify=False)
        creator, person = real_people(index)
        people = exact_sets(creator, person)
        kept = Sketches(*index.commenter_sketches)
        small = build_sketches(creator, person, len(index.creators), SMALL_LG_K)
        rng, rows = np.random.default_rng(SEED), []
        for size in SIZES:
            groups = groups_of(people, size, rng)
            rows += measured(f"a: groups of {size}", kept, groups, people)
            rows += measured(f"b: groups of {size}, sketches of {2**SMALL_LG_K}", small, groups, people)
        for size, common in LARGE:
            rows += large(people, size, common, rng)
        manifest = index.manifest
    head = ("sets", "number", "n", "true_median", "off_median", "half_width_median", "within", "ok", "ms_a_group")
    kept_bytes = int(kept.octets.size)
    estimated = [row for row in rows if row[5] > 0]
    held = sum(row[2] * row[6] for row in estimated) / sum(row[2] for row in estimated)
    facts = {
        "within_of_all_estimated": round(held, 4),
        "creators": len(people),
        "people": len(np.unique(person)),
        "bytes": kept_bytes,
    }
    results = {"rows": [dict(zip(head, row, strict=True)) for row in rows], "kept": facts}
    tables = [
        Table("Sketches against exact sets", head, rows),
        Table("In all, and what is kept", tuple(facts), [[*facts.values()]]),
    ]
    report("Is the overlap of creators right?", options.out, results, tables, manifest)


if __name__ == "__main__":
    main()
