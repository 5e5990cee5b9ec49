"""The value of relevance: its parts by hand, what lowers it, and that more of a part never lowers it."""

from typing import Any

import numpy as np
import pytest

from matcher.signals.relevance import (
    PARTS,
    Blend,
    Lowered,
    best_by_chance,
    kind_factor,
    market_factor,
    part_values,
    part_weights,
    pool,
    relevance,
    relevance_z,
)

BLEND = Blend()
NO_BIO = np.zeros(1, np.bool_)


def parts_of(z: list[list[float]], words: list[float]) -> Any:
    """One creator by the deviations of its posts from each aspect, and by their lexical scores."""
    return pool(np.array(z, np.float32), np.array(words, np.float32), np.array([0, len(z)]), BLEND)


def test_parts_by_hand() -> None:
    parts = parts_of([[4.0, 1.0, 3.0], [2.0, 3.0, 1.0], [0.0, 0.0, 0.0]], [0.05, 0.2, 0.0])
    found = dict(zip(PARTS, part_values(parts, np.full((1, 3), 9.0, np.float32), NO_BIO, BLEND)[0], strict=True))
    trust = 3 / 3.5
    # Blom: the largest of three draws stands at Φ⁻¹(2.625 / 3.25) = 0.8695 on average, the second at 0
    best = trust * (3.0 - BLEND.chance_taken * 0.8695 / 2)
    assert found == pytest.approx(
        {
            "best": best,
            "mean": trust * 2.0,
            "volume": 4.0 * 1 / (1 + 3.0),
            "bio": 0.5 * (best + trust * 2.0),
            "aspects": trust * 2.0,
            "words": 2.0,
            "known": trust,
        },
        abs=1e-4,
    )


@pytest.mark.parametrize("n", [1, 2, 3, 10, 200])
def test_the_best_by_chance_against_draws(n: int) -> None:
    draws = np.sort(np.random.default_rng(5).standard_normal((20_000, n)))[:, -2:].mean(axis=1)
    assert best_by_chance(np.array([n]), 2)[0] == pytest.approx(draws.mean(), abs=0.03)


def test_a_passer_by_with_many_posts_stands_below_a_specialist_with_few() -> None:
    """Both have two posts as near as the other's; one has 200 on anything beside them."""
    few, many = parts_of([[3.0]] * 2, [0.0] * 2), parts_of([[3.0]] * 2 + [[0.0]] * 200, [0.0] * 202)
    best = PARTS.index("best")
    values = [part_values(one, np.zeros((1, 1), np.float32), NO_BIO, BLEND)[0, best] for one in (few, many)]
    assert values[0] > values[1]


def test_a_bio_alone_counts_for_a_share() -> None:
    none = np.zeros((0, 1), np.float32)
    parts, has = pool(none, none[:, 0], np.array([0, 0]), BLEND), np.ones(1, np.bool_)
    values = part_values(parts, np.full((1, 1), 3.0, np.float32), has, BLEND)
    assert relevance_z(values, parts, has, BLEND)[0] == pytest.approx(3.0 * BLEND.bio_alone)


def test_a_bio_speaks_for_itself() -> None:
    parts = parts_of([[1.0]], [0.0])
    found = part_values(parts, np.full((1, 1), 2.5, np.float32), np.ones(1, np.bool_), BLEND)
    assert found[0, PARTS.index("bio")] == 2.5


def test_no_weight_is_below_zero() -> None:
    """So that more of a part never lowers a value."""
    assert (part_weights() >= 0).all() and part_weights().sum() > 0


def test_factors() -> None:
    assert kind_factor(np.array([1.0, 0.0, np.nan], np.float32), BLEND) == pytest.approx(
        [1.0, 1 - BLEND.collector_lowers, 1.0]
    )
    share = np.array([0.0, 0.5 * BLEND.at_home_share, BLEND.at_home_share, 1.0])
    half_way = (1 + BLEND.abroad_keeps) / 2
    assert market_factor(share, BLEND) == pytest.approx([BLEND.abroad_keeps, half_way, 1.0, 1.0])


def test_what_lowers_a_value_is_said() -> None:
    parts, bios = parts_of([[4.0]], [0.1]), np.zeros((1, 1), np.float32)
    plain = relevance(parts, bios, NO_BIO, lambda _: ("th",), BLEND)
    by = Lowered(np.array([0.84]), np.array([0.5]))
    lowered = relevance(parts, bios, NO_BIO, lambda _: ("th",), BLEND, by)
    assert lowered.value[0] == pytest.approx(0.42 * plain.value[0])
    assert plain.note(0) == (
        "1 of 1 post in th on topic. It is much nearer to the brief than posts in general (4.0), and uses words of it."
    )
    assert lowered.note(0) == plain.note(0) + (
        " Lowered by 16%: hardly a person's account."
        " Lowered by 50%: few of its audience are where the brief wants to be heard."
    )


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        pytest.param(0.96, "", id="likely a person"),
        pytest.param(0.89, " Lowered by 11%: perhaps not a person's account.", id="in doubt"),
    ],
)
def test_a_doubt_about_the_kind_is_no_verdict(factor: float, said: str) -> None:
    parts, bios = parts_of([[4.0]], [0.1]), np.zeros((1, 1), np.float32)
    by = Lowered(np.array([factor]), np.ones(1))
    plain, lowered = (relevance(parts, bios, NO_BIO, lambda _: ("th",), BLEND, one) for one in (None, by))
    assert lowered.note(0) == f"{plain.note(0)}{said}"


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        pytest.param([6.0, 5.0, -1.0], "The best are far nearer to the brief than posts in general (5.5); all in all "
                     "they are much nearer (3.3).", id="a specialist"),
        pytest.param([2.5, 1.5, -5.5], "The best are nearer to the brief than posts in general (2.0); all in all "
                     "they are less near (-0.5).", id="a passer-by"),
    ],
)  # fmt: skip
def test_the_note_says_in_words_how_near_the_posts_are(scores: list[float], said: str) -> None:
    parts = parts_of([[score] for score in scores], [0.0] * len(scores))
    found = relevance(parts, np.zeros((1, 1), np.float32), NO_BIO, lambda _: "", BLEND)
    assert found.note(0).split(" on topic. ")[1] == said
