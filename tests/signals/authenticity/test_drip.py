"""A slow drip: growth that reactions do not share."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.signals.authenticity.drip import WANDER, drips
from matcher.signals.authenticity.weeks import WEEKS

from .lives import Floats, posts_of, usual_posts, weeks_of

GROWING = np.full(52, 0.01)
"""Log growth of a year: 68 % more followers."""


def test_followers_grow_and_reactions_do_not() -> None:
    found = drips(weeks_of(GROWING), posts_of(*usual_posts()))
    assert found.growth[0] == pytest.approx(0.52)
    assert found.answered[0] == pytest.approx(0.0, abs=0.02)
    assert found.deviations[0] == pytest.approx(0.8 * 0.52 / (WANDER * np.sqrt(52)), rel=0.5)
    assert found.deviations[0] > 1.5


@pytest.mark.parametrize(
    ("growth", "reactions"),
    [
        pytest.param(GROWING, 0.01, id="both grow"),
        pytest.param(GROWING, 0.03, id="reactions grow faster"),
        pytest.param(0 * GROWING, 0.0, id="nothing grows"),
        pytest.param(0 * GROWING, -0.02, id="reactions fade, followers stay"),
        pytest.param(-GROWING, 0.0, id="followers leave"),
    ],
)
def test_no_drip(growth: Floats, reactions: float) -> None:
    days, counts = usual_posts()
    counts = [c * np.exp(-reactions * day / 7) for day, c in zip(days, counts, strict=True)]
    assert drips(weeks_of(growth), posts_of(days, counts)).deviations[0] < 0.5


def test_the_rise_is_that_of_generalised_least_squares() -> None:
    """Brute force: the whole covariance of a level that wanders, noise, and a first level that may be anything."""
    rng = np.random.default_rng(4)
    growth = np.where(np.arange(52) < 20, 0.0, 0.015)
    days = [7.0 * week + 3 for week in range(WEEKS) if week % 5 != 2]
    weeks, posts = weeks_of(growth), posts_of(days, np.exp(5 + rng.normal(0, 0.3, len(days))).tolist())
    seen = np.flatnonzero(posts.posts[0])
    noise = np.diag(posts.spread[0] ** 2 / posts.posts[0, seen])
    wandering = WANDER**2 * np.minimum.outer(seen, seen) + 1e7
    y, x = posts.interactions[0, seen] / posts.posts[0, seen], weeks.size[0, seen] - weeks.size[0, 0]
    weight = np.linalg.inv(wandering + noise)
    information = x @ weight @ x
    slope = max(float(x @ weight @ y / information), 0.0)
    found = drips(weeks, posts)
    assert found.answered[0] == pytest.approx(slope * growth.sum(), abs=1e-4)
    assert found.deviations[0] == pytest.approx(max(0.8 - slope, 0.0) * np.sqrt(information), abs=1e-3)


def test_a_viral_post_does_not_hide_a_drip() -> None:
    days, counts = usual_posts()
    viral = [*counts[:2], 50 * counts[2], *counts[3:]]
    plain, lifted = (drips(weeks_of(GROWING), posts_of(days, c)).deviations[0] for c in (counts, viral))
    assert lifted > 0.75 * plain


def test_who_came_at_once_is_no_drip() -> None:
    """A jump of 50 % in a year in which nothing else grows, or beside a steady 0.2 % a week."""
    for usual in (0.0, 0.002):
        growth = np.where(np.arange(52) == 20, 0.4, usual)
        found = drips(weeks_of(growth), posts_of(*usual_posts()))
        assert found.growth[0] == pytest.approx(52 * usual, abs=1e-9)
        assert found.deviations[0] < 0.6


def test_a_history_with_holes_grows_on_a_line_between_them() -> None:
    whole = weeks_of(GROWING)
    monthly = np.where(np.arange(WEEKS) % 4 == 0, whole.size, np.nan)
    found = [drips(replace(whole, size=size), posts_of(*usual_posts())) for size in (whole.size, monthly)]
    assert found[1].growth[0] == pytest.approx(found[0].growth[0])
    assert found[1].deviations[0] == pytest.approx(found[0].deviations[0])


def test_too_few_posts_or_weeks_say_nothing() -> None:
    days, counts = usual_posts()
    assert np.isnan(drips(weeks_of(GROWING), posts_of(days[:11], counts[:11])).deviations[0])
    assert np.isnan(drips(weeks_of(GROWING[:10]), posts_of(days, counts)).deviations[0])
