"""The usual widths around the median of earlier posts, and how a table moves them."""

import numpy as np
import pytest

from matcher.signals.forecast import TARGETS, Prior
from matcher.signals.forecast.prior import STEPS
from matcher.signals.trade import trade_data

ONE = np.ones(1, np.int64)
TABLE = {
    "loud": {"below": [4.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0], "above": [8.0, 4.0, 4.0, 4.0, 2.0, 2.0, 2.0]},
    "other": {"below": [9.0] * 7, "above": [9.0] * 7},
}
PRIOR = Prior.of_data(TABLE, ["quiet", "loud"])


@pytest.mark.parametrize(
    ("platform", "posts", "peers", "expected"),
    [
        pytest.param(1, 1, 7, (2.0, 4.0), id="one post"),
        pytest.param(1, 4, 7, (2.0, 4.0), id="four posts: as three"),
        pytest.param(1, 5, 7, (1.0, 2.0), id="five posts"),
        pytest.param(1, 0, 3, (4.0 * (4 / 3) ** 0.5, 8.0 * (4 / 3) ** 0.5), id="no post, three peers"),
        pytest.param(1, 0, 10**12, (4.0, 8.0), id="no post, all the peers of the world"),
        pytest.param(0, 30, 1, (9.0, 9.0), id="a platform that is not listed"),
        pytest.param(-1, 30, 1, (9.0, 9.0), id="a platform that is not known"),
    ],
)
def test_how_far_down_and_up(platform: int, posts: int, peers: int, expected: tuple[float, float]) -> None:
    below, above = PRIOR.of(platform * ONE, posts * ONE, peers * ONE)
    assert (below[0], above[0]) == pytest.approx(expected)


def moved(away: np.ndarray, posts: int) -> tuple[float, float]:
    """The widths for so many posts, moved by creators with five posts each."""
    prior = PRIOR.calibrated(np.full(len(away), 1), np.full(len(away), 5), away)
    below, above = prior.of(ONE, posts * ONE, ONE)
    return float(below[0]), float(above[0])


def test_a_table_moves_the_widths_where_it_says_enough() -> None:
    """Nineteen creators, the lowest 3 below, the highest 1 above: wider by 2 below at every step, narrower nowhere."""
    away = np.linspace(-3.0, 1.0, 19)
    assert moved(away, 5) == pytest.approx((3.0, 2.0))
    assert moved(away, 1) == pytest.approx((4.0, 4.0))
    assert moved(away[:18], 5) == (1.0, 2.0), "eighteen say nothing"


def test_many_creators_may_narrow_the_widths_too() -> None:
    """Of sixty the 58th miss counts, 61 × 0.95: two steps of 0.1 from the end."""
    away = np.arange(60) * 0.1 - 5.0  # from 5 below to 0.9 above
    assert moved(away, 5) == pytest.approx((4.8, 0.7))
    assert moved(away, 1) == pytest.approx((5.8, 2.7))


def test_what_is_shipped_covers_every_step_and_never_grows_with_posts() -> None:
    data = trade_data("forecast")
    assert tuple(data["earlier_posts"]) == STEPS and set(data["widths"]) == set(TARGETS)
    for widths in data["widths"].values():
        for ends in widths.values():
            for end in ("below", "above"):
                assert len(ends[end]) == len(STEPS) and ends[end] == sorted(ends[end], reverse=True)
                assert 0.5 < ends[end][-1] and (np.array(ends[end]) <= widths["other"][end]).all()
