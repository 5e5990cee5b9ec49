"""What was understood of a text: the fields of a brief, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matcher.records.plain import plain


@dataclass(frozen=True, slots=True)
class UnderstoodPart:
    """One value of a brief, and where in the text it was read."""

    field: str
    """Dotted path in the brief: `must.countries`, `target_audience.age`, `budget`."""
    value: Any
    """What this place adds to the field: one item of a list, one range, the shares of one facet."""
    words: str
    """The words as they stand in the text."""
    start: int
    end: int
    """Half-open range of `words` in the text, in code points."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that looked like a condition and were not taken over, and why."""

    words: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A text as a structured brief. What is not said in it is not in the brief."""

    brief: dict[str, Any]
    """Fields for `Brief.parse`: always `text`, and those that were understood."""
    understood: tuple[UnderstoodPart, ...] = ()
    """In the order of the text."""
    left_out: tuple[LeftOut, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        found: dict[str, Any] = plain(self)
        return found
