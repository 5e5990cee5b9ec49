"""Follower histories on a grid of weeks: what is left out, and what stays."""

import numpy as np
import pytest

from matcher.signals.authenticity.weeks import WEEKS, Weeks, previous, weekly

STEADY = [1000.0, 1010, 1020, 1030, 1040, 1050, 1060, 1070, 1080, 1090, 1100, 1110]


def history(followers: list[float], every_days: float = 7.0, creator: int = 0) -> Weeks:
    """Readings from old to new, the last one today."""
    days = np.arange(len(followers) - 1, -1, -1).astype(np.float64) * every_days
    return weekly(np.full(len(followers), creator), days, np.array(followers, dtype=np.float64))


def read(weeks: Weeks) -> list[int]:
    """The followers of the first creator, without empty weeks."""
    size = weeks.size[0]
    return [int(x) for x in np.round(np.exp(size[~np.isnan(size)]))]


def test_a_reading_a_week_is_kept_as_it_is() -> None:
    weeks = history(STEADY)
    assert read(weeks) == STEADY
    assert weeks.days[0, -1] == 0 and weeks.days[0, -2] == 7
    assert weeks.repairs == {"failed": 0, "reset": 0, "double": 0}


def test_of_two_readings_of_one_time_the_highest_counts_and_that_is_counted() -> None:
    days = np.repeat(np.arange(11, -1, -1) * 7.0, 2)
    followers = np.stack([np.array(STEADY), np.array(STEADY) - [1.0, *[0.0] * 11]], axis=1).ravel()
    weeks = weekly(np.zeros(24, np.int64), days, followers)
    assert read(weeks) == STEADY and weeks.repairs["double"] == 1


def test_of_daily_readings_the_last_of_each_week_counts() -> None:
    weeks = history([float(1000 + day) for day in range(70)], every_days=1.0)
    assert read(weeks) == [1000 + day for day in range(6, 70, 7)]


@pytest.mark.parametrize(
    ("followers", "expected", "repairs"),
    [
        pytest.param([*STEADY[:5], 0, *STEADY[6:]], [*STEADY[:5], *STEADY[6:]], (1, 0), id="a reading of 0"),
        pytest.param([*STEADY[:5], 9000, *STEADY[6:]], [*STEADY[:5], *STEADY[6:]], (1, 0), id="one far too high"),
        pytest.param([*STEADY[:5], 90, *STEADY[6:]], [*STEADY[:5], *STEADY[6:]], (1, 0), id="one far too low"),
        pytest.param([90_000, 91_000, *STEADY], STEADY, (0, 2), id="another account before"),
        pytest.param([*STEADY[:8], 600, 610, 620, 630], [*STEADY[:8], 600, 610, 620, 630], (0, 0), id="a fall by 40 %"),
        pytest.param([*STEADY[:6], *[x * 3 for x in STEADY[6:]]], None, (0, 0), id="a jump that stays is kept"),
    ],
)
def test_failed_readings_and_resets(
    followers: list[float], expected: list[float] | None, repairs: tuple[int, int]
) -> None:
    weeks = history(followers)
    assert read(weeks) == (followers if expected is None else expected)
    assert (weeks.repairs["failed"], weeks.repairs["reset"]) == repairs


def test_a_short_history_says_nothing() -> None:
    assert len(history(STEADY[:7]).rows) == 0
    assert history(STEADY[:8], creator=4).rows.tolist() == [4]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    creator, days = np.repeat([2, 5], 40), rng.uniform(0, 300, 80)
    followers = np.round(rng.uniform(900, 1100, 80))
    mixed = rng.permutation(80)
    one, other = weekly(creator, days, followers), weekly(creator[mixed], days[mixed], followers[mixed])
    np.testing.assert_array_equal(one.size, other.size)
    assert one.rows.tolist() == [2, 5]


def test_readings_of_more_than_a_year_ago_and_of_tomorrow_are_left_out() -> None:
    days = np.concatenate([np.arange(0, 84, 7.0), [-1.0, 7.0 * WEEKS]])
    weeks = weekly(np.zeros(14, np.int64), days, np.full(14, 500.0))
    assert int((~np.isnan(weeks.size)).sum()) == 12


def test_the_last_known_value_before_each() -> None:
    none = np.nan
    assert previous(np.array([[none, 1.0, none, 2.0, 3.0]])).tolist() == [[-1, -1, 1, 1, 3]]
