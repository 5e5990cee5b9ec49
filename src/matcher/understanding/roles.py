"""
Of whom a place in a text speaks: of the creators, or of the people to be reached.

"Moms in Vietnam" are to be reached, and so are those that a product is for; "we want *moms* in Vietnam *who* bake" are
the creators themselves, if the sentence names no others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.understanding.lexicon import any_of, compiled, names, pattern
from matcher.understanding.scope import Spot, sentences

Role = Literal["creator", "audience"]
_WHERE = 24
"""So many characters may stand between people and what they do: "moms *in Ho Chi Minh City* who …"."""
_JOIN = r"(?:\s|-|'s|的|之|based|other|and|or|&|/|和|或|與|及|và|และ|หรือ)*"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that names creators or an audience."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Roles:
    """The words of a text that name creators or an audience, and its sentences."""

    text: str
    marks: tuple[Mark, ...]
    sentences: tuple[Spot, ...]

    def next_to(self, end: int, skip: Sequence[Spot]) -> Mark | None:
        """The mark right after a place, past ranges that are conditions too ("Thai *female TikTok* creators")."""
        while True:
            found = compiled(_JOIN).match(self.text, end)
            at = found.end() if found else end
            first = bisect_left(self.marks, end, key=lambda mark: mark.start)
            mark = next((m for m in self.marks[first : first + 2] if m.start in (at, end)), None)
            if mark is not None:
                return mark
            past = next((right for left, right in skip if left == at and right > at), None)
            if past is None:
                return None
            end = past

    def before(self, start: int) -> Mark | None:
        """The nearest mark before a place, or around it, in its sentence."""
        left, _ = self.sentence(start)
        at = bisect_left(self.marks, start, key=lambda mark: mark.start)
        around = next((mark for mark in self.marks[at : at + 1] if mark.start == start), None)
        before = self.marks[at - 1] if at else None
        return around or (before if before is not None and before.start >= left else None)

    def after(self, end: int) -> Mark | None:
        """The nearest mark after a place, in its sentence."""
        _, right = self.sentence(end - 1)
        at = bisect_left(self.marks, end, key=lambda mark: mark.start)
        return next((mark for mark in self.marks[at : at + 1] if mark.start < right), None)

    def holds(self, role: Role, start: int, end: int) -> bool:
        """Whether a mark of a role begins in a range."""
        first = bisect_left(self.marks, start, key=lambda mark: mark.start)
        last = bisect_left(self.marks, end, key=lambda mark: mark.start)
        return any(mark.role == role for mark in self.marks[first:last])

    def also(self, spots: Sequence[Spot]) -> Roles:
        """These and further words that name an audience ("*women 18-34* in Taiwan")."""
        marks = [*self.marks, *(Mark("audience", *spot) for spot in spots)]
        return Roles(self.text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))), self.sentences)

    def sentence(self, at: int) -> Spot:
        """The sentence of a place."""
        row = bisect_right(self.sentences, at, key=lambda spot: spot[0]) - 1
        return self.sentences[row] if row >= 0 and at < self.sentences[row][1] else (at, at)


def find_roles(text: str, taken: Sequence[Spot]) -> Roles:
    """Roles of a folded text; words in `taken` are part of a condition ("10k *followers*") and name nobody."""
    marks: list[Mark] = []
    for role, kinds in (("creator", ("creator",)), ("audience", ("audience", "followers"))):
        expression = "|".join(pattern(kind) for kind in kinds)
        for found in re.finditer(expression, text):
            if not any(left <= found.start() < right for left, right in taken):
                marks.append(Mark(role, *found.span()))  # type: ignore[arg-type]
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    parts = tuple(sentences(text))
    return Roles(text, tuple(_sought(text, marks, parts)), parts)


def _sought(text: str, marks: Sequence[Mark], parts: Sequence[Spot]) -> list[Mark]:
    """The marks, with those as creators who post themselves, in sentences that name no other creators."""
    expression = compiled(rf"{pattern('sought')}(?=[^,，.。;；:：]{{0,{_WHERE}}}?{pattern('shares')})")
    place = any_of(names("countries") | names("cities") | names("peoples"))
    found = list(marks)
    for left, right in parts:
        own = [mark for mark in marks if left <= mark.start < right]
        first = expression.search(text, left, right)
        if first is None or any(mark.role == "creator" for mark in own):
            continue
        ahead = text[left : first.start()]
        led = compiled(rf"(?:.*{pattern('restart')})?(?:\s|some|the|có|là|的|{place})*").fullmatch(ahead)
        if led is not None:
            kept = [mark for mark in found if mark.end <= first.start() or mark.start >= first.end()]
            found = [*kept, Mark("creator", *first.span())]
    return sorted(found, key=lambda mark: (mark.start, -mark.end))
