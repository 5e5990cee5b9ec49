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

from matcher.understanding.exclusion import CLAUSE
from matcher.understanding.lexicon import any_of, compiled, names, pattern
from matcher.understanding.scope import Spot, sentences

Role = Literal["creator", "audience"]
_WHERE = 24
"""So many characters may stand between people and what they do: "moms *in Ho Chi Minh City* who …"."""
_WINDOW = 200
"""How many characters before a place are looked at for what its clause is about."""
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

    def of_clause(self, start: int) -> Mark | None:
        """What the nearest clause before a place is about: its first mark ("*KOL* สำหรับคนแพ้ง่าย อยู่กรุงเทพ")."""
        left = max(self.sentence(start)[0], start - _WINDOW)
        bounds = [left, *(found.end() for found in CLAUSE.finditer(self.text, left, start))]
        for one, other in zip(bounds[-2::-1], bounds[:0:-1], strict=True):
            first = bisect_left(self.marks, one, key=lambda mark: mark.start)
            if first < len(self.marks) and self.marks[first].start < other:
                return self.marks[first]
        return None

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
    return Roles(text, tuple(_sought(text, _named(text, marks), parts)), parts)


def _named(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, with those as creators who are named right behind creators ("KOC *mẹ bỉm sữa*", "部落客*媽媽*")."""
    starts = {mark.start for mark in marks}
    renamed: dict[int, Mark] = {}
    for mark in marks:
        space = r"\s?" if text[mark.start].isascii() else ""
        people = compiled(rf"{space}({pattern('sought')})").match(text, mark.end) if mark.role == "creator" else None
        if people is not None and people.end() not in starts:
            renamed[people.start(1)] = Mark("creator", *people.span(1))
    found = [mark for mark in marks if mark.start not in renamed] + list(renamed.values())
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _sought(text: str, marks: Sequence[Mark], parts: Sequence[Spot]) -> list[Mark]:
    """The marks, with those as creators who post themselves, in sentences that name no other creators."""
    within = rf"[^,，.。;；:：]{{0,{_WHERE}}}?"
    expression = compiled(rf"{pattern('sought')}(?={within}{pattern('shares')})")
    place = any_of(names("countries") | names("cities") | names("peoples"))
    behind = compiled(
        rf"{pattern('shares')}(?!給|到){within}的(?:{place})?(?P<who>{pattern('sought')})"
    )  # "會分享食譜的媽媽"
    found = list(marks)
    for left, right in parts:
        own = [mark for mark in marks if left <= mark.start < right]
        first, last = expression.search(text, left, right), behind.search(text, left, right)
        if (first is None and last is None) or any(mark.role == "creator" for mark in own):
            continue
        start, end = first.span() if first is not None else last.span("who") if last is not None else (left, left)
        ahead = text[left : start if first is not None or last is None else last.start()]
        led = compiled(rf"(?:.*{pattern('restart')})?(?:\s|some|the|có|là|的|{place})*").fullmatch(ahead)
        if led is not None:
            kept = [mark for mark in found if mark.end <= start or mark.start >= end]
            found = [*kept, Mark("creator", start, end)]
    return sorted(found, key=lambda mark: (mark.start, -mark.end))
