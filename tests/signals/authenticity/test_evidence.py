"""The parts side by side, worked out by hand."""

import numpy as np
import pytest

from matcher.signals.authenticity import evidence as parts
from matcher.signals.authenticity.band import deviations, excess, rescaled
from matcher.signals.authenticity.evidence import PARTS, Evidence
from matcher.signals.authenticity.lockstep import Lockstep

ONE = np.zeros(5, np.int64)


def of(found: Evidence, name: str) -> list[float]:
    return [float(x) for x in found.parts[:, PARTS.index(name)]]


def test_deviations_from_the_peers() -> None:
    values = np.array([0.0, 1.0, 2.0, 3.0, 8.0])  # median 2, MAD 1
    found = deviations(values, ONE, np.full(5, 3))  # three posts: halfway
    np.testing.assert_allclose(found, 0.5 * (values - 2) / 1.4826)
    assert np.isnan(deviations(np.array([np.nan, 1.0]), ONE[:2], np.array([3, 3]))[0])


def test_excess_of_a_count() -> None:
    # 10 of 50, 10 % usual: 5 more than expected, variance 50 × 0.1 × 0.9 × (1 + 49 × 0.1) + 1
    found = excess(np.array([10, 0, 0]), np.array([50, 50, 0]), 0.1, 0.1)
    assert found[0] == pytest.approx(5 / np.sqrt(4.5 * 5.9 + 1))
    assert found[1] == pytest.approx(-5 / np.sqrt(4.5 * 5.9 + 1))
    assert np.isnan(found[2])


def test_deviations_are_put_on_the_scale_of_the_index() -> None:
    wide = np.linspace(0, 10, 101)  # 97 % lie below 9.7
    np.testing.assert_allclose(rescaled(wide), wide * 1.881 / 9.7)
    np.testing.assert_array_equal(rescaled(wide / 100), wide / 100)
    assert np.isnan(rescaled(np.array([np.nan, 1.0]))[0]) and np.isnan(rescaled(np.full(3, np.nan))).all()
    np.testing.assert_array_equal(rescaled(wide[:99]), wide[:99])  # too few creators to tell


def test_both_tails_of_engagement() -> None:
    found = Evidence.nothing(5)
    rate = np.exp(np.array([-4.0, -3.0, -2.0, -1.0, np.nan]))
    talk = np.array([0.0, 1.0, 2.0, 3.0, np.nan])
    parts.add_engagement(found, rate, np.array([0, 0, 0, 0, -1]), talk, np.array([9, 9, 9, 9, 0]), ONE)
    high, low = of(found, "engagement_high"), of(found, "engagement_low")
    assert high[:2] == [0, 0] and high[3] > high[2] > 0
    assert low[2:4] == [0, 0] and low[0] > low[1] > 0
    assert high[3] == pytest.approx(low[0])
    assert all(np.isnan(of(found, name)[4]) for name in PARTS)


def test_mass_following() -> None:
    found = Evidence.nothing(5)
    following, followers = np.array([100.0, 200, 300, 7000, np.nan]), np.full(5, 1000.0)
    parts.add_following(found, following, followers, ONE)
    said = of(found, "following")
    assert said[:3] == [0, 0, 0] and said[3] > 1 and np.isnan(said[4])


def test_people_take_enough_commenters() -> None:
    people = Lockstep(np.array([4, 20, 20, 20, 0]), np.array([4, 8, 0, 0, 0]), np.array([4, 0, 9, 0, 0]))
    found = Evidence.nothing(5)
    parts.add_people(found, people, np.array([3, 0, 1, 4, 0]))
    assert np.isnan(of(found, "lockstep")[0]) and np.isnan(of(found, "lockstep")[4])
    assert of(found, "lockstep")[1] > 1 and of(found, "lockstep")[2:4] == [0, 0]
    assert of(found, "everywhere")[2] > 1 and of(found, "everywhere")[1] == 0
    assert of(found, "pod")[1:4] == [0, 0, pytest.approx(np.log(4))]  # one partner may be a friend


def test_where_everybody_is_everywhere_nobody_stands_out() -> None:
    found = Evidence.nothing(5)
    parts.add_people(found, Lockstep(np.full(5, 40), np.full(5, 24), np.full(5, 24)), np.zeros(5, np.int64))
    assert of(found, "everywhere") == [0.0] * 5 and of(found, "lockstep") == [0.0] * 5


def test_poor_comments_are_weighed_against_those_of_the_peers() -> None:
    comments, poor = np.full(5, 100), np.array([20, 20, 20, 20, 90])
    found = Evidence.nothing(5)
    parts.add_comments(found, comments, poor, ONE)
    said = of(found, "comments")
    assert said[:4] == [0, 0, 0, 0] and said[4] > 3
    everywhere_poor = Evidence.nothing(5)  # where everybody's comments look so, nobody stands out
    parts.add_comments(everywhere_poor, comments, np.full(5, 90), ONE)
    assert max(of(everywhere_poor, "comments")) < 0.5
