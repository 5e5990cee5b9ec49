"""The engagement signal of candidates, read off the columns of the snapshot, and its note."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.records.said import SEMICOLONS, Said, listed, say, say_n
from matcher.signals.engagement.parts import PARTS
from matcher.signals.opinion import Opinion

REMARKABLE = 0.15
"""A part is named when it stands in this share at either end of its peers."""
LOSS_WORTH_SAYING = 0.01
"""What counts for less than all by no more than this is not mentioned."""
PLACE_PUZZLES_BELOW = 0.7
"""What counts for less than this stands low beside a place that may be high, and the place is explained."""
_PLACED_BEFORE = say("its place among like creators is that of the reactions before this")
_REMARKS = {
    "trend": (say("rising"), say("falling")),
    "steadiness": (say("steady from post to post"), say("uneven from post to post")),
    "comments_per_like": (say("many comments per like"), say("few comments per like")),
    "passed_on": (say("often shared and saved"), say("seldom shared and saved")),
    "sponsored": (say("sponsored posts hold up well"), say("sponsored posts fall behind")),
    "comment_quality": (say("comments say much"), say("comments say little")),
    "reply_rate": (say("answers more comments than most"), say("answers fewer comments than most")),
    "reply_speed": (say("answers sooner than most"), say("answers later than most")),
    "half_life": (say("views keep coming"), say("views come at once")),
    "late_growth": (say("much of the growth is late"), say("little of the growth is late")),
}
_BY_PART = tuple(_REMARKS[name] for name in PARTS)
_FAR_UP = 1 - REMARKABLE
BASIS_WORDS = {"views": say("views"), "reach": say("reach"), "followers": say("followers")}


def engagement(
    rows: NDArray[np.int64],
    columns: Any,
    bases: list[str],
    norms: list[dict[str, float]],
    counts: NDArray[np.float64] | None = None,
) -> Opinion:
    """
    The engagement signal of creator rows [n]; its percentile among peers is a column of its own.

    `columns` are the CreatorColumns of the snapshot; `norms[group]` is basis → median rate of a peer group. `counts`
    float64 [n] in [0, 1] says how far the reactions count for a brief, in full by default: those to posts about
    something else say little of it, and bought ones nothing.
    """
    far = np.ones(len(rows)) if counts is None else counts
    posts = columns.engagement_posts[rows]
    rate, basis = columns.engagement_rate[rows], columns.engagement_basis[rows]
    group = columns.peer_group[rows]

    def note(i: int) -> Said:
        if posts[i] == 0:
            return say("No settled post with counts: the usual value of like creators is taken.")
        name, row = bases[basis[i]], int(rows[i])
        level = _level(rate[i], name, norms[group[i]].get(name), int(posts[i]))
        clauses = (level, *remarks(columns, row), *growth(columns, row))
        return say("{clauses}.", clauses=listed((*clauses, *talk(columns, row), *_counted(float(far[i]))), SEMICOLONS))

    status = np.where(posts > 0, 3, 0).astype(np.int8)
    return Opinion("engagement", far * columns.engagement_value[rows].astype(np.float64), status, note, most=far)


def _counted(share: float) -> list[Said]:
    if share >= 1 - LOSS_WORTH_SAYING:
        return []
    counted = say("counted at {share:.0%}, as far as the creator is relevant and believed", share=share)
    return [counted, _PLACED_BEFORE] if share < PLACE_PUZZLES_BELOW else [counted]


def _level(rate: float, basis: str, usual: float | None, posts: int) -> Said:
    values = {"rate": rate, "basis": BASIS_WORDS.get(basis, basis)}
    if usual is None:
        return say_n(
            "{rate:.1%} by {basis} ({n} settled post)",
            "{rate:.1%} by {basis} (median of {n} settled posts)",
            posts,
            **values,
        )
    return say_n(
        "{rate:.1%} by {basis}, like creators {usual:.1%} ({n} settled post)",
        "{rate:.1%} by {basis}, like creators {usual:.1%} (median of {n} settled posts)",
        posts,
        usual=usual,
        **values,
    )


def growth(columns: Any, row: int) -> list[Said]:
    """How soon the views of one creator's posts come; nothing where it is not known."""
    half_life = float(columns.engagement_parts[row, PARTS.index("half_life")])
    if np.isnan(half_life):
        return []
    days = round(float(np.exp(half_life)), 1)
    return [say_n("half of the views come within {n:g} day", "half of the views come within {n:g} days", days)]


def talk(columns: Any, row: int) -> list[Said]:
    """What the comments of one creator are; nothing where too few were read."""
    empty, suspicious = float(columns.comment_empty[row]), float(columns.comment_suspicious[row])
    if np.isnan(empty):
        return []
    comments = int(columns.comment_count[row])
    found = [say("of {comments} comments {empty:.0%} say nothing", comments=comments, empty=empty)]
    if suspicious >= 0.005:
        found = [
            say(
                "of {comments} comments {empty:.0%} say nothing, {suspicious:.0%} look like spam or copies",
                comments=comments,
                empty=empty,
                suspicious=suspicious,
            )
        ]
    return found


def remarks(columns: Any, row: int) -> list[Said]:
    """The parts of one creator row that stand out among its peers, in words; a trend only where it is surely one."""
    found = []
    for (above, below), place in zip(_BY_PART, columns.engagement_parts_percentile[row].tolist(), strict=True):
        if place >= _FAR_UP:
            found.append(above)
        elif place <= REMARKABLE:
            found.append(below)
    rising, falling = _REMARKS["trend"]
    low, high = columns.engagement_trend_range[row].tolist()
    return [said for said in found if not (said is rising and low <= 0) and not (said is falling and high >= 0)]
