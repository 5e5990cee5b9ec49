"""The characters of many texts at once: what each is, as arrays over all code points of a batch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.signals.comments.distinct import distinct
from matcher.text.characters import FLAG, HAN, KANA, PICTOGRAPH, SKIN, SYLLABIC


class Kind(IntEnum):
    """What a character is to a reader."""

    UNSEEN = 0
    """Not looked up yet."""
    SPACE = 1
    LETTER = 2
    UPPER = 3
    DIGIT = 4
    IDEOGRAPH = 5
    """Han or kana: about one and a half of them make a word."""
    SYLLABIC = 6
    """Thai and its like, written without spaces: four or five make a word."""
    MARK = 7
    EMOJI = 8
    JOINER = 9
    """Part of the emoji before it, or of nothing."""
    PUNCTUATION = 10
    ACCENT = 11
    """A combining accent, which is dropped: people leave it out as they please."""


WORD_KINDS = (Kind.LETTER, Kind.UPPER, Kind.DIGIT, Kind.MARK)
_IDEOGRAPHS_A_WORD, _SYLLABICS_A_WORD = 1.5, 4.5

_IDEOGRAPH = re.compile(f"[{HAN}{KANA}]")
_SYLLABIC = re.compile(f"[{SYLLABIC}]")
_EMOJI = re.compile(f"[{PICTOGRAPH}{FLAG}]")
_JOINER = re.compile(f"[{SKIN}\u200b-\u200f\u2060\ufe00-\ufe0f\u20e3\ufeff\U000e0020-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Characters:
    """All characters of n texts one after another; c characters."""

    code: NDArray[np.uint32]
    """uint32 [c]: code points."""
    kind: NDArray[np.uint8]
    """uint8 [c]: see Kind."""
    owner: NDArray[np.int64]
    """int64 [c]: the text of each."""
    n: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> Characters:
        """The characters of texts as they are."""
        code = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        return cls(code, kinds(code), np.repeat(np.arange(len(texts)), sizes), len(texts))

    def count(self, *kinds_wanted: Kind) -> NDArray[np.int64]:
        """How many characters of these kinds each text has, int64 [n]."""
        return self.count_where(np.isin(self.kind, np.array(kinds_wanted, np.uint8)))

    def count_where(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of the chosen characters [c] each text has, int64 [n]."""
        return np.bincount(self.owner[chosen], minlength=self.n)

    def where(self, chosen: NDArray[np.bool_]) -> Characters:
        """The chosen characters [c] alone."""
        return Characters(self.code[chosen], self.kind[chosen], self.owner[chosen], self.n)

    def repeats(self) -> NDArray[np.bool_]:
        """bool [c]: the same character as the one before it in the same text."""
        same = np.zeros(len(self.code), dtype=np.bool_)
        same[1:] = (self.code[1:] == self.code[:-1]) & (self.owner[1:] == self.owner[:-1])
        return same

    def words(self) -> NDArray[np.float64]:
        """Words of each text, float64 [n]; where no spaces are written they are reckoned from the characters."""
        part = np.isin(self.kind, np.array(WORD_KINDS, np.uint8))
        begins = part.copy()
        begins[1:] &= ~(part[:-1] & (self.owner[1:] == self.owner[:-1]))
        unspaced = self.count(Kind.IDEOGRAPH) / _IDEOGRAPHS_A_WORD + self.count(Kind.SYLLABIC) / _SYLLABICS_A_WORD
        return self.count_where(begins) + unspaced

    def texts(self) -> list[str]:
        """The texts that the characters make."""
        whole = self.code.astype("<u4").tobytes().decode("utf-32-le", "replace")
        ends = np.cumsum(np.bincount(self.owner, minlength=self.n)).tolist()
        return [whole[first:end] for first, end in zip([0, *ends], ends, strict=False)]


def kinds(code: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The kind of each code point, uint8 [c]; each is looked up once in the life of the process."""
    table = _table()
    found = table[code]
    for new in distinct(code[found == Kind.UNSEEN]).tolist():
        table[new] = _kind(chr(new))
    return table[code] if (found == Kind.UNSEEN).any() else found


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint8]:
    return np.zeros(0x110000, dtype=np.uint8)


def _kind(character: str) -> Kind:
    category = unicodedata.category(character)
    if "\u0300" <= character <= "\u036f":
        return Kind.ACCENT
    for pattern, kind in ((_JOINER, Kind.JOINER), (_EMOJI, Kind.EMOJI), (_IDEOGRAPH, Kind.IDEOGRAPH),
                          (_SYLLABIC, Kind.SYLLABIC)):  # fmt: skip
        if pattern.fullmatch(character):
            return kind
    if character.isspace() or category[0] == "Z":
        return Kind.SPACE
    by_category = {"L": Kind.LETTER, "N": Kind.DIGIT, "M": Kind.MARK, "C": Kind.JOINER}
    return Kind.UPPER if category in ("Lu", "Lt") else by_category.get(category[0], Kind.PUNCTUATION)
