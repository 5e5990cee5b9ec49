"""
What holds for a place in a text: stated, wished for, or excluded ("not on TikTok").

The rules lean to one side: a condition that may be meant the other way round counts as excluded, and is then left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.understanding.exclusion import CLAUSE, KINDS, PRONOUNS, UNWANTED, Named, exclusion_end, within
from matcher.understanding.lexicon import compiled, pattern

State = Literal["stated", "wished", "excluded"]
Spot = tuple[int, int]

_SENTENCE = re.compile(r"[。！？!?;；\n\r]+|\.(?=\s|$)")
_LINKS = r"(?:\s|and|or|but|also|please|pls|和|或|也|請|và|hoặc|nhưng|xin|และ|หรือ|แต่)*"
_LINKED = r"(?:and|or|but|và|และ|แต่|和|或)\s*$"
_FEW_CHARACTERS = 3
_WINDOW = 200
"""How many characters around a cue are looked at, so that a long text takes time in proportion."""
_LACKING_WORDS = 3
_WITH = r"\s*(?:and|&|\+|、|和|與|及|跟|và|และ)\s*"
_APART = rf"\s*[,，]\s*(?:{pattern('only_ahead')}\s*)?|\s+(?:{pattern('only_ahead')}\s*)?"
"""Between what is excluded and what is wanted alone; Thai parts them by a space."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """The excluded and the wished ranges of a text, in order and apart."""

    excluded: tuple[Spot, ...]
    wished: tuple[Spot, ...]
    alone: tuple[int, ...] = ()
    """Where what is wanted alone begins: "no TikTok, *Instagram* only"."""

    def state(self, start: int, end: int) -> State:
        """What holds for a range of the text."""
        if _touches(self.excluded, start, end):
            return "excluded"
        return "wished" if self.wishes(start, end) else "stated"

    def begins_alone(self, start: int, end: int) -> bool:
        """Whether what is wanted alone begins in a range."""
        row = bisect_left(self.alone, start)
        return row < len(self.alone) and self.alone[row] < end

    def wishes(self, start: int, end: int) -> bool:
        """Whether a range is wished for, be it excluded or not ("ideally *no shops*")."""
        return _touches(self.wished, start, end)


def _touches(spots: Sequence[Spot], start: int, end: int) -> bool:
    row = bisect_left(spots, end, key=lambda spot: spot[0]) - 1
    return row >= 0 and start < spots[row][1]


def sentences(text: str) -> list[Spot]:
    """The sentences of a folded text."""
    return _pieces(_SENTENCE, text, 0, len(text))


def find_scopes(text: str, taken: Iterable[Spot], claims: Iterable[Spot], fields: Sequence[str] = ()) -> Scopes:
    """
    Scopes of a folded text. `taken` are ranges whose words say something else ("no more than 50k"), `claims` those that
    may be excluded, and `fields` what each of them is about; without it all are about the same. An exclusion ends with
    the clause of what it names, unless a list of the like goes on ("no *shops*, on TikTok", "no TikTok, *YouTube*").
    """
    claims = list(claims)
    named = sorted(Named(*spot, field) for spot, field in zip(claims, fields or [""] * len(claims), strict=True))
    alone = _alone(text, named)
    harmless = bytearray(len(text))
    for left, right in (*(found.span() for found in compiled(pattern("harmless")).finditer(text)), *taken):
        harmless[left:right] = b"\1" * (right - left)
    excluded: list[Spot] = []
    wished: list[Spot] = []
    for start, end in sentences(text):
        clauses = _pieces(CLAUSE, text, start, end)
        stops = sorted([*_stops(text, start, end), *(at for at in alone if start <= at < end)])
        for cue in _cues(text, "exclude", start, end, harmless):
            clause = _clause_of(clauses, cue)
            reach = exclusion_end(text, cue, clause[0], _reach(stops, cue[1], end), named)
            excluded += _excluded(text, cue, start, clause, reach, named)
        for cue in _cues(text, "lacking", start, end, harmless):
            excluded.append(_lacking(text, cue, end))
        for cue in _cues(text, "wished", start, end, bytearray(len(text))):
            wished.append((_clause_of(clauses, cue)[0], _reach(stops, cue[1], end)))
    return Scopes(_united(excluded), _united(wished), alone)


def _united(spots: list[Spot]) -> tuple[Spot, ...]:
    """Ranges in order, those that overlap as one."""
    united: list[Spot] = []
    for start, end in sorted(spots):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def _alone(text: str, named: Sequence[Named]) -> tuple[int, ...]:
    """
    Where lists begin that a word behind them says are wanted alone: "no TikTok, *Instagram and YouTube* only".

    Something of the like must stand before them, apart by a mark and no more: "no TikTok only" is about TikTok.
    """
    found = []
    for row, one in enumerate(named):
        if one.field in UNWANTED or not compiled(rf"\s*{pattern('only_behind')}").match(text, one.end):
            continue
        while row and compiled(_WITH).fullmatch(text, named[row - 1].end, named[row].start):
            row -= 1
        if row and compiled(_APART).fullmatch(text, named[row - 1].end, named[row].start):
            found.append(named[row].start)
    return tuple(sorted(set(found)))


def _pieces(separator: re.Pattern[str], text: str, start: int, end: int) -> list[Spot]:
    pieces, at = [], start
    for found in separator.finditer(text, start, end):
        pieces.append((at, found.start()))
        at = found.end()
    pieces.append((at, end))
    return [(left, right) for left, right in pieces if text[left:right].strip()]


def _cues(text: str, role: str, start: int, end: int, harmless: bytearray) -> list[Spot]:
    found = (cue.span() for cue in compiled(pattern(role)).finditer(text, start, end))
    return [cue for cue in found if not harmless[cue[0]]]


def _clause_of(clauses: Sequence[Spot], cue: Spot) -> Spot:
    row = bisect_right(clauses, cue[0], key=lambda clause: clause[0]) - 1
    return clauses[row] if row >= 0 and cue[0] < clauses[row][1] else cue


def _excluded(text: str, cue: Spot, sentence: int, clause: Spot, reach: int, named: Sequence[Named]) -> list[Spot]:
    """What a word of exclusion may take in: what follows, and what is before unless it plainly looks ahead."""
    ahead = (cue[0], reach)
    left_over = re.sub(rf"{PRONOUNS}|[\W_]", "", text[cue[1] : min(reach, cue[1] + _WINDOW)])
    bound = within(named, cue[1], reach)
    first = max(clause[0], cue[0] - _WINDOW)
    if not bound and (_length(left_over) <= _FEW_CHARACTERS or compiled(pattern("unbound")).match(text, cue[0])):
        own = within(named, first, cue[0])  # "TikTok creators, we don't want them" · "…, are not for us" · "店家不要"
        return [(first if own and own[0].field == KINDS else sentence, cue[0]), ahead]
    if bound and bound[0].field in UNWANTED:
        return [ahead]  # "微網紅 不接酒類"
    before = text[first : cue[0]]
    if (first == clause[0] and compiled(_LINKS).fullmatch(before)) or compiled(_LINKED).search(before):
        return [ahead]
    relatives = [found.start() for found in compiled(pattern("relative")).finditer(before)]
    contrasts = [found.end() for found in compiled(pattern("contrast")).finditer(before)]
    turns = [first + turn for turn in (*relatives, *contrasts)]
    return [(max([clause[0], *turns]), cue[0]), ahead]


def _length(text: str) -> int:
    """Characters, where one of Han counts for as many as a short word has: 抖音 is a name, "ok" is not."""
    return len(text) + (_FEW_CHARACTERS - 1) * sum("\u3400" <= character <= "\u9fff" for character in text)


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where a cue's reach ends in a sentence: at contrasts, new wishes and clauses about the budget."""
    afresh = rf"(?<=[,，、])\s*{pattern('budget')}"
    return [found.start() for found in
            compiled(f"{pattern('contrast')}|{pattern('restart')}|{afresh}").finditer(text, start, end)]  # fmt: skip


def _reach(stops: Sequence[int], start: int, end: int) -> int:
    row = bisect_left(stops, start)
    return stops[row] if row < len(stops) else end


def _lacking(text: str, cue: Spot, end: int) -> Spot:
    """`without X` takes in the next few words and no more."""
    found = re.compile(rf"(?:\s*[^\s,，、]+){{0,{_LACKING_WORDS}}}").match(text, cue[1], min(end, cue[1] + 30))
    return cue[0], found.end() if found else cue[1]
