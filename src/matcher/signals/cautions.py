"""
Cautions: what to look at before writing to a creator, each with the figure that it rests on and what that is part of.

They change no score. A rule is a bitmap of the creators that it is said of, and its words; what is not known (NaN) is
never cautioned about, but for the followers. Thresholds are data: data/cautions.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Caution
from matcher.signals.account_kind import PEOPLE
from matcher.signals.authenticity.words import authenticity_of, in_words
from matcher.signals.engagement import BASES, PARTS
from matcher.signals.trade import trade_data
from matcher.snapshot import NEVER, STATUSES

RECENT_POSTS = 30
"""Shares of posts are of so many of the newest."""
MONTH_DAYS = 30.0


class _Rule(NamedTuple):
    code: str
    said: NDArray[np.bool_]
    words: Callable[[int], str]
    """Position → the sentence."""


def cautions(
    rows: NDArray[np.int64],
    columns: Any,
    days_since_post: NDArray[np.float64],
    kinds: Sequence[str | None],
    peers: Sequence[Mapping[str, Any]],
) -> list[tuple[Caution, ...]]:
    """
    For each of n creator rows of the snapshot's CreatorColumns what to look at.

    `days_since_post` float64 [n] may be NaN; `kinds` are the likely account kinds, None where not known; `peers` are
    the peer groups of the snapshot, with `creators` and the `usual` rates by basis.
    """
    found: list[list[Caution]] = [[] for _ in rows]
    groups = [peers[group] for group in columns.peer_group[rows].tolist()]
    for rules in (_of_posts, _of_people, _of_engagement):
        for rule in rules(rows, columns, groups):
            for at in np.flatnonzero(rule.said).tolist():
                found[at].append(Caution(rule.code, rule.words(at)))
    for rule in (_silence(rows, columns, days_since_post), _kind(rows, columns, kinds)):
        for at in np.flatnonzero(rule.said).tolist():
            found[at].append(Caution(rule.code, rule.words(at)))
    return [tuple(each) for each in found]


def _of_posts(rows: NDArray[np.int64], columns: Any, groups: Sequence[Mapping[str, Any]]) -> list[_Rule]:
    """How many posts there are, and what part of them is sponsored or hides its likes."""
    limits = trade_data("cautions")
    posts = columns.post_start[rows + 1] - columns.post_start[rows]
    sponsored, hidden = columns.sponsored_share[rows], columns.hidden_likes_share[rows]
    like = np.array([group["creators"] for group in groups])

    def of_newest(share: NDArray[Any], i: int) -> str:
        newest = min(int(posts[i]), RECENT_POSTS)
        base = f"the newest {newest}" if posts[i] > newest else f"{newest}"
        return f"{round(float(share[i]) * newest)} of {base} post{'s' if newest > 1 else ''}"

    return [
        _Rule("no_posts", posts == 0, lambda _: "No posts in the index: nothing but the bio could be read."),
        _Rule(
            "few_posts",
            (posts > 0) & (posts < limits["few_posts"]),
            lambda i: f"Only {posts[i]} post{'s' if posts[i] > 1 else ''} to judge by.",
        ),
        _Rule(
            "few_peers",
            like < limits["few_peers"],
            lambda i: f"Only {like[i]} like creator{'s' if like[i] > 1 else ''} to compare with, itself among them.",
        ),
        _Rule(
            "sponsored_share_high",
            sponsored > limits["sponsored_share_high"],
            lambda i: f"{of_newest(sponsored, i)} are sponsored ({sponsored[i]:.0%}).",
        ),
        _Rule(
            "likes_hidden",
            hidden > limits["hidden_likes_share"],
            lambda i: f"Likes are hidden on {of_newest(hidden, i)} ({hidden[i]:.0%}).",
        ),
    ]


def _of_people(rows: NDArray[np.int64], columns: Any, groups: Sequence[Mapping[str, Any]]) -> list[_Rule]:
    """Followers, whom the creator follows itself, and how genuine its audience is."""
    limits = trade_data("cautions")
    followers, following = columns.followers[rows], columns.following_ratio[rows]
    genuine, people = columns.credibility[rows], columns.audience_sample[rows]
    estimated = columns.credibility_status[rows] == STATUSES.index("estimated")

    def basis(i: int) -> str:
        return f" ({people[i]:,.0f} people counted)" if people[i] > 0 else ""

    return [
        _Rule("followers_unknown", np.isnan(followers), lambda _: "The number of followers is not known."),
        _Rule(
            "following_ratio_high",
            following > limits["following_ratio_high"],
            lambda i: (
                f"Follows {following[i] * followers[i]:,.0f} accounts, {following[i]:.2f} "
                f"for every one of its {followers[i]:,.0f} followers."
            ),
        ),
        _Rule(
            "credibility_low",
            genuine < limits["credibility_low"],
            lambda i: (
                f"Only {genuine[i]:.0%} of the audience is genuine, as estimated from profiles of followers."
                if estimated[i]
                else f"Only {genuine[i]:.0%} of the audience is stated to be genuine{basis(i)}."
            ),
        ),
        _Rule(
            "authenticity_low",
            columns.authenticity[rows] < limits["authenticity_low"],
            lambda i: in_words(authenticity_of(columns, int(rows[i]))),
        ),
    ]


def _of_engagement(rows: NDArray[np.int64], columns: Any, groups: Sequence[Mapping[str, Any]]) -> list[_Rule]:
    """A level far from that of like creators, and one that falls."""
    limits = trade_data("cautions")
    place, posts = columns.engagement_percentile[rows], columns.engagement_posts[rows]
    rate, basis = columns.engagement_rate[rows], columns.engagement_basis[rows]
    days = columns.engagement_trend_days[rows]
    left = np.exp(columns.engagement_parts[rows, PARTS.index("trend")] * days / MONTH_DAYS)

    def beside(i: int) -> str:
        usual = groups[i]["usual"].get(BASES[basis[i]])
        return f" (usual: {usual:.1%})" if usual is not None else ""

    def level(i: int) -> str:
        return f"Engagement, {rate[i]:.1%} by {BASES[basis[i]]} over {posts[i]} posts{beside(i)},"

    def like(i: int, share: float) -> str:
        return f"{share:.0%} of {groups[i]['creators']:,} like creators"

    high, low = limits["engagement_percentile_high"], limits["engagement_percentile_low"]
    return [
        _Rule(
            "engagement_unusual",
            (posts > 0) & (place > high),
            lambda i: f"{level(i)} is above that of {like(i, high)}: look at who reacts.",
        ),
        _Rule(
            "engagement_unusual",
            (posts > 0) & (place < low),
            lambda i: f"{level(i)} is below that of {like(i, 1 - low)}.",
        ),
        _Rule(
            "engagement_falling",
            (left <= 1 - limits["falling_share"]) & (posts >= limits["falling_posts"]),
            lambda i: (
                f"The engagement rate fell by {1 - left[i]:.0%} over {days[i]:,.0f} days, "
                f"as the newest {min(int(posts[i]), RECENT_POSTS)} posts show."
            ),
        ),
    ]


def _silence(rows: NDArray[np.int64], columns: Any, days: NDArray[np.float64]) -> _Rule:
    last = columns.last_post_at[rows]

    def words(i: int) -> str:
        on = f" ({np.datetime64(int(last[i]), 's').astype('datetime64[D]')})" if last[i] != NEVER else ""
        return f"The last post is {days[i]:,.0f} days old{on}."

    return _Rule("silent", days > trade_data("cautions")["silent_days"], words)


def _kind(rows: NDArray[np.int64], columns: Any, kinds: Sequence[str | None]) -> _Rule:
    """Accounts that are not people's: as stated, or with the probability of the estimate."""
    people, stated = columns.account_kind_people[rows], columns.account_kind[rows] >= 0

    def words(i: int) -> str:
        if stated[i]:
            return f"The account is that of a {kinds[i]}, not of a person."
        rests = "by its name, bio and posts"
        if kinds[i] in PEOPLE:
            return f"The account is not a person's, with a probability of {1 - people[i]:.0%} {rests}."
        return f"The account is probably that of a {kinds[i]}: not a person's with {1 - people[i]:.0%} {rests}."

    return _Rule("not_a_person", people < trade_data("cautions")["people_probability_low"], words)
