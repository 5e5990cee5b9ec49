"""The parts of engagement beside its level, worked by hand and by brute force."""

import math
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.engagement import FROM_POSTS, PARTS, PostRates, Posts, engagement_parts, profile_engagement
from matcher.signals.engagement.parts import LEAST_POSTS, NEWEST, spanned_days
from matcher.signals.engagement.profile import FURTHEST
from matcher.signals.trade import trade_data

NONE = math.nan
NAMES = ("views", "reach", "likes", "comments", "shares", "saves")


def of(rate: list[float], days: list[float] | None = None, paid: list[bool] | None = None, **counts: Any) -> Any:
    """The parts of one creator, by name, from its posts, newest first."""
    m = len(rate)
    posts = Posts(
        np.zeros(m, np.int64),
        np.array(days or [NONE] * m, float),
        np.array(paid or [False] * m),
        {name: np.array(counts.get(name, [NONE] * m), float) for name in NAMES},
    )
    rates = PostRates(np.array(rate), np.zeros(m, np.int8), np.zeros(m, np.bool_))
    return dict(zip(FROM_POSTS, engagement_parts(rates, posts, np.zeros(1, np.int8), 1)[0][0].tolist(), strict=True))


def test_a_rate_that_doubles_every_month() -> None:
    found = of([0.16, 0.08, 0.04, 0.02, 0.01], days=[120, 90, 60, 30, 0])
    assert found["trend"] == pytest.approx(math.log(2))


def test_one_viral_post_does_not_turn_a_trend() -> None:
    found = of([0.05, 0.05, 0.9, 0.05, 0.05, 0.05], days=[50, 40, 30, 20, 10, 0])
    assert found["trend"] == pytest.approx(0.0)


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(1e-4, 1)), min_size=LEAST_POSTS, max_size=12))
def test_the_trend_is_that_of_theil_and_sen(posts: list[tuple[int, float]]) -> None:
    days = np.array([day for day, _ in posts], float)
    if np.ptp(days) < 14:
        assert math.isnan(of([r for _, r in posts], days=days.tolist())["trend"])
        return
    slopes = [math.log(s / r) / (b - a) for (a, r), (b, s) in combinations(posts, 2) if a != b]
    expected = np.median(slopes) * 30
    assert of([r for _, r in posts], days=days.tolist())["trend"] == pytest.approx(expected, abs=1e-9)


def trend_range(log_rate: list[float]) -> Any:
    """The interval of the trend, per 30 days, of posts ten days apart, oldest first."""
    m = len(log_rate)
    posts = Posts(np.zeros(m, np.int64), 10.0 * np.arange(m, dtype=float)[::-1], np.zeros(m, bool), {
        name: np.full(m, NONE) for name in NAMES})  # fmt: skip
    rates = PostRates(np.exp(np.array(log_rate[::-1], float)), np.zeros(m, np.int8), np.zeros(m, np.bool_))
    return engagement_parts(rates, posts, np.zeros(1, np.int8), 1)[1][0].tolist()


def test_the_interval_of_a_trend_by_hand() -> None:
    """
    Six posts, ten days apart: 15 slopes, a deviation of √(6 × 5 × 17 / 18) = 5.32, so ⌊(15 - 8.75) / 2⌋ = 3 are left
    out below and above the interval's ends, the third ones.
    """
    log_rate = [-3.0, -3.2, -2.9, -3.1, -3.6, -3.4]
    slopes = sorted((b - a) / (10 * (j - i)) * 30 for (i, a), (j, b) in combinations(enumerate(log_rate), 2))
    assert trend_range(log_rate) == pytest.approx([slopes[2], slopes[12]])


def test_a_clear_fall_is_told_from_scatter() -> None:
    rng = np.random.default_rng(1)
    fall = [trend_range((-3 - 0.1 * np.arange(12) + rng.normal(scale=0.1, size=12)).tolist()) for _ in range(50)]
    level = [trend_range((-3 + rng.normal(scale=0.5, size=12)).tolist()) for _ in range(300)]
    assert all(high < 0 for _, high in fall)
    assert np.mean([low <= 0 <= high for low, high in level]) == pytest.approx(0.9, abs=0.04)


def test_five_posts_leave_no_end_open_and_ties_may() -> None:
    assert np.isfinite(trend_range([-3.0, -3.1, -3.2, -3.3, -3.4])).all()
    m = np.array([0.0, 0.0, 0.0, 0.0, 20.0])
    posts = Posts(np.zeros(5, np.int64), m[::-1], np.zeros(5, bool), {name: np.full(5, NONE) for name in NAMES})
    rates = PostRates(np.array([0.1, 0.2, 0.1, 0.2, 0.3]), np.zeros(5, np.int8), np.zeros(5, np.bool_))
    assert engagement_parts(rates, posts, np.zeros(1, np.int8), 1)[1][0].tolist() == [-math.inf, math.inf]


@pytest.mark.parametrize(
    ("rate", "days"),
    [
        pytest.param([0.1] * 4, [90, 60, 30, 0], id="four posts"),
        pytest.param([0.1] * 5, [4, 3, 2, 1, 0], id="five posts of five days"),
        pytest.param([0.1] * 5, [NONE] * 5, id="no dates"),
    ],
)
def test_too_little_for_a_trend(rate: list[float], days: list[float]) -> None:
    assert math.isnan(of(rate, days=days)["trend"])


def test_steadiness_is_the_median_distance_from_the_median() -> None:
    e = math.e
    assert of([0.01, 0.01 * e, 0.01 / e, 0.01 * e**3, 0.01])["steadiness"] == pytest.approx(-1.0)
    assert of([0.02] * 5)["steadiness"] == 0.0
    assert math.isnan(of([0.02] * 4)["steadiness"])


def test_talk_and_passing_on() -> None:
    actions: dict[str, Any] = {
        "likes": [9, 99, 999],
        "comments": [1, 9, 9],
        "shares": [1, NONE, 0],
        "saves": [2, NONE, 0],
    }
    found = of([0.1] * 3, views=[100] * 3, **actions)
    assert found["comments_per_like"] == pytest.approx(math.log(9.5 / 100))
    assert found["passed_on"] == pytest.approx((math.log(3.5 / 100) + math.log(0.5 / 100)) / 2)
    assert math.isnan(of([0.1], likes=[9], comments=[1], views=[10])["passed_on"])


def test_sponsored_posts_are_compared_with_the_others() -> None:
    found = of([0.02, 0.02, 0.04, 0.04, 0.04], paid=[True, True, False, False, False])
    assert found["sponsored"] == pytest.approx(math.log(0.5))
    assert math.isnan(of([0.02, 0.04, 0.04], paid=[True, False, False])["sponsored"])


def test_only_the_newest_posts_count() -> None:
    assert of([0.05] * NEWEST + [0.9] * 50)["steadiness"] == 0.0


def creators(talk: list[float]) -> Any:
    """Creators of five posts of one rate each; `talk` comments per 100 likes."""
    n = len(talk)
    owner = np.repeat(np.arange(n), 5)
    counts = {name: np.full(5 * n, NONE) for name in NAMES}
    counts |= {"likes": np.full(5 * n, 100.0), "comments": np.repeat(np.array(talk, float), 5)}
    posts = Posts(owner, np.full(5 * n, NONE), np.zeros(5 * n, np.bool_), counts)
    rates = PostRates(np.full(5 * n, 0.05), np.zeros(5 * n, np.int8), np.zeros(5 * n, np.bool_))
    return profile_engagement(rates, posts, np.zeros(n, np.int32))


def test_a_part_moves_the_value_by_its_weight_at_most() -> None:
    from scipy.special import ndtr

    found = creators([1, 2, 3, 4, 5000])
    most = trade_data("engagement")["weights"]["comments_per_like"] * FURTHEST
    assert found.value[4] == pytest.approx(ndtr(most)) and found.value[2] == pytest.approx(0.5)
    assert found.parts_percentile[:, 2] == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert np.isnan(found.parts_percentile[:, 0]).all()


@given(st.lists(st.integers(0, 200), min_size=3, max_size=8), st.integers(0, 7), st.integers(1, 100))
def test_more_talk_never_lowers_the_standing(talk: list[int], at: int, more: int) -> None:
    at %= len(talk)
    before = creators([*map(float, talk)]).parts_percentile[at, 2]
    talk[at] += more
    assert creators([*map(float, talk)]).parts_percentile[at, 2] >= before - 1e-9


def test_the_weights_of_the_parts_sum_to_one() -> None:
    weights = trade_data("engagement")["weights"]
    assert set(weights) == {"rate", *PARTS} and sum(weights.values()) == pytest.approx(1.0)


def test_the_days_that_a_trend_spans_are_those_of_its_own_posts() -> None:
    posts = Posts(np.array([0, 0, 0, 0, 2]), np.array([90.0, NONE, 40.0, 10.0, 5.0]), np.zeros(5, np.bool_), {})
    rates = PostRates(np.full(5, 0.1), np.array([0, 0, 0, 1, 0], np.int8), np.zeros(5, np.bool_))
    found = spanned_days(rates, posts, np.zeros(3, np.int8), 3)  # the post of day 10 counts by another denominator
    assert found == pytest.approx([50.0, NONE, 0.0], nan_ok=True)
