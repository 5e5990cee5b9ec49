"""Follower jumps: found where nothing explains them, and not where something does."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.signals.authenticity.attention import with_features
from matcher.signals.authenticity.jumps import answered, jumps, rises

from .lives import QUIET, posts_of, usual_posts, weeks_of

JUMP = np.log(1.2)
"""A fifth more followers, ten weeks ago: the growth from 77 to 70 days ago."""
JUMPED = QUIET + np.where(np.arange(42) == 31, JUMP, 0.0)
WHEN = 70.0


def test_a_jump_that_no_post_explains() -> None:
    found = jumps(weeks_of(JUMPED), posts_of(*usual_posts()))
    assert found.days_ago.tolist() == [WHEN]
    assert found.size[0] == pytest.approx(0.2, abs=0.005)
    assert found.deviations[0] == pytest.approx(JUMP / 0.004, rel=0.03)  # the least scatter: this history has less
    assert not found.without_posts[0]


def test_a_quiet_year_has_none() -> None:
    assert jumps(weeks_of(QUIET), posts_of(*usual_posts())).deviations[0] < 1.0


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_a_jump_in_two_parts_is_one(share: float) -> None:
    growth = (
        QUIET + np.where(np.arange(42) == 31, share * JUMP, 0.0) + np.where(np.arange(42) == 32, JUMP - share * JUMP, 0)
    )
    found = jumps(weeks_of(growth), posts_of(*usual_posts()))
    assert found.size[0] >= 0.9 * share * 0.2
    assert found.deviations[0] > 20


def explained(interactions: float, giveaway: bool = False) -> float:
    """Deviations that are left when the post of the week before the jump has so many interactions."""
    days, counts = usual_posts()
    counts[10] = interactions
    return float(jumps(weeks_of(JUMPED), posts_of(days, counts, [10] if giveaway else None)).deviations[0])


def test_a_viral_post_explains_it() -> None:
    before = 10_000 * np.exp(-JUMPED[31:].sum())
    assert explained(300 + 0.2 * before + 20) < 5  # a follower for each interaction above 1.3 times the usual 200
    assert explained(600) == pytest.approx(explained(200), rel=0.25)  # 340 more explain a part of 1,700
    assert explained(200) > 40


def test_more_attention_never_leaves_more_to_explain() -> None:
    left = [explained(x) for x in (100, 200, 400, 800, 1600, 3200)]
    assert left == sorted(left, reverse=True)


def test_a_giveaway_explains_it() -> None:
    assert explained(600, giveaway=True) < 5  # three followers an interaction
    assert explained(600) > 25


def test_a_feature_by_a_larger_creator_explains_it() -> None:
    posts = posts_of(*usual_posts())
    featured = with_features(posts, np.array([0]), np.array([WHEN + 3]), np.array([90_000.0]))
    assert jumps(weeks_of(JUMPED), featured).deviations[0] < 5
    late = with_features(posts, np.array([0]), np.array([WHEN - 10]), np.array([90_000.0]))
    assert jumps(weeks_of(JUMPED), late).deviations[0] > 40
    unknown = with_features(posts, np.array([0]), np.array([WHEN + 3]), np.array([np.nan]))
    np.testing.assert_array_equal(unknown.explained, posts.explained)


def test_a_season_is_no_jump() -> None:
    season = QUIET + np.where((np.arange(42) >= 25) & (np.arange(42) < 31), 0.03, 0.0)
    assert jumps(weeks_of(season), posts_of(*usual_posts())).deviations[0] < 2


def test_followers_who_react_speak_for_themselves() -> None:
    days, counts = usual_posts()
    answering = [c * 1.2 if day < WHEN else c for day, c in zip(days, counts, strict=True)]
    silent, loud = posts_of(days, counts), posts_of(days, answering)
    assert jumps(weeks_of(JUMPED), loud).deviations[0] < 0.6 * jumps(weeks_of(JUMPED), silent).deviations[0]
    week = np.array([42])
    assert answered(np.array([0.0]), *rises(week, loud))[0] == 0.0
    nothing = rises(week, replace(loud, posts=np.zeros_like(loud.posts)))
    assert answered(np.array([JUMP]), *nothing)[0] == 0.0 and np.isnan(nothing).all()


def test_followers_who_do_not_react_are_told_from_those_who_do() -> None:
    """Eight weeks with two posts on either side: the error of the rise is the scatter of a post × √(1/n + 1/n')."""
    days, counts = usual_posts()
    answering = [c * 1.2 if day < WHEN else c for day, c in zip(days, counts, strict=True)]
    silent, loud = (jumps(weeks_of(JUMPED), posts_of(days, each)).unanswered[0] for each in (counts, answering))
    rise, error = (float(each[0]) for each in rises(np.array([42]), posts_of(days, counts)))
    assert silent == pytest.approx((JUMP - rise) / np.hypot(error, 0.1), rel=0.02)
    assert loud < 0.2 * silent
    assert jumps(weeks_of(QUIET), posts_of(days, counts)).unanswered[0] == 0.0, "there is nothing to answer"
    assert np.isnan(jumps(weeks_of(JUMPED), posts_of([], [])).unanswered[0]), "nobody could tell"


def test_without_posts_of_the_time_it_is_said() -> None:
    days, counts = usual_posts()
    gone = [(d, c) for d, c in zip(days, counts, strict=True) if not WHEN - 1 <= d <= WHEN + 30]
    found = jumps(weeks_of(JUMPED), posts_of([d for d, _ in gone], [c for _, c in gone]))
    assert found.without_posts[0] and found.deviations[0] > 40


def test_a_fall_is_no_jump() -> None:
    fall = QUIET - np.where(np.arange(42) == 31, 0.3, 0.0)
    assert jumps(weeks_of(fall), posts_of(*usual_posts())).deviations[0] < 1


def test_a_jump_across_a_gap_is_weighed_by_its_length() -> None:
    full = weeks_of(JUMPED)
    holes = replace(full, size=full.size.copy(), days=full.days.copy())
    holes.size[0, 37:42] = np.nan
    found, whole = jumps(holes, posts_of(*usual_posts())), jumps(full, posts_of(*usual_posts()))
    assert found.days_ago.tolist() == [WHEN]
    assert found.deviations[0] == pytest.approx(whole.deviations[0] / np.sqrt(6), rel=0.1)


def test_nobody_has_a_history() -> None:
    none = weeks_of(QUIET[:3])
    assert len(none.rows) == 0
    assert len(jumps(none, posts_of([], []).at(slice(0, 0))).deviations) == 0
