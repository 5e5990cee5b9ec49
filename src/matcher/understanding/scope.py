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

from matcher.understanding.lexicon import compiled, pattern

State = Literal["stated", "wished", "excluded"]
Spot = tuple[int, int]

_SENTENCE = re.compile(r"[。！？!?;；\n\r]+|\.(?=\s|$)")
_CLAUSE = re.compile(r"[，、()（）\[\]|]|,(?!\d{3})|:|：|(?<=\s)-(?=\s)|(?<=[\u0e00-\u0e7f])\s+|\s+(?=[\u0e00-\u0e7f])")
_LINKS = r"(?:\s|and|or|but|also|please|pls|和|或|也|請|và|hoặc|nhưng|xin|และ|หรือ|แต่)*"
_PRONOUNS = (
    r"\b(?:them|it|those|these|that|this|want|wanted|needed|ok|okay|please)\b|他們|這些|這類|họ|พวกเขา|นะ|ครับ|ค่ะ"
)
_LINKED = r"(?:and|or|but|và|และ|แต่|和|或)\s*$"
_FEW_CHARACTERS = 3
_WINDOW = 200
"""How many characters around a cue are looked at, so that a long text takes time in proportion."""
_LACKING_WORDS = 3


@dataclass(frozen=True, slots=True)
class Scopes:
    """The excluded and the wished ranges of a text, in order and apart."""

    excluded: tuple[Spot, ...]
    wished: tuple[Spot, ...]

    def state(self, start: int, end: int) -> State:
        """What holds for a range of the text."""
        if _touches(self.excluded, start, end):
            return "excluded"
        return "wished" if _touches(self.wished, start, end) else "stated"


def _touches(spots: Sequence[Spot], start: int, end: int) -> bool:
    row = bisect_left(spots, end, key=lambda spot: spot[0]) - 1
    return row >= 0 and start < spots[row][1]


def sentences(text: str) -> list[Spot]:
    """The sentences of a folded text."""
    return _pieces(_SENTENCE, text, 0, len(text))


def find_scopes(text: str, taken: Iterable[Spot], claims: Iterable[Spot], anew: Iterable[Spot] = ()) -> Scopes:
    """
    Scopes of a folded text. `taken` are ranges whose words say something else ("no more than 50k"), `claims` those that
    may be excluded. `anew` are descriptions of an audience and the like: where one opens a clause, behind something
    else that is excluded, it begins anew ("not on TikTok, *women 18-34*").
    """
    described = sorted(start for start, _ in anew)
    harmless = bytearray(len(text))
    for left, right in (*(found.span() for found in compiled(pattern("harmless")).finditer(text)), *taken):
        harmless[left:right] = b"\1" * (right - left)
    starts = sorted(start for start, _ in claims)
    excluded: list[Spot] = []
    wished: list[Spot] = []
    for start, end in sentences(text):
        clauses = _pieces(_CLAUSE, text, start, end)
        stops = _stops(text, start, end)
        for cue in _cues(text, "exclude", start, end, harmless):
            reach = _until_anew(text, cue, _reach(stops, cue[1], end), starts, described)
            excluded += _excluded(text, cue, start, _clause_of(clauses, cue), reach, starts)
        for cue in _cues(text, "lacking", start, end, harmless):
            excluded.append(_lacking(text, cue, end))
        for cue in _cues(text, "wished", start, end, bytearray(len(text))):
            wished.append((_clause_of(clauses, cue)[0], _reach(stops, cue[1], end)))
    return Scopes(_united(excluded), _united(wished))


def _united(spots: list[Spot]) -> tuple[Spot, ...]:
    """Ranges in order, those that overlap as one."""
    united: list[Spot] = []
    for start, end in sorted(spots):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


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


def _excluded(text: str, cue: Spot, sentence: int, clause: Spot, reach: int, claims: Sequence[int]) -> list[Spot]:
    """What a word of exclusion may take in: what follows, and what is before unless it plainly looks ahead."""
    ahead = (cue[0], reach)
    left_over = re.sub(rf"{_PRONOUNS}|[\W_]", "", text[cue[1] : min(reach, cue[1] + _WINDOW)])
    binds = bisect_left(claims, reach) > bisect_left(claims, cue[1])
    if not binds and (_length(left_over) <= _FEW_CHARACTERS or compiled(pattern("unbound")).match(text, cue[0])):
        return [(sentence, cue[0]), ahead]  # "TikTok creators, we don't want them" · "…, are not for us"
    first = max(clause[0], cue[0] - _WINDOW)
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


def _until_anew(text: str, cue: Spot, reach: int, claims: Sequence[int], anew: Sequence[int]) -> int:
    """Where a cue's reach ends: where a description opens a clause behind another claim."""
    lead = compiled(rf"(?:{pattern('gender_reach')}|{pattern('audience')}|\s|:|：)*")
    for at in anew[bisect_left(anew, cue[1]) : bisect_left(anew, reach)]:
        if bisect_left(claims, at) == bisect_left(claims, cue[1]):
            continue
        for mark in _CLAUSE.finditer(text, max(cue[1], at - _WINDOW), at + 1):
            led = lead.match(text, mark.end())
            if mark.end() <= at and led is not None and led.end() >= at:
                return mark.start()
    return reach


def _lacking(text: str, cue: Spot, end: int) -> Spot:
    """`without X` takes in the next few words and no more."""
    found = re.compile(rf"(?:\s*[^\s,，、]+){{0,{_LACKING_WORDS}}}").match(text, cue[1], min(end, cue[1] + 30))
    return cue[0], found.end() if found else cue[1]
