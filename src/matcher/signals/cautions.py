"""
Cautions: what to look at before writing to a creator, each with the figure that it rests on.

They change no score. A rule is a figure, a bitmap of the creators that it is said of, and its words; what is not known
(NaN) is never cautioned about, but for the followers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Caution
from matcher.signals.account_kind import PEOPLE
from matcher.signals.trade import trade_data


class _Rule(NamedTuple):
    code: str
    figures: NDArray[Any]
    said: NDArray[np.bool_]
    words: Callable[[Any], str]


def cautions(
    rows: NDArray[np.int64], columns: Any, days_since_post: NDArray[np.float64], kinds: Sequence[str | None]
) -> list[tuple[Caution, ...]]:
    """
    For each of n creator rows of the snapshot's CreatorColumns what to look at.

    `days_since_post` float64 [n] may be NaN; `kinds` are the likely account kinds, None where not known.
    """
    found: list[list[Caution]] = [[] for _ in rows]
    for rule in _rules(rows, columns, days_since_post, kinds):
        for at in np.flatnonzero(rule.said).tolist():
            found[at].append(Caution(rule.code, rule.words(rule.figures[at])))
    return [tuple(each) for each in found]


def _rules(
    rows: NDArray[np.int64], columns: Any, days: NDArray[np.float64], kinds: Sequence[str | None]
) -> list[_Rule]:
    limits = trade_data("cautions")
    posts = columns.post_start[rows + 1] - columns.post_start[rows]
    followers, sponsored = columns.followers[rows], columns.sponsored_share[rows]
    hidden, following = columns.hidden_likes_share[rows], columns.following_ratio[rows]
    genuine, place = columns.credibility[rows], columns.engagement_percentile[rows]
    counted = columns.engagement_posts[rows] > 0
    people = columns.account_kind_people[rows]
    kind = _kinds_in_words(kinds, people, columns.account_kind[rows] >= 0)
    return [
        _Rule("no_posts", posts, posts == 0, lambda _: "No posts in the index: nothing but the bio could be read."),
        _Rule(
            "few_posts",
            posts,
            (posts > 0) & (posts < limits["few_posts"]),
            lambda n: f"Only {n} post{'s' if n > 1 else ''} to judge by.",
        ),
        _Rule("followers_unknown", followers, np.isnan(followers), lambda _: "The number of followers is not known."),
        _Rule("not_a_person", kind, people < limits["people_probability_low"], lambda k: f"The account is {k}."),
        _Rule(
            "sponsored_share_high",
            sponsored,
            sponsored > limits["sponsored_share_high"],
            lambda share: f"{share:.0%} of the posts are sponsored.",
        ),
        _Rule("silent", days, days > limits["silent_days"], lambda d: f"The last post is {d:,.0f} days old."),
        _Rule(
            "likes_hidden",
            hidden,
            hidden > limits["hidden_likes_share"],
            lambda share: f"Likes are hidden on {share:.0%} of the posts.",
        ),
        _Rule(
            "following_ratio_high",
            following,
            following > limits["following_ratio_high"],
            lambda ratio: f"Follows {ratio:.2f} accounts for every follower it has.",
        ),
        _Rule(
            "credibility_low",
            genuine,
            genuine < limits["credibility_low"],
            lambda share: f"Only {share:.0%} of the audience is stated to be genuine.",
        ),
        _Rule(
            "engagement_unusual",
            place,
            counted & (place > limits["engagement_percentile_high"]),
            lambda _: "Engagement is above that of 99% of like creators: look at who reacts.",
        ),
        _Rule(
            "engagement_unusual",
            place,
            counted & (place < limits["engagement_percentile_low"]),
            lambda _: "Engagement is below that of 98% of like creators.",
        ),
    ]


def _kinds_in_words(
    kinds: Sequence[str | None], people: NDArray[np.float32], stated: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """What is said of accounts that are not people's: as stated, or with the probability of the estimate."""
    words = np.empty(len(kinds), dtype=object)
    for at, kind in enumerate(kinds):
        if stated[at]:
            words[at] = f"that of a {kind}, not of a person"
        elif kind in PEOPLE:
            words[at] = f"not a person's, with a probability of {1 - people[at]:.0%} by its name, bio and posts"
        else:
            words[at] = (
                f"probably that of a {kind}: not a person's with {1 - people[at]:.0%} by its name, bio and posts"
            )
    return words
