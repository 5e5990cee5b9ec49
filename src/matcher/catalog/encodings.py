"""Text that is not UTF-8: which of the encodings of our markets it reads as, and how to turn it into UTF-8."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from matcher.records.said import Said, listed, say

SAMPLE_ROWS = 200
SURE = 0.8
"""The least share of characters that must be everyday ones for an encoding to be named."""


class _Encoding(NamedTuple):
    """An encoding, the name that iconv knows it by, and what is not ASCII in it: `everyday` characters, and others."""

    name: str
    codec: str
    characters: re.Pattern[bytes]


_ENCODINGS = (
    _Encoding("Big5", "CP950", re.compile(rb"(?P<everyday>[\xa4-\xc6].)|[\x80-\xff].", re.DOTALL)),  # level 1
    _Encoding("GB18030", "GB18030", re.compile(rb"(?P<everyday>[\xb0-\xd7].)|[\x80-\xff].", re.DOTALL)),  # level 1
    _Encoding("Windows-874", "CP874", re.compile(rb"(?P<everyday>[\xa1-\xfb]{3,})|[\x80-\xff]")),  # words of Thai
)


def not_utf8(rows: Sequence[bytes]) -> Said:
    """
    What to say of rows that are not UTF-8, judged by as many of them as SAMPLE_ROWS.

    An encoding is named where most rows beyond ASCII are not UTF-8, they read as it without a fault, and
    four of five of their characters are everyday ones in it. A few spoiled rows in a UTF-8 file are in no encoding.
    """
    beyond = [row for row in rows[: 10 * SAMPLE_ROWS] if not row.isascii()][:SAMPLE_ROWS]
    foreign = [row for row in beyond if not _reads(row, "utf-8")]
    if 2 * len(foreign) <= len(beyond):
        return say("not UTF-8 text: export the file again as UTF-8")
    for encoding in _ENCODINGS:
        if all(_reads(row, encoding.codec) for row in foreign) and _everyday(foreign, encoding) >= SURE:
            return say(
                "not UTF-8 text, it reads as {encoding}: export the file again as UTF-8, or convert it with "
                "iconv -f {codec} -t UTF-8 FILE > NEW",
                encoding=encoding.name,
                codec=encoding.codec,
            )
    tried = listed(encoding.name for encoding in _ENCODINGS)
    return say("not UTF-8 text, and none of {encodings} either: export the file again as UTF-8", encodings=tried)


def _reads(row: bytes, codec: str) -> bool:
    try:
        row.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _everyday(rows: Sequence[bytes], encoding: _Encoding) -> float:
    """The share of what is not ASCII, in bytes, that is everyday characters of an encoding."""
    found = [match for row in rows for match in encoding.characters.finditer(row)]
    everyday = sum(len(match["everyday"] or b"") for match in found)
    return everyday / sum(len(match[0]) for match in found)
