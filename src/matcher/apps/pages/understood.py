"""What was understood of a brief's text, as chips that a reader can take or leave, and how they become fields."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from matcher.apps.pages.brief_form import Values, brief_fields
from matcher.understanding import LeftOut, UnderstoodPart, parse_brief

TAKEN, SEEN = "understood", "understood.seen"
"""Fields of the form: the chips that are ticked, and those that were there to tick."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood."""

    key: str
    """Stays the same while the text around its words changes."""
    field: str
    value: Any
    words: str
    ticked: bool
    in_fields: bool
    """Whether the form has this field filled in already; the form comes first."""


@dataclass(frozen=True, slots=True)
class Chips:
    """What a text says, and what looked like a condition and was left out."""

    chips: tuple[Chip, ...]
    left_out: tuple[LeftOut, ...]


def chips(values: Values) -> Chips:
    """The chips for the text of a form; one that was unticked before stays so."""
    text = values.one("text")
    if not text.strip():
        return Chips((), ())
    found, data = parse_brief(text), brief_fields(values)
    left = set(values.all(SEEN)) - set(values.all(TAKEN))
    made = [
        Chip(_key(part), part.field, _whole(part.value), part.words, _key(part) not in left, _has(data, part.field))
        for part in found.understood
    ]
    return Chips(tuple({chip.key: chip for chip in made}.values()), found.left_out)


def with_understood(data: dict[str, Any], text: str, taken: Collection[str]) -> dict[str, Any]:
    """Fields of a brief with what the ticked chips add; what the form itself says comes first."""
    if not taken or not text.strip():
        return data
    free = [part for part in parse_brief(text).understood if _key(part) in taken and not _has(data, part.field)]
    for part in free:
        *parents, last = part.field.split(".")
        inside = data
        for parent in parents:
            inside = inside.setdefault(parent, {})
        known = inside.get(last)
        if isinstance(part.value, dict):
            inside[last] = (known or {}) | part.value
        elif part.field in _SINGLE:
            inside[last] = part.value
        else:
            inside[last] = list(dict.fromkeys([*(known or []), part.value]))
    return data


_SINGLE = {"goal", "language", "must.last_post_within_days", "must.has_contact"}
"""Fields that hold one value, not a list."""


def _key(part: UnderstoodPart) -> str:
    return f"{part.field}={part.words}"


def _has(data: dict[str, Any], field: str) -> bool:
    inside: Any = data
    for name in field.split("."):
        if not isinstance(inside, dict) or inside.get(name) in (None, [], {}):
            return False
        inside = inside[name]
    return True


def _whole(value: Any) -> Any:
    """A range with both its ends, open ones as None, so that it reads like one of a brief."""
    return {"min": None, "max": None} | value if isinstance(value, dict) and value.keys() <= {"min", "max"} else value
