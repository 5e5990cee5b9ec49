"""Ranges taken out of a text so that nothing of them is left over: no double comma, no empty brackets."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.understanding.scope import Spot

_BETWEEN = ",，、;；:：|-–—•/&+"
_END = ".!?。！？"
_WIDE = "，、；：。！？（"
_OPEN, _CLOSE = "([（", ")]）"


def without(text: str, spots: Iterable[Spot]) -> str:
    """A text without ranges, which may overlap; the text itself where there are none."""
    pieces, at = [], 0
    for start, end in sorted(spots):
        if start >= at:
            pieces.append(text[at:start])
        at = max(at, end)
    if not pieces:
        return text
    left = pieces[0]
    for piece in (*pieces[1:], text[at:]):
        left = _joined(left, piece)
    return left


def _joined(left: str, right: str) -> str:
    """What stood before and behind a range that is gone."""
    gap = "\n" if "\n" in left[len(left.rstrip()) :] + right[: len(right) - len(right.lstrip())] else " "
    left, right = left.rstrip(), right.lstrip()
    if left[-1:] and left[-1] in _OPEN and right[:1] and right[0] in _CLOSE:
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if not right or right[0] in _BETWEEN + _END + _CLOSE:
        left = left.rstrip(_BETWEEN + " ")
    if not left or left[-1] in _END + _OPEN:
        right = right.lstrip(_BETWEEN + _END + " ")
    close = not left or not right or left[-1] in _WIDE or right[0] in _BETWEEN + _END + _CLOSE
    return left + right if close and gap == " " else left + gap + right
