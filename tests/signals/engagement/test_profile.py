"""Engagement, worked by hand: rates of posts, medians of creators, shrinkage to the peers, quantiles among them."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from matcher.signals.engagement import (
    BASES,
    PARTS,
    Beside,
    EngagementProfile,
    PostRates,
    Posts,
    engagement,
    post_rates,
    profile_engagement,
)
from matcher.signals.engagement.words import remarks
from matcher.signals.trade import trade_data

NONE = math.nan
VIEWS, REACH, FOLLOWERS = range(3)


def rate_of(followers: float = 1000.0, settled: bool = True, **counts: float) -> PostRates:
    """The rate of one post."""
    names = ("views", "reach", "likes", "comments", "shares", "saves")
    arrays = {name: np.array([counts.get(name, NONE)]) for name in names}
    return post_rates(arrays, np.array([followers]), np.array([settled]))


@pytest.mark.parametrize(
    ("found", "rate", "basis"),
    [
        pytest.param(rate_of(views=200, reach=100, likes=8, comments=2), 0.05, VIEWS, id="by views where there are"),
        pytest.param(rate_of(reach=100, likes=8, comments=2), 0.1, REACH, id="by reach without views"),
        pytest.param(rate_of(likes=8, comments=2), 0.01, FOLLOWERS, id="by followers without either"),
        pytest.param(rate_of(views=0, likes=8, comments=2), 0.01, FOLLOWERS, id="0 views are no denominator"),
        pytest.param(rate_of(views=100, likes=1, comments=2, shares=3, saves=4), 0.1, VIEWS, id="all actions count"),
        pytest.param(rate_of(views=100, likes=5), 0.05, VIEWS, id="comments not known count nothing"),
        pytest.param(rate_of(views=100, likes=0, comments=0), 0.0, VIEWS, id="nobody reacted"),
        pytest.param(rate_of(followers=10, likes=30, comments=0), 3.0, FOLLOWERS, id="more likes than followers"),
    ],
)
def test_rate_of_a_post(found: PostRates, rate: float, basis: int) -> None:
    assert found.rate[0] == pytest.approx(rate) and found.basis[0] == basis and not found.hidden_likes[0]


@pytest.mark.parametrize(
    ("found", "hidden"),
    [
        pytest.param(rate_of(views=100, comments=5), True, id="likes not known are hidden"),
        pytest.param(rate_of(views=100, likes=0, comments=5), True, id="0 likes under comments are hidden"),
        pytest.param(rate_of(views=100, likes=5, settled=False), False, id="two days old"),
        pytest.param(rate_of(followers=NONE, likes=5), False, id="no denominator"),
        pytest.param(rate_of(followers=0, likes=5), False, id="no followers"),
    ],
)
def test_posts_without_a_rate(found: PostRates, hidden: bool) -> None:
    assert np.isnan(found.rate[0]) and found.basis[0] == -1 and bool(found.hidden_likes[0]) is hidden


def rates(*values: float, basis: int = VIEWS) -> PostRates:
    array = np.array(values)
    return PostRates(array, np.where(np.isnan(array), -1, basis).astype(np.int8), np.zeros(len(array), np.bool_))


LEVEL = trade_data("engagement")["weights"]["rate"]
COUNTS = ("views", "reach", "likes", "comments", "shares", "saves")


def profiled(found: PostRates, creator: Any, group: Any) -> EngagementProfile:
    """Engagement from rates alone: no counts, no dates."""
    order = np.argsort(creator, kind="stable")
    nothing = np.full(len(order), NONE)
    posts = Posts(np.asarray(creator)[order], nothing, np.zeros(len(order), np.bool_), dict.fromkeys(COUNTS, nothing))
    sorted_rates = PostRates(found.rate[order], found.basis[order], found.hidden_likes[order])
    return profile_engagement(sorted_rates, posts, group)


def groups(*values: int) -> Any:
    return np.array(values, dtype=np.int32)


def test_shrinkage_and_quantile_worked_by_hand() -> None:
    """Three creators of one post each, at 1 %, e %, e² %: the peers' median is e %."""
    found = profiled(rates(0.01, 0.01 * math.e, 0.01 * math.e**2), np.array([0, 1, 2]), groups(0, 0, 0))
    # one post keeps 1/(1+3) of what stands above the median: log deviations -1, 0, 1 become -1/4, 0, 1/4
    # their median absolute deviation is 1/4, so a standard deviation of 1.4826/4
    z = 0.25 / (1.4826 * 0.25)
    assert found.value == pytest.approx([ndtr(-LEVEL * z), 0.5, ndtr(LEVEL * z)])
    assert found.percentile == pytest.approx([1 / 6, 3 / 6, 5 / 6])
    assert found.rate == pytest.approx([0.01, 0.01 * math.e, 0.01 * math.e**2])
    assert found.norms[0] == pytest.approx([0.01 * math.e, NONE, NONE], nan_ok=True)
    assert found.posts.tolist() == [1, 1, 1]


def test_more_posts_keep_more_of_what_is_their_own() -> None:
    """Nine posts keep 9/12, one post keeps 1/4 of the same distance; equal peers give the yardstick of 0.5."""
    values = [0.01 * math.e] * 9 + [0.01 * math.e] + [0.01] * 5
    creator = np.array([0] * 9 + [1] + [2, 3, 4, 5, 6])
    found = profiled(rates(*values), creator, groups(*[0] * 7))
    assert found.value[0] == pytest.approx(ndtr(LEVEL * 0.75 / 0.5))
    assert found.value[1] == pytest.approx(ndtr(LEVEL * 0.25 / 0.5))
    assert found.value[2:] == pytest.approx([0.5] * 5)


def test_a_rate_is_the_median_of_the_posts_so_one_viral_post_changes_little() -> None:
    found = profiled(rates(0.02, 0.02, 0.9), np.zeros(3, np.int64), groups(0))
    assert found.rate[0] == pytest.approx(0.02)


def test_the_denominator_of_most_posts_counts_and_the_others_stay_out() -> None:
    mixed = PostRates(np.array([0.02, 0.04, 9.0]), np.array([VIEWS, VIEWS, FOLLOWERS], np.int8), np.zeros(3, np.bool_))
    found = profiled(mixed, np.zeros(3, np.int64), groups(0))
    assert (BASES[found.basis[0]], found.posts[0]) == ("views", 2)
    assert found.rate[0] == pytest.approx(math.sqrt(0.02 * 0.04))  # the median of two, on log scale


def test_creators_are_compared_within_their_group_and_their_denominator_only() -> None:
    both = PostRates(
        np.array([0.01, 0.01, 0.5, 0.5, 0.9]),
        np.array([VIEWS, VIEWS, FOLLOWERS, FOLLOWERS, VIEWS], np.int8),
        np.zeros(5, np.bool_),
    )
    found = profiled(both, np.arange(5), groups(0, 0, 0, 0, 1))
    assert found.value == pytest.approx([0.5] * 5)
    assert found.norms == pytest.approx(np.array([[0.01, NONE, 0.5], [0.9, NONE, NONE]]), nan_ok=True)


def test_no_evidence_takes_the_middle_of_the_peers_and_says_so() -> None:
    found = profiled(rates(0.05, NONE), np.array([0, 1]), groups(0, 0, 0))
    assert found.value[1:] == pytest.approx([0.5, 0.5]) and found.percentile[1:] == pytest.approx([0.5, 0.5])
    assert np.isnan(found.rate[1:]).all() and found.posts.tolist() == [1, 0, 0]
    assert found.basis.tolist() == [VIEWS, -1, -1]


def test_a_world_without_any_count() -> None:
    found = profiled(rates(NONE, NONE), np.array([0, 0]), groups(0, 1))
    assert found.value.tolist() == [0.5, 0.5] and np.isnan(found.norms).all()


def test_no_creators_at_all() -> None:
    found = profiled(rates(), np.empty(0, np.int64), groups())
    assert len(found.value) == 0 and found.norms.shape == (0, 3)


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(0, 4)), min_size=1, max_size=40), st.randoms())
def test_values_stay_inside_and_do_not_depend_on_the_order_of_posts(posts: Any, random: Any) -> None:
    peers = groups(0, 0, 0, 1, 1)
    first = profiled(rates(*[r for r, _ in posts]), np.array([c for _, c in posts]), peers)
    random.shuffle(posts)
    again = profiled(rates(*[r for r, _ in posts]), np.array([c for _, c in posts]), peers)
    assert first.value == pytest.approx(again.value) and first.percentile == pytest.approx(again.percentile)
    assert (first.value >= 0.02).all() and (first.value <= 0.98).all()


@given(st.lists(st.floats(1e-5, 1), min_size=3, max_size=20), st.integers(0, 19), st.floats(1.01, 50))
def test_a_higher_rate_never_lowers_the_percentile(values: list[float], at: int, factor: float) -> None:
    at %= len(values)
    creators, peers = np.arange(len(values)), groups(*[0] * len(values))
    before = profiled(rates(*values), creators, peers)
    values[at] *= factor
    after = profiled(rates(*values), creators, peers)
    assert after.percentile[at] >= before.percentile[at] - 1e-9


def opinion(posts: list[int], rate: list[float], basis: list[int], counts: Any = None) -> Any:
    n = len(posts)
    columns = SimpleNamespace(
        engagement_posts=np.array(posts),
        engagement_rate=np.array(rate),
        engagement_basis=np.array(basis),
        engagement_value=np.full(n, 0.75, np.float32),
        engagement_percentile=np.full(n, 0.9, np.float32),
        engagement_parts_percentile=np.array(
            [
                [NONE] * len(PARTS),
                [NONE, 0.99, 0.5, 0.15, 0.86, *[0.5] * (len(PARTS) - 5)],
                *[[0.5] * len(PARTS)] * (n - 2),
            ]
        ),
        engagement_trend_range=np.tile([0.1, 0.2], (n, 1)),
        engagement_parts=np.array([[NONE] * len(PARTS)] * 2 + [[np.log(3.2)] * len(PARTS)] * (n - 2)),
        peer_group=np.zeros(n, np.int32),
        comment_count=np.array([0, 40, *[0] * (n - 2)]),
        comment_empty=np.array([NONE, 0.15, *[NONE] * (n - 2)], np.float32),
        comment_suspicious=np.array([NONE, 0.05, *[NONE] * (n - 2)], np.float32),
    )
    return engagement(np.arange(n), columns, list(BASES), [{"views": 0.031}], counts)


@pytest.mark.parametrize(
    ("place", "between", "said"),
    [
        pytest.param(0.99, (0.1, 0.3), "; rising", id="a sure rise"),
        pytest.param(0.99, (-0.1, 0.3), "", id="a rise that may be none"),
        pytest.param(0.99, (-0.3, -0.1), "", id="falls less than its peers"),
        pytest.param(0.01, (-0.3, -0.1), "; falling", id="a sure fall"),
        pytest.param(0.01, (0.1, 0.3), "", id="rises less than its peers"),
        pytest.param(0.5, (-0.3, -0.1), "", id="falls as its peers do"),
    ],
)
def test_a_trend_is_named_where_it_is_one(place: float, between: tuple[float, float], said: str) -> None:
    columns = SimpleNamespace(
        engagement_parts_percentile=np.array([[place, *[NONE] * (len(PARTS) - 1)]]),
        engagement_trend_range=np.array([between]),
    )
    assert "".join(f"; {remark}" for remark in remarks(columns, 0)) == said


def test_reactions_count_as_far_as_they_are_relevant_and_believed() -> None:
    found = opinion([12, 12, 12], [0.0421] * 3, [VIEWS] * 3, np.array([1.0, 0.4, 0.8]))
    assert found.value == pytest.approx([0.75, 0.3, 0.6])
    assert found.note(2).endswith("; counted at 80%, as far as the creator is relevant and believed.")
    assert found.note(0).endswith("(median of 12 settled posts).")
    assert found.note(1).endswith(
        "; counted at 40%, as far as the creator is relevant and believed; its place among like creators is that of "
        "the reactions before this."
    )


def test_the_note_names_the_rate_its_denominator_and_what_is_usual() -> None:
    found = opinion([12, 1, 5, 0], [0.0421, 0.02, 0.1, NONE], [VIEWS, VIEWS, FOLLOWERS, -1])
    assert found.note(0) == "4.2% by views, like creators 3.1% (median of 12 settled posts)."
    assert found.note(1) == (
        "2.0% by views, like creators 3.1% (1 settled post); steady from post to post; seldom shared and saved; "
        "sponsored posts hold up well; of 40 comments 15% say nothing, 5% look like spam or copies."
    )
    assert found.note(2) == ("10.0% by followers (median of 5 settled posts); half of the views come within 3.2 days.")
    assert found.note(3) == "No settled post with counts: the usual value of like creators is taken."
    assert found.status.tolist() == [3, 3, 3, 0]
    assert found.value == pytest.approx([0.75] * 4)


def test_what_comments_tell_moves_a_value_with_its_weight() -> None:
    """Forty creators of one rate; comment quality 0.1 to 0.5 in equal steps, each seen in 20 comments."""
    n = 40
    rates = PostRates(np.full(n, 0.05), np.zeros(n, np.int8), np.zeros(n, np.bool_))
    counts = {name: np.full(n, NONE) for name in ("views", "reach", "likes", "comments", "shares", "saves")}
    posts = Posts(np.arange(n), np.full(n, NONE), np.zeros(n, np.bool_), counts)
    quality = np.linspace(0.1, 0.5, n)
    group = np.zeros(n, np.int32)
    found = profile_engagement(rates, posts, group, {"comment_quality": Beside(quality, np.full(n, 20))})
    spread = 1.4826 * np.median(np.abs(quality - 0.3))
    expected = ndtr(0.06 * np.clip((quality - 0.3) / spread * 0.5, -2.5, 2.5))
    assert found.value == pytest.approx(expected)
    assert found.parts[:, PARTS.index("comment_quality")].tolist() == quality.tolist()
    assert found.parts_percentile[-1, PARTS.index("comment_quality")] == pytest.approx(1 - 0.5 / n)
    assert np.isnan(found.parts[:, PARTS.index("reply_rate")]).all()


def test_comments_alone_say_nothing_of_a_rate() -> None:
    n = 3
    rates = PostRates(np.full(n, NONE), np.full(n, -1, np.int8), np.zeros(n, np.bool_))
    counts = {name: np.full(n, NONE) for name in ("views", "reach", "likes", "comments", "shares", "saves")}
    posts = Posts(np.arange(n), np.full(n, NONE), np.zeros(n, np.bool_), counts)
    beside = {"comment_quality": Beside(np.array([0.1, 0.5, 0.9]), np.full(n, 50))}
    assert profile_engagement(rates, posts, np.zeros(n, np.int32), beside).value.tolist() == [0.5] * n


def test_where_most_answer_nobody_the_few_who_do_stand_out() -> None:
    """Thirty of forty creators answer nobody, ten answer one in ten: the mean distance is 0.025."""
    n = 40
    rates = PostRates(np.full(n, 0.05), np.zeros(n, np.int8), np.zeros(n, np.bool_))
    counts = {name: np.full(n, NONE) for name in ("views", "reach", "likes", "comments", "shares", "saves")}
    posts = Posts(np.arange(n), np.full(n, NONE), np.zeros(n, np.bool_), counts)
    answered = np.repeat([0.0, 0.1], [30, 10])
    found = profile_engagement(rates, posts, np.zeros(n, np.int32), {"reply_rate": Beside(answered, np.full(n, 20))})
    unit = 1.2533 * 0.025
    assert found.value == pytest.approx(ndtr(0.03 * np.repeat([0.0, min(0.1 / unit * 0.5, 2.5)], [30, 10])))
    assert found.value[-1] > 0.5 == found.value[0]
