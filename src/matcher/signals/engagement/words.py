"""The engagement signal of candidates, read off the columns of the snapshot, and its note."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.engagement.parts import PARTS
from matcher.signals.opinion import Opinion

REMARKABLE = 0.15
"""A part is named when it stands in this share at either end of its peers."""
_SAID = {
    "trend": ("rising", "falling"),
    "steadiness": ("steady from post to post", "uneven from post to post"),
    "comments_per_like": ("many comments per like", "few comments per like"),
    "passed_on": ("often shared and saved", "seldom shared and saved"),
    "sponsored": ("sponsored posts hold up well", "sponsored posts fall behind"),
    "comment_quality": ("comments say much", "comments say little"),
    "reply_rate": ("answers more comments than most", "answers fewer comments than most"),
    "reply_speed": ("answers sooner than most", "answers later than most"),
    "half_life": ("views keep coming", "views come at once"),
    "late_growth": ("much of the growth is late", "little of the growth is late"),
}


def engagement(rows: NDArray[np.int64], columns: Any, bases: list[str], norms: list[dict[str, float]]) -> Opinion:
    """
    The engagement signal of creator rows; its percentile among peers is a column of its own.

    `columns` are the CreatorColumns of the snapshot; `norms[group]` is basis → median rate of a peer group.
    """
    posts = columns.engagement_posts[rows]
    rate, basis = columns.engagement_rate[rows], columns.engagement_basis[rows]
    group = columns.peer_group[rows]

    def note(i: int) -> str:
        if posts[i] == 0:
            return "No settled post with counts: the usual value of like creators is taken."
        name = bases[basis[i]]
        usual = norms[group[i]].get(name)
        beside = f", like creators {usual:.1%}" if usual is not None else ""
        count = "1 settled post" if posts[i] == 1 else f"median of {posts[i]} settled posts"
        remarks = "".join(f"; {said}" for said in remarkable(columns.engagement_parts_percentile[rows[i]]))
        more = growth(columns, int(rows[i])) + talk(columns, int(rows[i]))
        return f"{rate[i]:.1%} by {name}{beside} ({count}){remarks}{more}."

    status = np.where(posts > 0, 3, 0).astype(np.int8)
    return Opinion("engagement", columns.engagement_value[rows].astype(np.float64), status, note)


def growth(columns: Any, row: int) -> str:
    """How soon the views of one creator's posts come, in words that follow others; nothing where it is not known."""
    half_life = float(columns.engagement_parts[row, PARTS.index("half_life")])
    return "" if np.isnan(half_life) else f"; half of the views come within {np.exp(half_life):.1f} days"


def talk(columns: Any, row: int) -> str:
    """What the comments of one creator are, in words that follow others; nothing where too few were read."""
    empty, suspicious = float(columns.comment_empty[row]), float(columns.comment_suspicious[row])
    if np.isnan(empty):
        return ""
    said = f"; of {columns.comment_count[row]} comments {empty:.0%} say nothing"
    return said + (f", {suspicious:.0%} look like spam or copies" if suspicious >= 0.005 else "")


def remarkable(percentile: NDArray[np.float32]) -> list[str]:
    """The parts of one creator that stand out among its peers, in words; `percentile` [parts], NaN = not known."""
    return [
        _SAID[name][0 if place > 0.5 else 1]
        for name, place in zip(PARTS, percentile.tolist(), strict=True)
        if place >= 1 - REMARKABLE or place <= REMARKABLE
    ]
