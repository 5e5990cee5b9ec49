"""Cautions: what to look at before writing to a creator, each with the figure that it rests on."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.records import Caution
from matcher.signals.trade import trade_data


def cautions(row: int, columns: Any, days_since_post: float, kind: str | None) -> tuple[Caution, ...]:
    """The cautions for one creator row of the snapshot's CreatorColumns; `days_since_post` may be NaN."""
    limits = trade_data("cautions")
    return tuple(
        [
            *_thin(int(columns.post_start[row + 1] - columns.post_start[row]), columns.followers[row], limits),
            *_kind(kind),
            *_above(limits, "sponsored_share_high", columns.sponsored_share[row], "{:.0%} of the posts are sponsored."),
            *_above(limits, "silent_days", days_since_post, "The last post is {:,.0f} days old."),
            *_above(
                limits,
                "hidden_likes_share",
                columns.hidden_likes_share[row],
                "Likes are hidden on {:.0%} of the posts.",
            ),
            *_above(
                limits,
                "following_ratio_high",
                columns.following_ratio[row],
                "Follows {:.2f} accounts for every follower it has.",
            ),
            *_credibility(columns.credibility[row], limits),
            *(_unusual(columns.engagement_percentile[row], limits) if columns.engagement_posts[row] else ()),
        ]
    )


def _thin(posts: int, followers: float, limits: dict[str, Any]) -> list[Caution]:
    """Little to judge by."""
    found = []
    if posts == 0:
        found.append(Caution("no_posts", "No posts in the index: nothing but the bio could be read."))
    elif posts < limits["few_posts"]:
        found.append(Caution("few_posts", f"Only {posts} post{'s' if posts > 1 else ''} to judge by."))
    if np.isnan(followers):
        found.append(Caution("followers_unknown", "The number of followers is not known."))
    return found


def _kind(kind: str | None) -> list[Caution]:
    """Brands want people."""
    if kind is None or kind in ("person", "group"):
        return []
    return [Caution("not_a_person", f"The account is that of a {kind}, not of a person.")]


def _above(limits: dict[str, Any], code: str, value: float, words: str) -> list[Caution]:
    """A figure above its limit; NaN never is."""
    return [Caution(_CODES.get(code, code), words.format(float(value)))] if value > limits[code] else []


_CODES = {"silent_days": "silent", "hidden_likes_share": "likes_hidden"}


def _credibility(genuine: float, limits: dict[str, Any]) -> list[Caution]:
    """An audience that is partly bought."""
    if not genuine < limits["credibility_low"]:
        return []
    return [Caution("credibility_low", f"Only {genuine:.0%} of the audience is stated to be genuine.")]


def _unusual(percentile: float, limits: dict[str, Any]) -> list[Caution]:
    """Engagement outside of what like creators get, on either side."""
    if percentile > limits["engagement_percentile_high"]:
        return [Caution("engagement_unusual", "Engagement is above that of 99% of like creators: look at who reacts.")]
    if percentile < limits["engagement_percentile_low"]:
        return [Caution("engagement_unusual", "Engagement is below that of 98% of like creators.")]
    return []
