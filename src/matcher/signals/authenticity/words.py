"""Why a creator may not be what it seems: the parts that speak against it, most telling first, with their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from matcher.records.explanation import Authenticity
from matcher.records.said import SEMICOLONS, Said, listed, say
from matcher.signals.authenticity.evidence import FIGURES, PARTS

LOG_ODDS_OF_A_REASON = 0.7
"""Log-odds from which a part is a reason: it doubles the odds."""


def reasons(columns: Any, row: int) -> list[Said]:
    """The reasons against one creator row of the snapshot's CreatorColumns, most telling first."""
    weights = columns.authenticity_weights[row]
    figures = dict(zip(FIGURES, columns.authenticity_figures[row].tolist(), strict=True))
    telling = [
        code for code in np.argsort(-np.nan_to_num(weights), kind="stable") if weights[code] >= LOG_ODDS_OF_A_REASON
    ]
    return [_SAID[PARTS[code]](figures) for code in telling]


def jumped(columns: Any, row: int) -> Said:
    """The largest jump of followers of one creator row that nothing explains."""
    return _jump(dict(zip(FIGURES, columns.authenticity_figures[row].tolist(), strict=True)))


def authenticity_of(columns: Any, row: int) -> Authenticity:
    """What the snapshot says of one creator row."""
    value, low, high = (round(float(getattr(columns, f"authenticity{end}")[row]), 4) for end in ("", "_low", "_high"))
    weights = columns.authenticity_weights[row].tolist()
    known = tuple(name for name, weight in zip(PARTS, weights, strict=True) if weight == weight)
    return Authenticity(value, (low, high), tuple(reasons(columns, row)), known)


def in_words(found: Authenticity) -> Said:
    """One sentence: how likely the creator is genuine, between what, and why not."""
    low, high = found.interval
    return say(
        "Followers and reactions are {value:.0%} likely to be genuine ({low:.0%} to {high:.0%}): {why}.",
        value=found.value,
        low=low,
        high=high,
        why=listed(found.reasons, SEMICOLONS) if found.reasons else say("no single part stands out"),
    )


Figures = Mapping[str, float]


def _jump(f: Figures) -> Said:
    jump = {"more": f["jump_size"], "days": f["jump_days_ago"]}
    if f["jump_unseen"]:
        return say(
            "{more:.0%} more followers in a week or two, {days:.0f} days ago, "
            "though no post of that time is in the tables",
            **jump,
        )
    return say("{more:.0%} more followers in a week or two, {days:.0f} days ago, that no post explains", **jump)


def _drip(f: Figures) -> Said:
    return say(
        "followers grew by {grown:.0%} and reactions to a post by {answered:.0%} over the same months",
        grown=float(np.expm1(f["drip_growth"])),
        answered=float(np.expm1(f["drip_answered"])),
    )


_SAID: dict[str, Callable[[Figures], Said]] = {
    "engagement_high": lambda _: say("reactions far above those of like creators"),
    "engagement_low": lambda _: say("reactions far below those of like creators"),
    "talk_high": lambda _: say("far more comments per like than like creators"),
    "talk_low": lambda _: say("far fewer comments per like than like creators"),
    "reach_low": lambda _: say("far fewer views for its followers than like creators"),
    "following": lambda _: say("follows far more accounts than like creators"),
    "jump": _jump,
    "unanswered": lambda _: say("reactions did not grow with the new followers"),
    "drip": _drip,
    "comments": lambda f: say(
        "{poor:.0f} of {comments:.0f} comments say nothing, are copies or spam",
        poor=f["poor_comments"],
        comments=f["comments"],
    ),
    "lockstep": lambda f: say(
        "{together:.0f} of {commenters:.0f} commenters turn up with the same others under other creators too",
        together=f["together"],
        commenters=f["commenters"],
    ),
    "everywhere": lambda f: say(
        "{everywhere:.0f} of {commenters:.0f} commenters comment under ten creators or more",
        everywhere=f["everywhere"],
        commenters=f["commenters"],
    ),
    "pod": lambda f: say("{partners:.0f} creators and this one comment on one another", partners=f["partners"]),
    "fakes": lambda f: say(
        "{share:.0%} fake accounts ({low:.0%} to {high:.0%}) among {profiles:.0f} profiles",
        share=f["fake_share"],
        low=f["fake_share_low"],
        high=f["fake_share_high"],
        profiles=f["profiles"],
    ),
}
