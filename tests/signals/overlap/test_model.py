"""The model of overlap, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.overlap import expected_reach
from matcher.signals.trade import trade_data

SHARE = trade_data("overlap")["best_known_share"]


def test_two_creators_of_one_country() -> None:
    found = expected_reach(np.array([100.0, 60.0]), np.ones((2, 1)), np.array([330.0]))
    pool = 330 / SHARE
    both = 100 * 60 / pool
    assert found.shared[0, 1] == pytest.approx([both, 0, 60])
    assert found.alone[0] == pytest.approx([100 - both, 40, 100])
    assert found.alone[1] == pytest.approx([60 - both, 0, 60])
    assert found.together == pytest.approx([160 - both, 100, 160])
    assert found.people.tolist() == [[100.0] * 3, [60.0] * 3]


def test_creators_of_two_countries_share_nobody() -> None:
    found = expected_reach(np.array([100.0, 60.0]), np.eye(2), np.array([100.0, 60.0]))
    assert found.shared[0, 1].tolist() == [0.0, 0.0, 0.0]
    assert found.together.tolist() == pytest.approx([160.0] * 3)


def test_part_of_the_audience_in_common() -> None:
    spread = np.array([[0.5, 0.5], [0.0, 1.0]])
    found = expected_reach(np.array([100.0, 60.0]), spread, np.array([1000.0, 330.0]))
    assert found.shared[0, 1] == pytest.approx([50 * 60 / (330 / SHARE), 0, 50])


@given(st.lists(st.tuples(st.integers(1, 10**7), st.floats(0, 1)), min_size=2, max_size=6), st.integers(0, 10**8))
def test_values_lie_within_their_bounds_and_add_up(creators: list[tuple[int, float]], best: int) -> None:
    followers = np.array([float(count) for count, _ in creators])
    home = np.array([share for _, share in creators])
    found = expected_reach(followers, np.stack([home, 1 - home], axis=1), np.array([best, best / 2]))
    for numbers in (found.together, *found.alone, *found.shared.reshape(-1, 3)):
        value, low, high = numbers
        assert low <= value * (1 + 1e-9) + 1e-6 and value <= high * (1 + 1e-9) + 1e-6
    assert found.together[0] <= followers.sum() * (1 + 1e-9)
    if len(creators) == 2:
        assert found.together[0] == pytest.approx(followers.sum() - found.shared[0, 1, 0])
