"""Growth after posting, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.engagement import PostGrowth, Readings, growth_parts, post_growth
from matcher.signals.engagement.growth import LONGEST_DAYS, SHORTEST_DAYS, half_lives


def growth_of(*readings: tuple[float, float], post: int = 0, n: int = 1) -> PostGrowth:
    """Growth of one post from (age in days, views)."""
    ages, views = np.array(readings, float).reshape(-1, 2).T
    return post_growth(Readings(np.full(len(ages), post), ages, views), n)


@given(st.floats(0.2, 50), st.floats(0.1, 5), st.floats(2.0, 20))
def test_the_half_life_of_a_saturating_curve_is_found(days: float, first: float, times: float) -> None:
    last = first * times
    ratio = (1 - 0.5 ** (first / days)) / (1 - 0.5 ** (last / days))
    if ratio < 0.9999:  # a curve that is flat from the first reading on tells no half-life
        found = half_lives(np.array([first]), np.array([last]), np.array([ratio]))
        assert found[0] == pytest.approx(days, rel=0.01)


def test_half_of_the_views_in_a_day() -> None:
    assert growth_of((1, 500), (2, 750), (100, 1000)).half_life_days[0] == pytest.approx(1.0, rel=1e-6)


def test_a_burst_is_short_and_steady_growth_is_long() -> None:
    assert growth_of((1, 1000), (10, 1000)).half_life_days[0] == pytest.approx(SHORTEST_DAYS)
    assert growth_of((1, 100), (10, 1000)).half_life_days[0] == pytest.approx(LONGEST_DAYS)


def test_late_growth_is_what_comes_after_three_days() -> None:
    assert growth_of((2, 400), (4, 600), (8, 1000)).late_share[0] == pytest.approx(0.5)
    assert growth_of((3, 900), (7, 1000)).late_share[0] == pytest.approx(0.1)


@pytest.mark.parametrize(
    "readings",
    [
        pytest.param([(1, 100)], id="one reading"),
        pytest.param([(10, 100), (12, 110)], id="the last is not twice as old"),
        pytest.param([(0.2, 100), (0.9, 110)], id="less than a day apart"),
        pytest.param([(-1, 50), (2, 100)], id="read before publishing"),
        pytest.param([(1, 100), (9, 90)], id="views that fall"),
        pytest.param([(1, 0), (9, 100)], id="no views at first"),
        pytest.param([], id="no readings"),
    ],
)
def test_what_tells_no_half_life(readings: list[tuple[float, float]]) -> None:
    assert np.isnan(growth_of(*readings).half_life_days).all()


@pytest.mark.parametrize(
    "readings",
    [
        pytest.param([(1, 100), (4, 200)], id="the last is too young"),
        pytest.param([(4, 100), (9, 200)], id="no early reading"),
        pytest.param([(1, 100), (9, 200)], id="a gap too wide"),
        pytest.param([(2, 100), (4, 300), (9, 90)], id="views that fall"),
    ],
)
def test_what_tells_no_late_growth(readings: list[tuple[float, float]]) -> None:
    assert np.isnan(growth_of(*readings).late_share).all()


def test_falling_views_are_counted() -> None:
    ages, views = np.array([1.0, 5.0, 1.0, 5.0]), np.array([10.0, 20.0, 20.0, 10.0])
    found = post_growth(Readings(np.array([0, 0, 2, 2]), ages, views), 3)
    assert found.falling == 1
    assert np.isnan(found.half_life_days).tolist() == [False, True, True]


def test_views_that_fall_in_between_say_nothing_either() -> None:
    """A reading of another post, or a failed one: the first and the last alone would look like growth."""
    found = growth_of((1, 100), (3, 900), (5, 200), (9, 1000))
    assert found.falling == 1 and np.isnan(found.half_life_days).all() and np.isnan(found.late_share).all()


def test_the_order_of_readings_does_not_matter() -> None:
    readings = [(1.0, 100.0), (2.5, 300.0), (5.0, 450.0), (8.0, 500.0)]
    assert growth_of(*readings[::-1]).late_share[0] == growth_of(*readings).late_share[0]
    assert growth_of(*readings[::-1]).half_life_days[0] == growth_of(*readings).half_life_days[0]


def test_a_creator_takes_the_median_of_its_posts() -> None:
    growth = PostGrowth(np.array([1.0, 4.0, np.nan, 9.0]), np.array([0.1, np.nan, np.nan, 0.5]), 0)
    found = growth_parts(growth, np.array([0, 0, 0, 2]), 3)
    assert np.exp(found["half_life"].part) == pytest.approx([2.0, np.nan, 9.0], nan_ok=True)
    assert found["half_life"].seen.tolist() == [2, 0, 1]
    assert found["late_growth"].part == pytest.approx([0.1, np.nan, 0.5], nan_ok=True)
