"""Sketches against plain sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.signals.overlap import Sketches, build_sketches, sketched_reach

GROUPS = st.lists(st.sets(st.integers(0, 40), max_size=25), min_size=1, max_size=6)


def sketches_of(groups: list[set[int]], lg_k: int = 12) -> Sketches:
    creator = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    person = np.array([one for group in groups for one in sorted(group)], dtype=np.uint64)
    rng = np.random.default_rng(1)
    order = rng.permutation(np.tile(np.arange(len(person)), 2))  # in any order, everybody twice
    return build_sketches(creator[order], person[order] * np.uint64(0x9E3779B97F4A7C15), len(groups), lg_k)


@settings(deadline=None)
@given(GROUPS)
def test_small_sets_are_counted_exactly(groups: list[set[int]]) -> None:
    sketches = sketches_of(groups)
    assert sketches.known(np.arange(len(groups))).tolist() == [bool(group) for group in groups]
    rows = [row for row, group in enumerate(groups) if group]
    sets = [groups[row] for row in rows]
    found = sketched_reach([sketches.read(row) for row in rows])
    assert found.people.tolist() == [[len(one)] * 3 for one in sets]
    assert found.together.tolist() == [len(set().union(*sets))] * 3
    for i, one in enumerate(sets):
        others = set().union(*(other for j, other in enumerate(sets) if j != i))
        assert found.alone[i].tolist() == [len(one - others)] * 3
        for j, other in enumerate(sets):
            assert found.shared[i, j].tolist() == [len(one & other)] * 3


def test_large_sets_hold_the_truth_within_their_error() -> None:
    """100 pairs of 3,000 people, a third of them shared, in sketches of 512: two deviations hold 95 %."""
    inside = []
    for seed in range(100):
        first = set(range(seed * 10_000, seed * 10_000 + 3000))
        second = set(range(seed * 10_000 + 2000, seed * 10_000 + 5000))
        sketches = sketches_of([first, second], lg_k=9)
        found = sketched_reach([sketches.read(0), sketches.read(1)])
        for (value, low, high), true in ((found.together, 5000), (found.shared[0, 1], 1000), (found.alone[0], 2000)):
            assert low < value < high and value == pytest.approx(true, rel=0.4)
            inside.append(low <= true <= high)
    assert np.mean(inside) >= 0.92
