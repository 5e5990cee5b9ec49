"""What earlier posts say, by hand and against a plain loop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.forecast import Series
from matcher.signals.forecast.history import HALF_LIFE_POSTS, NEWEST, before_next, before_posts

DAY = 86_400.0


def series_of(*slots: list[float], days: float = 1.0) -> Series:
    """Series of log counts, one a day from day 0 in each slot."""
    slot = np.repeat(np.arange(len(slots)), [len(own) for own in slots])
    at = np.concatenate([np.arange(len(own)) * days * DAY for own in slots])
    return Series(slot, np.concatenate([np.array(own, dtype=np.float64) for own in slots]), at)


def test_the_first_post_has_no_past() -> None:
    found = before_posts(series_of([4.0], [5.0]), np.arange(2))
    assert found.posts.tolist() == [0, 0]
    assert all(np.isnan(values).all() for values in (found.median, found.spread, found.latest, found.silence))


def test_the_past_by_hand() -> None:
    found = before_posts(series_of([1.0, 2.0, 6.0, 9.0], days=2.0), np.array([1, 3]))
    assert found.posts.tolist() == [1, 3]
    assert found.median.tolist() == [1.0, 2.0]
    assert found.spread == pytest.approx([np.nan, 1.0], nan_ok=True)  # distances from 2: 1, 0, 4
    half = 0.5 ** (1 / HALF_LIFE_POSTS)
    assert found.latest[1] == pytest.approx((6.0 + 2.0 * half + 1.0 * half**2) / (1 + half + half**2))
    assert found.silence.tolist() == [2.0, 2.0]


def test_the_next_post_knows_all_that_came_before_and_how_long_ago() -> None:
    found = before_next(series_of([1.0, 2.0], [], [7.0]), 3, now=10 * DAY)
    assert found.posts.tolist() == [2, 0, 1]
    assert found.median == pytest.approx([1.5, np.nan, 7.0], nan_ok=True)
    assert found.silence == pytest.approx([9.0, np.nan, 10.0], nan_ok=True)


def test_a_date_that_is_not_known_leaves_the_silence_unknown() -> None:
    undated = Series(np.zeros(2, np.int64), np.array([1.0, 2.0]), np.full(2, -np.inf))
    assert np.isnan(before_posts(undated, np.arange(2)).silence).all()
    assert np.isnan(before_next(undated, 1, now=DAY).silence).all()


@given(st.lists(st.lists(st.floats(0, 20), max_size=NEWEST + 5), min_size=1, max_size=4))
def test_every_past_is_that_of_a_plain_loop(slots: list[list[float]]) -> None:
    series = series_of(*slots)
    found = before_posts(series, np.arange(len(series.slot)))
    row = 0
    for own in slots:
        for end in range(len(own)):
            past = own[:end][-NEWEST:]
            assert found.posts[row] == len(past)
            if past:
                assert found.median[row] == pytest.approx(np.median(past))
            if len(past) > 1:
                assert found.spread[row] == pytest.approx(np.median(np.abs(np.array(past) - np.median(past))))
            row += 1
