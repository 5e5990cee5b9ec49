"""Marking: which words of a post are also words of the brief, so that a reader sees at a glance why it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.matching.query import looked_up
from matcher.records import Brief

_LEAST_LATIN = 3
"""Letters that a word needs to be worth marking: "a" and "to" explain nothing."""

_LEAST_THAI = 4
"""Letters in a row that Thai needs, unless a vowel opens a word there: three are seldom a word."""
_NEVER_FIRST, _NEVER_LAST = "ะัาำิีึืฺุูๅๆ็่้๊๋์ํ", "เแโใไ"
"""Thai letters and marks with which no word begins, and vowels with which none ends."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool


def words_of(brief: Brief) -> frozenset[str]:
    """The tokens of a brief that are worth marking, of those that are looked up."""
    return frozenset(token for token in looked_up(brief) if _telling(token))


def _telling(token: str) -> bool:
    if not token.isascii():
        return len(token) > 1  # a Han character alone, as 萬 in 1萬, says nothing
    return len(token) > _LEAST_LATIN and token not in _COMMON


def marked(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """A text cut into marked and other stretches; joined again they are the text."""
    spans: list[tuple[int, int]] = []
    for word in words:
        ascii_word = re.fullmatch(r"[a-z0-9À-ɏ\u1ea0-\u1eff]+", word)
        pattern = rf"(?<!\w){re.escape(word)}s?(?!\w)" if ascii_word else re.escape(word)
        spans += [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]
    pieces, end = [], 0
    for start, stop in _merged(spans):
        start, stop = _at_words(text, start, stop)
        if stop <= start:
            continue
        pieces += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    return tuple(piece for piece in (*pieces, Piece(text[end:], False)) if piece.text)


def _at_words(text: str, start: int, stop: int) -> tuple[int, int]:
    """A span without the halves of Thai words at its ends; empty when too little is left."""
    if not "\u0e00" <= text[start] <= "\u0e7f":
        return start, stop
    while start < stop and text[start] in _NEVER_FIRST:
        start += 1
    while stop > start and text[stop - 1] in _NEVER_LAST:
        stop -= 1
    least = _LEAST_THAI - (start < stop and text[start] in _NEVER_LAST)
    return (start, stop) if stop - start >= least else (start, start)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


_COMMON = frozenset(
    "about also and are because been brings could does each else ever every from give have here into just like look "
    "made make many more most much need only other over same should some such than that their them then there these "
    "they this those through very want well were what when where which while will with without would your".split()
)
"""English words that say nothing about a subject."""
