"""What the readers of single fields share: the text with what is known about it, and what they claim to have read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from matcher.understanding.lexicon import compiled
from matcher.understanding.quantities import Quantity
from matcher.understanding.roles import Roles
from matcher.understanding.scope import Spot

READ = 20_000
"""How many characters of a text are read: a brief, not a book."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value read at a place; `field` is that of the brief, or for a condition its name alone."""

    field: str
    value: Any
    start: int
    end: int
    condition: bool = False
    """Whether it goes to `must` or `should`, as the text around it says."""
    shown: tuple[int, int] | None = None
    """Where the words that say so lie, where they are more than what names the value: "no" of "no shops"."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that look like a condition and cannot be taken as one."""

    start: int
    end: int
    reason: str


Read = Iterator[Claim | Doubt]


@dataclass(slots=True)
class Page:
    """A folded text, its quantities, and the ranges that a reader has already read."""

    text: str
    quantities: list[Quantity]
    roles: Roles
    taken: list[Spot] = field(default_factory=list)
    _read: bytearray = field(default_factory=bytearray)

    def take(self, spots: Iterable[Spot]) -> None:
        """Mark ranges as read."""
        self._read = self._read or bytearray(len(self.text))
        for start, end in spots:
            self.taken.append((start, end))
            self._read[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether nobody has read any of a range."""
        return b"\1" not in self._read[start:end]

    def find(self, expression: str) -> Iterator[re.Match[str]]:
        """Matches of an expression in what is free."""
        return (found for found in compiled(expression).finditer(self.text) if self.free(*found.span()))

    def ends_before(self, start: int, expression: str, within: int = 40) -> re.Match[str] | None:
        """A match of an expression that ends right at a place."""
        return compiled(rf"(?:{expression})$").search(self.text, max(0, start - within), start)

    def begins_at(self, end: int, expression: str) -> re.Match[str] | None:
        """A match of an expression that begins right at a place."""
        return compiled(expression).match(self.text, end)
