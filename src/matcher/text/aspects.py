"""
The aspects of a brief: its clauses, so that each can be looked for by itself (product, audience, tone, must-haves).

Sentences end where the script says so; Chinese and Thai clauses end at their own marks, Thai phrases at spaces.
Fragments too small to mean anything join their neighbour, so a short brief stays one aspect.
"""

import re

from matcher.text.characters import THAI, UNSPACED
from matcher.text.clean import clean_one

_SENTENCE = re.compile(r"[。！？；!?;\n\r]+|\.(?=\s|$)|:(?=\s)|：")
_CLAUSE = re.compile(rf"[，、]|,\s|(?<=[{THAI}]{{4}})\s+(?=[{THAI}]{{4}})")
_WIDE = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(r"\w+")

_SMALL = 3.0
_LARGE = 12.0


def split_aspects(text: str, limit: int = 6) -> list[str]:
    """
    Return at most `limit` aspects of a brief, in its own order, without repeats; [] for a text without words.

    Sentences first; one of more than about twelve words is cut into clauses, none of fewer than about three words.
    What is over the limit is joined to the last aspect, so no word of the brief is lost.
    """
    pieces: list[str] = []
    for line in text.splitlines():
        for sentence in _SENTENCE.split(clean_one(line)):
            pieces.extend(_clauses(sentence))
    aspects = _distinct(_merged(pieces))
    if len(aspects) > limit:
        aspects[limit - 1 :] = [" ".join(aspects[limit - 1 :])]
    return aspects


def size(text: str) -> float:
    """Return about how many words a text has; two characters of an unspaced script (Thai: four) count as one."""
    wide = len(_WIDE.findall(text))
    thai = len(re.findall(f"[{THAI}]", text))
    return len(_WORD.findall(_WIDE.sub(" ", text))) + (wide - thai) / 2 + thai / 4


def _clauses(sentence: str) -> list[str]:
    sentence = sentence.strip()
    if size(sentence) <= _LARGE:
        return [sentence] if sentence else []
    return [clause.strip() for clause in _CLAUSE.split(sentence) if clause.strip()]


def _merged(pieces: list[str]) -> list[str]:
    """Join each fragment to what follows it, the last one to what stands before."""
    merged: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = _joined(waiting, piece)
        if size(waiting) >= _SMALL:
            merged.append(waiting)
            waiting = ""
    if waiting and merged:
        merged[-1] = _joined(merged[-1], waiting)
    elif size(waiting) > 0:
        merged.append(waiting)
    return merged


def _joined(left: str, right: str) -> str:
    if not left:
        return right
    return f"{left}，{right}" if _WIDE.match(left[-1]) and not re.match(f"[{THAI}]", left[-1]) else f"{left}, {right}"


def _distinct(pieces: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for piece in pieces:
        found.setdefault(piece.casefold(), piece)
    return list(found.values())
