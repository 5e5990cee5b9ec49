"""What would bring a creator into a shortlist: per signal the smallest value that closes the gap, if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.matching.scoring import DECIMALS, Scored
from matcher.records.explanation import Change
from matcher.records.said import Term, say
from matcher.records.shortlist import Contribution


@dataclass(frozen=True, slots=True)
class Room:
    """How far one signal of one creator may rise, and what it takes along."""

    most: float
    """The highest value there could be beside the others as they are."""
    gain: float
    """By how much the score rises with each of the value: its weight, and for relevance what counts as far as it."""


def rooms(scored: Scored, at: int) -> list[Room]:
    """The room of every signal of the creator at a position, in the order of the opinions."""
    along = sum(
        scored.weights[opinion.signal] * float(opinion.per_relevance[at])
        for opinion in scored.opinions
        if opinion.per_relevance is not None
    )
    return [
        Room(
            1.0 if opinion.most is None else max(float(opinion.most[at]), float(opinion.value[at])),
            scored.weights[opinion.signal] + (along if opinion.signal == "relevance" else 0.0),
        )
        for opinion in scored.opinions
    ]


def changes_to_enter(parts: Sequence[Contribution], limits: Sequence[Room], gap: float) -> tuple[Change, ...]:
    """The change of every signal that closes the gap to the last place of the shortlist, the easiest first."""
    changes = [_change(part, room, gap) for part, room in zip(parts, limits, strict=True)]
    return tuple(sorted(changes, key=lambda c: (c.needed is None, (c.needed or 0.0) - c.value)))


def _change(part: Contribution, room: Room, gap: float) -> Change:
    signal = Term(part.signal, "signal")
    needed = part.value + gap / room.gain if room.gain > 0 else None
    if needed is None or needed > room.most:
        detail = say("{signal} alone cannot close the gap of {gap:.3f}", signal=signal, gap=gap)
        return Change(part.signal, part.value, None, detail)
    needed = round(max(needed, part.value), DECIMALS)
    detail = say("{signal} {value:.2f} → {needed:.2f}", signal=signal, value=part.value, needed=needed)
    return Change(part.signal, part.value, needed, detail)
