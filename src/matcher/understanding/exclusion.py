"""
How far an exclusion reaches: "no X" ends with the clause of X, unless a list of the like goes on.

"No shops, on TikTok" excludes shops; "no TikTok, YouTube or Facebook" excludes all three. Where the text names nothing
that is known before the comma, what follows is taken as meant by itself only if it opens its clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from matcher.understanding.lexicon import compiled, pattern

Spot = tuple[int, int]
SAFETY = "must_not.brand_safety"
KINDS = "account_kinds"
UNWANTED = (SAFETY, KINDS)
"""What a text names in order to exclude it."""
_MEASURED = ("followers", "engagement_rate", "budget", "price", "target_audience.age", "last_post_within_days")
"""Numbers with their own noun: a list of names does not go on with them."""
CLAUSE = re.compile(r"[，、()（）\[\]|]|,(?!\d{3})|:|：|(?<=\s)-(?=\s)|(?<=[\u0e00-\u0e7f])\s+|\s+(?=[\u0e00-\u0e7f])")
_ENDS = re.compile(rf"{CLAUSE.pattern}|(?<=[\u3400-\u9fff%\d])\s+|\s+(?=[\u3400-\u9fff])")
"""Where an exclusion may end: Chinese, like Thai, is written with spaces for commas too."""
_COMMAS = ",，"
PRONOUNS = r"\b(?:them|it|those|these|that|this|want|wanted|needed|ok|okay|please)\b|他們|這些|這類|họ|พวกเขา|นะ|ครับ|ค่ะ"
_OR = r"\s*(?:and\s+)?(?:or\b|nor\b|hoặc|hay\b|或|หรือ|跟|以及)"
_FILLER = r"(?:\s|/|&|\+|and|or|on|in|from|和|或|及|與|跟|hoặc|và|trên|ở|tại|และ|หรือ|ใน|บน|在)*"
_ONE_WORD = re.compile(r"\s*(?:[^\s\u0e00-\u0e7f\u3400-\u9fff]+|[\u3400-\u9fff]{1,4}|[\u0e00-\u0e7f]{1,14})?\s*")
_WINDOW = 200
_PIECES = 12
"""How many characters and clauses behind a cue are looked at, so that a long text takes time in proportion."""


class Named(NamedTuple):
    """A range that may be excluded, and what it is about."""

    start: int
    end: int
    field: str


def within(named: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Those that begin in a range."""
    return named[bisect_left(named, start, key=_start) : bisect_left(named, end, key=_start)]


def _start(named: Named) -> int:
    return named.start


def exclusion_end(text: str, cue: Spot, clause: int, reach: int, named: Sequence[Named]) -> int:
    """Where the reach of a cue ends, at most at `reach`; `clause` is where the clause of the cue begins."""
    ends = [found.span() for found in _ENDS.finditer(text, cue[1], min(reach, cue[1] + _WINDOW))][:_PIECES]
    waiting: int | None = None  # the first end behind which no known word has come yet
    for row, (left, right) in enumerate(ends):
        held = within(named, cue[1], left)
        if any(one.start < left < one.end for one in held):
            continue  # inside "10k, or more"
        if not re.sub(rf"{PRONOUNS}|[\W_]", "", text[cue[1] : min(left, cue[1] + _WINDOW)]):
            behind = within(named, clause, cue[0])
            if behind and text[left] in _COMMAS:
                return left  # "店家不要，IG"
            continue
        piece = (right, ends[row + 1][0] if row + 1 < len(ends) else reach)
        following = within(named, *piece)
        if not following and compiled(_OR).match(text, right) is None:
            waiting = left if waiting is None and (held or text[left] in _COMMAS) else waiting
        elif _goes_on(text, (left, right), piece, held, following):
            waiting = None
        else:
            return left if waiting is None else waiting
    return reach if waiting is None else waiting


def _goes_on(text: str, mark: Spot, piece: Spot, held: Sequence[Named], following: Sequence[Named]) -> bool:
    """Whether the exclusion goes on in the piece behind a mark."""
    if compiled(_OR).match(text, piece[0]):
        return True
    lead = text[piece[0] : following[0].start]
    if compiled(pattern("wished")).search(text, *piece):
        return False
    if following[0].field in _MEASURED:
        return False
    if text[mark[0]] == "、" or (text[mark[0]].isspace() and compiled(pattern("relative")).match(text, piece[0])):
        return True
    if any(one.field == following[0].field for one in held):
        return following[0].field == SAFETY or compiled(_FILLER).fullmatch(lead) is not None
    listed = any(compiled(_OR).match(text, one.end) for one in following[:-1])
    if listed and any(one.field not in UNWANTED for one in held):
        return True  # "no TikTok, women or teens"
    if held:
        return False
    return text[mark[0]] not in _COMMAS or _ONE_WORD.fullmatch(re.sub(rf"^{_FILLER}", "", lead)) is None
