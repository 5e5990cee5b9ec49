"""Lines of text in any script: Han, Kana and Thai have no spaces, and may break between any two characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_PIECES = re.compile(
    r"\s+|[\u0e00-\u0e7f][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_CLOSING = "，。、！？；：）」』】》”’,.!?;:)…"


def wrapped(text: str, width: int) -> str:
    """Text broken into lines of at most `width` terminal cells, at spaces, or between characters without them."""
    lines, line, used = [], "", 0
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if used + size > width and line.strip() and piece not in _CLOSING:
            lines.append(line.rstrip())
            line, used = "", 0
        if not piece.isspace() or line:
            line, used = line + piece, used + size
    return "\n".join([*lines, line.rstrip()] if line.strip() else lines)


def _pieces(text: str, width: int) -> Iterator[str]:
    """What must stay on one line: words, and single characters of scripts without spaces."""
    text, at = " ".join(text.split()), 0
    for found in _PIECES.finditer(text):
        yield from _cut(text[at : found.start()], width)
        yield found.group()
        at = found.end()
    yield from _cut(text[at:], width)


def _cut(word: str, width: int) -> Iterator[str]:
    """A word longer than a line, such as an address, in parts."""
    step = max(1, width // 2)
    yield from (
        (word[i : i + step] for i in range(0, len(word), step)) if cell_len(word) > width else filter(None, [word])
    )
