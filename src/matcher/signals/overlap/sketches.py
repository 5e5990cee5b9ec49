"""
Who comments, as theta sketches: sets of people that can be united, intersected and counted, each with its error.

A sketch keeps up to 2^LG_K hashes; a set with fewer members is held whole and counted exactly. Larger ones are counted
with a relative standard error of about 1/√(2^LG_K), 1.6 %; the error of a part is that of the whole, so a small part of
two large sets is the least certain. Dasgupta, Lang, Rhodes & Thaler 2016; the library is Apache DataSketches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.overlap.reach import Reach

LG_K = 12
UNION_LG_K = 14
"""Sets of a group may be held whole up to 16,384 people."""
DEVIATIONS = 2
"""Low and high are two standard deviations away: about 95 %."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """Serialised sketches of n creators, one after another."""

    start: NDArray[np.int64]
    """int64 [n + 1]: offsets into `octets`; a creator of whom nobody is known has none."""
    octets: NDArray[np.uint8]

    def known(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool [m]: whether anybody is known who comments on each creator row."""
        return np.asarray(self.start[rows + 1] > self.start[rows])

    def read(self, row: int) -> Any:
        """The compact theta sketch of a creator row."""
        from datasketches import compact_theta_sketch  # late: only overlap has a use for it

        return compact_theta_sketch.deserialize(self.octets[self.start[row] : self.start[row + 1]].tobytes())


def build_sketches(creator: NDArray[Any], person: NDArray[np.uint64], n: int, lg_k: int = LG_K) -> Sketches:
    """Sketches of n creators from pairs (creator row, hash of a person), in any order and with repeats."""
    from datasketches import update_theta_sketch

    order = np.lexsort((person, creator))
    ends = np.cumsum(np.bincount(creator, minlength=n))
    people = person[order].astype(np.int64)  # the library takes signed integers
    octets: list[bytes] = []
    sizes = np.zeros(n, dtype=np.int64)
    for row, first, end in zip(range(n), [0, *ends.tolist()], ends.tolist(), strict=False):
        if end > first:
            sketch = update_theta_sketch(lg_k)
            add = sketch.update
            for one in people[first:end].tolist():
                add(one)
            octets.append(sketch.compact().serialize())
            sizes[row] = len(octets[-1])
    return Sketches(np.concatenate([[0], np.cumsum(sizes)]), np.frombuffer(b"".join(octets), np.uint8))


def sketched_reach(sketches: Sequence[Any]) -> Reach:
    """The reach of the creators with these theta sketches."""
    from datasketches import theta_a_not_b, theta_intersection, theta_union

    def united(parts: Sequence[Any]) -> Any:
        union = theta_union(UNION_LG_K)
        for part in parts:
            union.update(part)
        return union.get_result()

    m = len(sketches)
    before, after = [united([])], [united([])]
    for i in range(m):
        before.append(united([before[-1], sketches[i]]))
        after.append(united([after[-1], sketches[m - 1 - i]]))
    without = theta_a_not_b()
    alone = [without.compute(own, united([before[i], after[m - 1 - i]])) for i, own in enumerate(sketches)]
    people = np.array([_counted(sketch) for sketch in sketches])
    shared = np.zeros((m, m, 3))
    for i in range(m):
        shared[i, i] = people[i]
        for j in range(i):
            both = theta_intersection()
            both.update(sketches[i])
            both.update(sketches[j])
            shared[i, j] = shared[j, i] = _counted(both.get_result())
    return Reach(people, np.array(_counted(before[-1])), np.array([_counted(part) for part in alone]), shared)


def _counted(sketch: Any) -> tuple[float, float, float]:
    return sketch.get_estimate(), sketch.get_lower_bound(DEVIATIONS), sketch.get_upper_bound(DEVIATIONS)
