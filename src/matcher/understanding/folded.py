"""Text in one spelling, that still knows where each of its characters stood before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
"""A character with the Latin marks on it: Vietnamese may come decomposed."""
_THAI_DIGITS = {ord("๐") + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Folded:
    """
    Lower case, NFKC, ASCII digits, straight quotes and dashes, white space of any length as one space, or as one line
    end where it has one; `starts[i]` and `ends[i]` are the place of character `i` in the original.

    That white space is one character is what keeps the patterns over this text quick: several of them allow it in
    places next to each other, and would try every way of sharing out a long run.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range in the original of a range that is not empty here."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        for letter in _folded(cluster.group()):
            if letter.isspace():
                letter = "\n" if letter in "\n\r" else " "
                if letters and letters[-1].isspace():
                    letters[-1] = "\n" if letter == "\n" else letters[-1]
                    ends[-1] = cluster.end()
                    continue
            letters.append(letter)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Folded(text, "".join(letters), tuple(starts), tuple(ends))


_SAME = str.maketrans({"–": "-", "—": "-", "−": "-", "~": "-", "〜": "-", "‑": "-", "’": "'", "‘": "'", "\u00a0": " "})


def _folded(cluster: str) -> str:
    if cluster.isascii():
        return cluster.lower().translate(_SAME)
    if cluster == "ำ":  # NFKC would take this Thai vowel apart
        return cluster
    return unicodedata.normalize("NFKC", cluster).lower().translate(_SAME).translate(_THAI_DIGITS)
