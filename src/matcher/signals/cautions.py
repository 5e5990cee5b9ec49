"""Cautions: what to look at before writing to a creator, each with the figure that it rests on."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.records import Caution
from matcher.signals.trade import trade_data


def cautions(row: int, columns: Any, days_since_post: float, kind: str | None) -> tuple[Caution, ...]:
    """The cautions for one creator row of the snapshot's CreatorColumns; `days_since_post` may be NaN."""
    limits = trade_data("cautions")
    posts = int(columns.post_start[row + 1] - columns.post_start[row])
    found = []
    if posts == 0:
        found.append(Caution("no_posts", "No posts in the index: nothing but the bio could be read."))
    elif posts < limits["few_posts"]:
        found.append(Caution("few_posts", f"Only {posts} post{'s' if posts > 1 else ''} to judge by."))
    if kind is not None and kind not in ("person", "group"):
        found.append(Caution("not_a_person", f"The account is of kind {kind!r}."))
    if (share := float(columns.sponsored_share[row])) > limits["sponsored_share_high"]:
        found.append(Caution("sponsored_share_high", f"{share:.0%} of the posts are sponsored."))
    if days_since_post > limits["silent_days"]:
        found.append(Caution("silent", f"The last post is {days_since_post:,.0f} days old."))
    if (share := float(columns.hidden_likes_share[row])) > limits["hidden_likes_share"]:
        found.append(Caution("likes_hidden", f"Likes are hidden on {share:.0%} of the posts."))
    if (ratio := float(columns.following_ratio[row])) > limits["following_ratio_high"]:
        found.append(Caution("following_ratio_high", f"Follows {ratio:.2f} accounts for every follower it has."))
    if (genuine := float(columns.credibility[row])) < limits["credibility_low"]:
        found.append(Caution("credibility_low", f"{genuine:.0%} of the audience is stated to be genuine."))
    if columns.engagement_posts[row] > 0:
        found += _unusual(float(columns.engagement_percentile[row]), limits)
    if np.isnan(columns.followers[row]):
        found.append(Caution("followers_unknown", "The number of followers is not known."))
    return tuple(found)


def _unusual(percentile: float, limits: dict[str, Any]) -> list[Caution]:
    """Engagement outside of what like creators get, on either side."""
    if percentile > limits["engagement_percentile_high"]:
        return [Caution("engagement_unusual", "Engagement is above that of 99 % of like creators: look at who reacts.")]
    if percentile < limits["engagement_percentile_low"]:
        return [Caution("engagement_unusual", "Engagement is below that of 98 % of like creators.")]
    return []
