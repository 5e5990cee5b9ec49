"""Conformal offsets by hand, and that the intervals hold what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.forecast import calibrate
from matcher.signals.forecast.conformal import conformal_quantile
from matcher.signals.peers import MERGED


@pytest.mark.parametrize(
    ("n", "miss", "expected"),
    [
        pytest.param(19, 0.05, 19.0, id="20 × 0.95 = 19th smallest"),
        pytest.param(39, 0.05, 38.0, id="40 × 0.95 = 38th smallest"),
        pytest.param(9, 0.1, 9.0, id="10 × 0.9 = 9th smallest"),
        pytest.param(18, 0.05, np.inf, id="too few: 19 × 0.95 = 19th of 18"),
        pytest.param(0, 0.05, np.inf, id="nothing to go by"),
    ],
)
def test_the_conformal_quantile(n: int, miss: float, expected: float) -> None:
    scores = np.random.default_rng(1).permutation(np.arange(1.0, n + 1))
    assert conformal_quantile(scores, miss) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        pytest.param(1.0, 36.0, id="all alike: 40 × 0.9 = 36th smallest"),
        pytest.param(0.0, 18.0, id="the old say nothing: 20 × 0.9 = 18th of the 19 new"),
        pytest.param(0.5, 35.0, id="half: (19 + 10 + 1) × 0.9 = 27 = 19 + 16 / 2, the 16th of the old"),
    ],
)
def test_what_is_newer_counts_for_more(old: float, expected: float) -> None:
    """New scores are 1 … 19, old ones 20 … 39."""
    scores, weight = np.arange(1.0, 40.0), np.repeat([1.0, old], [19, 20])
    assert conformal_quantile(scores, 0.1, weight) == expected


def test_each_group_has_offsets_of_its_own_and_both_ends_theirs() -> None:
    """Of 19 posts each: in group 0 up to 19 below the low end, in group 1 none nearer than 1 within the high end."""
    y = np.concatenate([-np.arange(1.0, 20), -np.arange(1.0, 20)])
    low, high = np.concatenate([np.zeros(19), np.full(19, -40.0)]), np.full(38, 5.0)
    keys = np.repeat([[0, 0], [1, 0]], 19, axis=0)
    found = calibrate(low, high, y, keys, miss=0.1, least=10).of(np.array([[0, 0], [1, 0]]))
    assert found.tolist() == [[19.0, -6.0], [-21.0, -6.0]]


def test_a_thin_group_takes_the_offsets_of_what_it_is_merged_with() -> None:
    keys = np.array([[0, 0]] * 30 + [[0, 1]] * 14 + [[0, 2]] * 6)
    y = np.arange(50.0)
    offsets = calibrate(np.zeros(50), np.full(50, 45.0), y, keys, least=20)
    assert offsets.posts == {(0, 0): 30, (0, MERGED): 20}
    thin, unseen, elsewhere = offsets.of(np.array([[0, 1], [0, 9], [5, 5]])).tolist()
    assert thin == unseen == [-30.0, 4.0]
    assert elsewhere == list(offsets.whole)


def test_what_is_left_of_a_platform_takes_the_offsets_of_all_of_it() -> None:
    """Never those of another platform, whose leftovers are as thin."""
    keys = np.array([[0, 0]] * 30 + [[0, 1]] * 10 + [[1, 0]] * 30 + [[1, 1]] * 10)
    y = np.concatenate([np.arange(40.0), 100 + np.arange(40.0)])
    offsets = calibrate(np.zeros(80), np.zeros(80), y, keys, least=20)
    here, there = offsets.of(np.array([[0, 1], [1, 1]])).tolist()
    assert here == [-1.0, 38.0] and there == [-101.0, 138.0]


def test_a_group_of_old_posts_is_as_thin_as_one_of_few() -> None:
    """Both ends hold 19 of 20 times: (W + 1) × 0.95 ≤ W takes posts that weigh 19 together."""
    keys = np.array([[0, 0]] * 40 + [[0, 1]] * 40 + [[0, 2]] * 37)
    y = np.concatenate([np.zeros(40), np.ones(40), np.full(37, 2.0)])
    weight = np.repeat([1.0, 0.25, 0.25], [40, 40, 37])
    offsets = calibrate(np.zeros(117), np.zeros(117), y, keys, weight, least=20)
    assert offsets.posts == {(0, 0): 40, (0, MERGED): 77}
    assert offsets.of(np.array([[0, 1], [0, 2]])).tolist() == [[-1.0, 2.0]] * 2


def test_old_posts_of_one_group_take_the_offsets_of_their_platform() -> None:
    keys, weight = np.array([[0, 0]] * 40 + [[0, 1]] * 40), np.repeat([1.0, 0.25], 40)
    offsets = calibrate(np.zeros(80), np.zeros(80), np.arange(80.0), keys, weight, least=20)
    assert set(offsets.posts) == {(0, 0), (0, MERGED)} and offsets.posts[0, MERGED] == 80
    assert np.isfinite(offsets.of(keys)).all()


@given(st.integers(0, 50), st.floats(0.3, 3.0))
def test_nine_of_ten_unseen_posts_lie_in_their_interval(seed: int, wrong: float) -> None:
    """However wrong the widths of the model are."""
    rng = np.random.default_rng(seed)
    scale = np.repeat([1.0, 4.0], 2000)
    keys = np.repeat([[0], [1]], 2000, axis=0)
    seen, unseen = rng.normal(scale=scale), rng.normal(scale=scale)
    low, high = np.full(4000, -wrong), np.full(4000, wrong)
    ends = calibrate(low, high, seen, keys).of(keys)
    inside = (unseen >= low - ends[:, 0]) & (unseen <= high + ends[:, 1])
    assert inside[:2000].mean() == pytest.approx(0.9, abs=0.035)
    assert inside[2000:].mean() == pytest.approx(0.9, abs=0.035)
