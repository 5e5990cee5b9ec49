"""Why a creator may not be what it seems: the parts that speak against it, most telling first, with their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from matcher.records.explanation import Authenticity
from matcher.signals.authenticity.evidence import FIGURES, PARTS

WORTH_SAYING = 0.7
"""Log-odds from which a part is a reason: it doubles the odds."""


def reasons(columns: Any, row: int) -> list[str]:
    """The reasons against one creator row of the snapshot's CreatorColumns, most telling first."""
    weights = columns.authenticity_weights[row]
    figures = dict(zip(FIGURES, columns.authenticity_figures[row].tolist(), strict=True))
    telling = [code for code in np.argsort(-np.nan_to_num(weights), kind="stable") if weights[code] >= WORTH_SAYING]
    return [_SAID[PARTS[code]](figures) for code in telling]


def authenticity_of(columns: Any, row: int) -> Authenticity:
    """What the snapshot says of one creator row."""
    value, low, high = (round(float(getattr(columns, f"authenticity{end}")[row]), 4) for end in ("", "_low", "_high"))
    weights = columns.authenticity_weights[row].tolist()
    known = tuple(name for name, weight in zip(PARTS, weights, strict=True) if weight == weight)
    return Authenticity(value, (low, high), tuple(reasons(columns, row)), known)


def in_words(found: Authenticity) -> str:
    """One sentence: how likely the creator is genuine, between what, and why not."""
    low, high = found.interval
    why = "; ".join(found.reasons) or "no single part stands out"
    return f"Followers and reactions are {found.value:.0%} likely to be genuine ({low:.0%} to {high:.0%}): {why}."


Figures = Mapping[str, float]


def _jump(f: Figures) -> str:
    unseen = ", though no post of that time is in the tables" if f["jump_unseen"] else ", that no post explains"
    return f"{f['jump_size']:.0%} more followers in a week or two, {f['jump_days_ago']:.0f} days ago{unseen}"


def _drip(f: Figures) -> str:
    grown, answered = np.expm1(f["drip_growth"]), np.expm1(f["drip_answered"])
    return f"followers grew by {grown:.0%} and reactions to a post by {answered:.0%} over the same months"


_SAID: dict[str, Callable[[Figures], str]] = {
    "engagement_high": lambda _: "reactions far above those of like creators",
    "engagement_low": lambda _: "reactions far below those of like creators",
    "talk_high": lambda _: "far more comments per like than like creators",
    "talk_low": lambda _: "far fewer comments per like than like creators",
    "reach_low": lambda _: "far fewer views for its followers than like creators",
    "following": lambda _: "follows far more accounts than like creators",
    "jump": _jump,
    "drip": _drip,
    "comments": lambda f: f"{f['poor_comments']:.0f} of {f['comments']:.0f} comments say nothing, are copies or spam",
    "lockstep": lambda f: (
        f"{f['together']:.0f} of {f['commenters']:.0f} commenters turn up with the same others under other creators too"
    ),
    "everywhere": lambda f: (
        f"{f['everywhere']:.0f} of {f['commenters']:.0f} commenters comment under ten creators or more"
    ),
    "pod": lambda f: f"{f['partners']:.0f} creators and this one comment on one another",
    "fakes": lambda f: (
        f"{f['fake_share']:.0%} fake accounts ({f['fake_share_low']:.0%} to {f['fake_share_high']:.0%}) "
        f"among {f['profiles']:.0f} profiles"
    ),
}
