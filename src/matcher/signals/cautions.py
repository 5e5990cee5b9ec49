"""
Cautions: what to look at before writing to a creator, each with the figure that it rests on and what that is part of.

They change no score. A difference is said where it is neither small nor chance: shares and levels of a few posts are
not, a fall whose interval holds a rise is not, nor one of a tenth of a percent. A rule is a bitmap of the creators that
it is said of, and its words; what is not known (NaN) is never cautioned about, but for the followers. Thresholds are
data: data/cautions.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Caution
from matcher.records.said import Said, Term, say, say_n
from matcher.signals.account_kind import PEOPLE
from matcher.signals.authenticity.evidence import PARTS as AUTHENTICITY_PARTS
from matcher.signals.authenticity.words import LOG_ODDS_OF_A_REASON, authenticity_of, in_words, jumped
from matcher.signals.engagement import BASES, PARTS
from matcher.signals.engagement.words import BASIS_WORDS
from matcher.signals.trade import trade_data
from matcher.snapshot import NEVER, STATUSES

RECENT_POSTS = 30
"""Shares of posts are of so many of the newest."""
MONTH_DAYS = 30.0
_JUMP = AUTHENTICITY_PARTS.index("jump")


class _Rule(NamedTuple):
    code: str
    said: NDArray[np.bool_]
    words: Callable[[int], Said]
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

    def of_newest(share: NDArray[Any], i: int) -> Said:
        newest = min(int(posts[i]), RECENT_POSTS)
        some = round(float(share[i]) * newest)
        if posts[i] > newest:
            return say("{some} of the newest {newest} posts", some=some, newest=newest)
        return say_n("{some} of {n} post", "{some} of {n} posts", newest, some=some)

    return [
        _Rule("no_posts", posts == 0, lambda _: say("No posts in the index: nothing but the bio could be read.")),
        _Rule(
            "few_posts",
            (posts > 0) & (posts < limits["few_posts"]),
            lambda i: _few(int(posts[i])),
        ),
        _Rule(
            "few_peers",
            like < limits["few_peers"],
            lambda i: say_n(
                "Only {n} like creator to compare with, itself among them.",
                "Only {n} like creators to compare with, itself among them.",
                int(like[i]),
            ),
        ),
        _Rule(
            "sponsored_share_high",
            (sponsored > limits["sponsored_share_high"]) & (posts >= limits["share_posts"]),
            lambda i: say(
                "{posts} are sponsored ({share:.0%}).", posts=of_newest(sponsored, i), share=float(sponsored[i])
            ),
        ),
        _Rule(
            "likes_hidden",
            (hidden > limits["hidden_likes_share"]) & (posts >= limits["share_posts"]),
            lambda i: say(
                "Likes are hidden on {posts} ({share:.0%}).", posts=of_newest(hidden, i), share=float(hidden[i])
            ),
        ),
    ]


@cache
def _few(posts: int) -> Said:
    return say_n("Only {n} post to judge by.", "Only {n} posts to judge by.", posts)


def _of_people(rows: NDArray[np.int64], columns: Any, groups: Sequence[Mapping[str, Any]]) -> list[_Rule]:
    """Followers, whom the creator follows itself, and how genuine its audience is."""
    limits = trade_data("cautions")
    followers, following = columns.followers[rows], columns.following_ratio[rows]
    genuine, people = columns.credibility[rows], columns.audience_sample[rows]
    estimated = columns.credibility_status[rows] == STATUSES.index("estimated")

    def low(i: int) -> Said:
        share, counted = float(genuine[i]), float(people[i])
        if estimated[i]:
            return say(
                "Only {share:.0%} of the audience is genuine, as estimated from profiles of followers.", share=share
            )
        if counted > 0:
            return say(
                "Only {share:.0%} of the audience is stated to be genuine ({people:,.0f} people counted).",
                share=share,
                people=counted,
            )
        return say("Only {share:.0%} of the audience is stated to be genuine.", share=share)

    return [
        _Rule("followers_unknown", np.isnan(followers), lambda _: say("The number of followers is not known.")),
        _Rule(
            "following_ratio_high",
            (following > limits["following_ratio_high"]) & (following * followers >= limits["following_many"]),
            lambda i: say(
                "Follows {accounts:,.0f} accounts, {each:.2f} for every one of its {followers:,.0f} followers.",
                accounts=float(following[i] * followers[i]),
                each=float(following[i]),
                followers=float(followers[i]),
            ),
        ),
        _Rule("credibility_low", genuine < limits["credibility_low"], low),
        _Rule(
            "authenticity_low",
            columns.authenticity[rows] < limits["authenticity_low"],
            lambda i: in_words(authenticity_of(columns, int(rows[i]))),
        ),
        _Rule(
            "followers_jumped",
            (columns.authenticity_weights[rows, _JUMP] >= LOG_ODDS_OF_A_REASON)
            & (columns.authenticity[rows] >= limits["authenticity_low"]),
            lambda i: say("{jump}: ask what brought them.", jump=jumped(columns, int(rows[i]))),
        ),
    ]


def _of_engagement(rows: NDArray[np.int64], columns: Any, groups: Sequence[Mapping[str, Any]]) -> list[_Rule]:
    """A level far from that of like creators, and one that falls."""
    limits = trade_data("cautions")
    place, posts = columns.engagement_percentile[rows], columns.engagement_posts[rows]
    rate, basis = columns.engagement_rate[rows], columns.engagement_basis[rows]
    days = columns.engagement_trend_days[rows]
    months = days / MONTH_DAYS
    left = np.exp(columns.engagement_parts[rows, PARTS.index("trend")] * months)
    judged = posts >= limits["unusual_posts"]
    like = np.array([group["creators"] for group in groups])

    def level(i: int) -> dict[str, Any]:
        usual = groups[i]["usual"].get(BASES[basis[i]])
        found = {"rate": float(rate[i]), "basis": BASIS_WORDS[BASES[basis[i]]], "posts": int(posts[i])}
        return found | ({"usual": usual} if usual is not None else {}) | {"like": groups[i]["creators"]}

    def above(i: int) -> Said:
        found = level(i) | {"share": high}
        if "usual" in found:
            return say(
                "Engagement, {rate:.1%} by {basis} over {posts} posts (usual: {usual:.1%}), is above that of "
                "{share:.0%} of {like:,} like creators: look at who reacts.",
                **found,
            )
        return say(
            "Engagement, {rate:.1%} by {basis} over {posts} posts, is above that of {share:.0%} of {like:,} like "
            "creators: look at who reacts.",
            **found,
        )

    def below(i: int) -> Said:
        found = level(i) | {"share": 1 - low}
        if "usual" in found:
            return say(
                "Engagement, {rate:.1%} by {basis} over {posts} posts (usual: {usual:.1%}), is below that of "
                "{share:.0%} of {like:,} like creators.",
                **found,
            )
        return say(
            "Engagement, {rate:.1%} by {basis} over {posts} posts, is below that of {share:.0%} of {like:,} like "
            "creators.",
            **found,
        )

    high, low = limits["engagement_percentile_high"], limits["engagement_percentile_low"]
    return [
        _Rule("engagement_unusual", judged & (place > high) & (like >= 1 / (1 - high)), above),
        _Rule("engagement_unusual", judged & (place < low) & (like >= 1 / low), below),
        _Rule(
            "engagement_falling",
            (left <= 1 - limits["falling_share"])
            & (posts >= limits["falling_posts"])
            & (columns.engagement_trend_range[rows, 1] < 0)
            & (rate * (1 - left) >= limits["falling_points"]),
            lambda i: say(
                "The engagement rate fell by {share:.0%} ({least:.0%} to {most:.0%}) over {days:,.0f} days, as the "
                "newest {posts} posts show.",
                share=float(1 - left[i]),
                least=float(1 - np.exp(months[i] * columns.engagement_trend_range[rows[i], 1])),
                most=float(1 - np.exp(months[i] * columns.engagement_trend_range[rows[i], 0])),
                days=float(days[i]),
                posts=min(int(posts[i]), RECENT_POSTS),
            ),
        ),
    ]


def _silence(rows: NDArray[np.int64], columns: Any, days: NDArray[np.float64]) -> _Rule:
    last = columns.last_post_at[rows]

    def words(i: int) -> Said:
        if last[i] == NEVER:
            return say("The last post is {days:,.0f} days old.", days=float(days[i]))
        day = np.datetime64(int(last[i]), "s").astype("datetime64[D]").item()
        return say("The last post is {days:,.0f} days old ({day}).", days=float(days[i]), day=day)

    return _Rule("silent", days > trade_data("cautions")["silent_days"], words)


def _kind(rows: NDArray[np.int64], columns: Any, kinds: Sequence[str | None]) -> _Rule:
    """Accounts that are not people's: as stated, or with the probability of the estimate."""
    people, stated = columns.account_kind_people[rows], columns.account_kind[rows] >= 0

    def words(i: int) -> Said:
        kind, share = Term(str(kinds[i]), "kind"), float(1 - people[i])
        if stated[i]:
            return say("The account is that of a {kind}, not of a person.", kind=kind)
        if kinds[i] in PEOPLE:
            return say(
                "The account is not a person's, with a probability of {share:.0%} by its name, bio and posts.",
                share=share,
            )
        return say(
            "The account is probably that of a {kind}: not a person's with {share:.0%} by its name, bio and posts.",
            kind=kind,
            share=share,
        )

    return _Rule("not_a_person", people < trade_data("cautions")["people_probability_low"], words)
