"""A slow drip: growth that reactions do not share."""

import numpy as np
import pytest

from matcher.signals.authenticity.drip import drips

from .lives import Floats, posts_of, usual_posts, weeks_of

NO_JUMP = np.zeros(1)
GROWING = np.full(52, 0.01)
"""Log growth of a year: 68 % more followers."""


def test_followers_grow_and_reactions_do_not() -> None:
    found = drips(weeks_of(GROWING), posts_of(*usual_posts()), NO_JUMP)
    assert found.growth[0] == pytest.approx(0.52)
    assert found.answered[0] == pytest.approx(0.0, abs=0.02)
    assert found.deviations[0] > 2


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
    assert drips(weeks_of(growth), posts_of(days, counts), NO_JUMP).deviations[0] < 0.5


def test_a_viral_post_does_not_hide_a_drip() -> None:
    days, counts = usual_posts()
    viral = [*counts[:2], 50 * counts[2], *counts[3:]]
    plain, lifted = (drips(weeks_of(GROWING), posts_of(days, c), NO_JUMP).deviations[0] for c in (counts, viral))
    assert lifted > 0.75 * plain


def test_a_jump_is_counted_once() -> None:
    growth = np.where(np.arange(52) == 20, 0.5, 0.0)
    found = drips(weeks_of(growth), posts_of(*usual_posts()), np.array([np.expm1(0.5)]))
    assert found.growth[0] == pytest.approx(0.0, abs=1e-9) and found.deviations[0] < 1e-9


def test_too_few_posts_or_weeks_say_nothing() -> None:
    days, counts = usual_posts()
    assert np.isnan(drips(weeks_of(GROWING), posts_of(days[:11], counts[:11]), NO_JUMP).deviations[0])
    assert np.isnan(drips(weeks_of(GROWING[:10]), posts_of(days, counts), NO_JUMP).deviations[0])
