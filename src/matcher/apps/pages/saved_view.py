"""A saved shortlist as the page shows it: the answer as it was, and what was decided since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from pydantic import TypeAdapter

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.marking import words_of
from matcher.apps.pages.shortlist_view import Card, card
from matcher.apps.storage.records import Decision, DecisionState, SavedShortlist
from matcher.errors import BriefError
from matcher.records import Brief, Shortlist

STATES: tuple[str, ...] = get_args(DecisionState)
_SHORTLIST = TypeAdapter(Shortlist)


@dataclass(frozen=True, slots=True)
class SavedView:
    """All of the page of a saved shortlist."""

    saved: SavedShortlist
    brief: Brief
    link: str
    """Of the brief, to ask it again; empty where it is too long for one."""
    shortlist: Shortlist
    cards: tuple[tuple[Card, Decision | None], ...]
    counts: dict[str, int]
    """State → creators; "" are those that nothing was decided about."""


def saved_view(saved: SavedShortlist, state: str | None = None) -> SavedView:
    """Lay a saved shortlist out; with a state, only the creators of it."""
    brief, shortlist = Brief.parse(saved.brief), _SHORTLIST.validate_python(saved.shortlist)
    words, decided = words_of(brief), {decision.creator_id: decision for decision in saved.decisions}
    pairs = [(card(entry, words), decided.get(entry.creator_id)) for entry in shortlist.entries]
    counts = dict.fromkeys(("", *STATES), 0)
    for _, decision in pairs:
        counts[decision.state if decision else ""] += 1
    chosen = [(one, made) for one, made in pairs if state is None or (made.state if made else "") == state]
    return SavedView(saved, brief, _link(brief), shortlist, tuple(chosen), counts)


def _link(brief: Brief) -> str:
    try:
        return pack(brief)
    except BriefError:
        return ""
