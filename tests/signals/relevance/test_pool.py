"""Relevance: what it must never do, whatever its constants are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.retrieval.encoders import load_encoder
from matcher.signals.relevance import Blend, Usual, background, part_values, pool, relevance, relevance_z
from matcher.signals.trade import trade_data

BLEND = Blend()
ON, OFF = 4.0, -0.5
"""Deviations of a post that is plainly on topic, and of one that is not."""


def parts_of(*creators: list[float], blend: Blend = BLEND) -> Any:
    z = np.array([[z] for posts in creators for z in posts], np.float32).reshape(-1, 1)
    return pool(z, np.zeros(len(z), np.float32), np.cumsum([0, *map(len, creators)]), blend)


def z_of(*creators: list[float], bio: list[float] | None = None) -> Any:
    """Relevance in deviations of creators by the deviations of their posts, and of their bios where there are any."""
    bios = np.array(bio or [0.0] * len(creators), np.float32)[:, None]
    parts, has = parts_of(*creators), np.full(len(creators), bio is not None)
    return relevance_z(part_values(parts, bios, has, BLEND), parts, has, BLEND)


def test_parts_by_hand() -> None:
    blend = Blend(best_posts=2, on_topic_z=2.0)
    parts = parts_of([3.0, 1.0, 2.5], [], [-1.0], blend=blend)
    assert parts.best[:, 0].tolist() == pytest.approx([2.75, 0.0, -1.0])
    assert parts.mean[:, 0].tolist() == pytest.approx([6.5 / 3, 0.0, -1.0])
    assert parts.on_topic[:, 0].tolist() == [2.0, 0.0, 0.0]
    assert parts.posts.tolist() == [3, 0, 1]


def test_equal_captions_count_once_among_the_best() -> None:
    blend = Blend(best_posts=2)
    parts = parts_of([3.0, 3.0, 1.0], [3.0, 1.0], [3.0, 3.0], blend=blend)
    assert parts.best[:, 0].tolist() == pytest.approx([2.0, 2.0, 3.0])


def test_the_order_of_posts_and_of_creators_does_not_matter() -> None:
    first = z_of([1.0, 4.0, 2.0], [0.5])
    assert z_of([4.0, 2.0, 1.0], [0.5]) == pytest.approx(first)
    assert z_of([0.5], [1.0, 4.0, 2.0]) == pytest.approx(first[::-1])


def test_one_viral_post_is_below_a_specialist() -> None:
    viral, specialist = z_of([ON] + [OFF] * 19, [ON - 0.01 * i for i in range(20)])
    assert specialist > viral + 0.5


def test_one_post_is_below_many_of_the_same_strength() -> None:
    one, many = z_of([ON], [ON - 0.01 * i for i in range(10)])
    assert many > one


def test_a_creator_on_topic_is_above_one_that_is_not() -> None:
    on, off = z_of([ON, ON - 1, OFF], [OFF, OFF - 1, OFF - 2])
    assert on > off


@given(st.lists(st.floats(-3, 3), max_size=8), st.integers(1, 5))
def test_more_posts_on_topic_never_lower(others: list[float], added: int) -> None:
    """A further post that is better than all there are."""
    posts = list(others)
    before = z_of(posts)[0] if posts else -np.inf
    for i in range(added):
        posts.append(ON + i)
        after = z_of(posts)[0]
        assert after >= before - 1e-5
        before = after


@given(st.lists(st.floats(-3, 6), min_size=1, max_size=8, unique=True), st.integers(0, 7), st.floats(0.01, 3))
def test_a_better_post_never_lowers(posts: list[float], at: int, by: float) -> None:
    better = list(posts)
    better[at % len(posts)] += by
    if len({np.float32(z) for z in better}) == len(better) == len({np.float32(z) for z in posts}):
        assert z_of(better)[0] >= z_of(posts)[0] - 1e-5


def test_a_better_bio_never_lowers() -> None:
    low, high = z_of([1.0, 2.0], [1.0, 2.0], bio=[0.0, 3.0])
    assert high > low


def signal(*creators: list[float], bio: float, has_bio: bool) -> Any:
    n = len(creators)
    bios, has = np.full((n, 1), bio, np.float32), np.full(n, has_bio)
    return relevance(parts_of(*creators), bios, has, lambda i: ("th",), BLEND)


def test_a_creator_without_posts_is_matched_on_the_bio_and_marked() -> None:
    found = signal([], [ON] * 3, bio=ON, has_bio=True)
    assert found.status.tolist() == [1, 3]
    assert found.note(0) == "No posts: matched on what the account says of itself alone (name, bio, categories)."
    assert 0 < found.value[0] < found.value[1] <= 1


def test_neither_posts_nor_bio_is_nothing() -> None:
    found = signal([], bio=0.0, has_bio=False)
    assert (found.value[0], found.status[0]) == (0.0, 0)
    assert found.note(0) == "Neither posts nor a name, a bio or categories."


def test_the_note_counts_the_posts_on_topic() -> None:
    found = signal([ON, OFF], [ON], bio=0.0, has_bio=False)
    assert found.note(0).startswith("1 of 2 posts in th on topic")
    assert found.note(1).startswith("1 of 1 post in th on topic")


@given(st.lists(st.lists(st.floats(-20, 20), max_size=6), min_size=1, max_size=5), st.floats(-20, 20), st.booleans())
def test_values_lie_between_0_and_1(creators: Any, bio: float, has_bio: bool) -> None:
    found = signal(*creators, bio=bio, has_bio=has_bio)
    assert (found.value >= 0).all() and (found.value <= 1).all() and np.isfinite(found.value).all()


def test_aspects_cannot_hide_one_another() -> None:
    """Equal for the brief as a whole: both aspects half met is not below one met and one missed by as much."""
    z = np.array([[2.0, 2.0, 2.0], [2.0, 4.0, 0.0]], np.float32)
    parts, has = pool(z, np.zeros(2, np.float32), np.array([0, 1, 2]), BLEND), np.zeros(2, np.bool_)
    even, lopsided = relevance_z(part_values(parts, np.zeros((2, 3), np.float32), has, BLEND), parts, has, BLEND)
    assert even >= lopsided - 0.5


def test_background_by_hand() -> None:
    """Two languages without shrinkage: each its own mean and deviation; row 0 is the posts without a language."""
    scores = np.array([[1.0], [3.0], [10.0], [14.0]], np.float32)
    found = background(scores, np.array([0, 0, 1, 1], np.int16), 2, prior_posts=1e-9)
    assert found.mean[1:, 0] == pytest.approx([2.0, 12.0], rel=1e-4)
    assert found.deviation[1:, 0] == pytest.approx([1.0, 2.0], rel=1e-3)
    assert found.z(np.array([[4.0], [16.0]], np.float32), np.array([0, 1], np.int16))[:, 0] == pytest.approx(
        [2.0, 2.0], rel=1e-3
    )


def test_a_language_without_posts_has_the_background_of_all() -> None:
    scores = np.array([[1.0], [3.0]], np.float32)
    found = background(scores, np.array([0, 0], np.int16), 3)
    assert found.mean[[0, 2, 3], 0] == pytest.approx([2.0, 2.0, 2.0])
    assert found.deviation[[0, 2, 3], 0] == pytest.approx([1.0, 1.0, 1.0], rel=1e-4)


def test_few_posts_are_seen_against_what_is_usual() -> None:
    """One post at 4 beside a usual 1 ± 1 that counts for three: mean 7/4, square (16 + 3 × 2)/4, so variance 39/16."""
    usual, language = Usual(1.0, 1.0), np.array([-1], np.int16)
    found = background(np.array([[4.0]], np.float32), language, 0, usual, prior_posts=3.0)
    # The row of its language is then shrunk once more towards all posts.
    mean, square = (4 + 3 * 7 / 4) / 4, (16 + 3 * 22 / 4) / 4
    assert found.mean[0, 0] == pytest.approx(mean)
    assert found.deviation[0, 0] == pytest.approx((square - mean**2) ** 0.5)


def test_many_posts_are_their_own_background() -> None:
    scores = np.linspace(0.2, 0.8, 100_000, dtype=np.float32)[:, None]
    language = np.zeros(100_000, np.int16)
    alone, beside = background(scores, language, 1), background(scores, language, 1, Usual(0.4, 0.05))
    assert beside.mean == pytest.approx(alone.mean, abs=0.001)
    assert beside.deviation == pytest.approx(alone.deviation, abs=0.001)


def test_what_is_usual_is_known_of_the_shipped_encoder_alone() -> None:
    data = trade_data("background")
    shipped = load_encoder().fingerprint
    assert shipped.startswith(data["encoder"]), "run scripts/fit_background.py"
    assert Usual.of("another", 0.2) is None
    found = Usual.of(shipped, 0.2)
    assert found is not None
    assert found.mean == pytest.approx(0.8 * (data["cosine_mean"] + 1) / 2)
    assert found.deviation == pytest.approx(0.8 * data["cosine_deviation"] / 2)


def test_a_background_of_nothing_changes_nothing() -> None:
    found = background(np.empty((0, 2), np.float32), np.empty(0, np.int16), 2)
    assert found.z(np.array([[0.5, 0.25]], np.float32), np.array([-1], np.int16)).tolist() == [[0.5, 0.25]]
