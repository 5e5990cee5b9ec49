"""
Which writing systems a text uses, counted by character for a whole batch at once.

One table maps each code point to a class. Han characters are told apart by what the national standards can write,
read from Python's own codecs: Big5 (traditional), GB 2312 (simplified) and JIS X 0208 (Japanese). A character that
only one of them has is evidence; one that two of them share says nothing.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_CHUNK = 4096


class Script(IntEnum):
    """Classes of characters; `HAN_CLASSES` together are all Chinese characters."""

    OTHER = 0
    LATIN = 1
    VIETNAMESE = 2
    HAN = 3
    TRADITIONAL = 4
    SIMPLIFIED = 5
    KANJI = 6
    CANTONESE = 7
    BOPOMOFO = 8
    KANA = 9
    HANGUL = 10
    THAI = 11
    LAO = 12
    KHMER = 13
    MYANMAR = 14
    CYRILLIC = 15
    ARABIC = 16
    DEVANAGARI = 17
    BENGALI = 18
    GURMUKHI = 19
    GUJARATI = 20
    TAMIL = 21
    TELUGU = 22
    KANNADA = 23
    MALAYALAM = 24
    SINHALA = 25
    HEBREW = 26
    GREEK = 27
    ARMENIAN = 28
    GEORGIAN = 29
    ETHIOPIC = 30
    ORIYA = 31
    SHINJITAI = 32
    NO = 33
    """の alone: Taiwanese and Hong Kong captions write it for 的, so it does not make a text Japanese."""


HAN_CLASSES = (
    Script.HAN, Script.TRADITIONAL, Script.SIMPLIFIED, Script.SHINJITAI, Script.KANJI, Script.CANTONESE,
)  # fmt: skip
"""SHINJITAI: simplified in Japan and China alike (国, 学, 会), but never in traditional Chinese; KANJI: Japan only."""

_RANGES: dict[Script, list[tuple[int, int]]] = {
    Script.LATIN: [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1E9F)],
    Script.VIETNAMESE: [(0x1EA0, 0x1EF9), (0x1A0, 0x1A1), (0x1AF, 0x1B0)],
    Script.HAN: [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x3005, 0x3005)],
    Script.BOPOMOFO: [(0x3105, 0x312F), (0x31A0, 0x31BF)],
    Script.KANA: [(0x3041, 0x3096), (0x30A1, 0x30FA), (0x31F0, 0x31FF), (0xFF66, 0xFF9D)],
    Script.NO: [(0x306E, 0x306E)],
    Script.HANGUL: [(0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3)],
    Script.THAI: [(0xE01, 0xE3A), (0xE40, 0xE4E)],
    Script.LAO: [(0xE81, 0xECE), (0xEDC, 0xEDF)],
    Script.KHMER: [(0x1780, 0x17D3)],
    Script.MYANMAR: [(0x1000, 0x103F), (0x1050, 0x109F)],
    Script.CYRILLIC: [(0x400, 0x481), (0x48A, 0x52F)],
    Script.ARABIC: [(0x620, 0x64A), (0x66E, 0x6D3), (0x6FA, 0x6FF), (0x750, 0x77F)],
    Script.DEVANAGARI: [(0x900, 0x963), (0x970, 0x97F)],
    Script.BENGALI: [(0x980, 0x9E3)],
    Script.GURMUKHI: [(0xA00, 0xA5F), (0xA70, 0xA75)],
    Script.GUJARATI: [(0xA80, 0xAE3)],
    Script.ORIYA: [(0xB00, 0xB63)],
    Script.TAMIL: [(0xB80, 0xBD7)],
    Script.TELUGU: [(0xC00, 0xC63)],
    Script.KANNADA: [(0xC80, 0xCE3)],
    Script.MALAYALAM: [(0xD00, 0xD63)],
    Script.SINHALA: [(0xD80, 0xDDF)],
    Script.HEBREW: [(0x5D0, 0x5EA)],
    Script.GREEK: [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    Script.ARMENIAN: [(0x531, 0x587)],
    Script.GEORGIAN: [(0x10A0, 0x10FF)],
    Script.ETHIOPIC: [(0x1200, 0x137C)],
}
CANTONESE = "嘅咗冇哋啲嚟喺嗰嘢攞瞓噉冚畀搵乜唔嗌咁喎嘥揸諗睇啱㗎"
"""Characters written for Cantonese words that Mandarin does not have."""


@lru_cache(maxsize=1)
def script_table() -> NDArray[np.uint8]:
    """Return the class of each code point, uint8 [0x110000]."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for script, ranges in _RANGES.items():
        for first, last in ranges:
            table[first : last + 1] = script
    for script, characters in _han_by_standard().items():
        table[[ord(char) for char in characters]] = script
    table[[ord(char) for char in CANTONESE]] = Script.CANTONESE
    return table


def script_counts(texts: Sequence[str]) -> NDArray[np.int32]:
    """Return how many characters of each class each text has, int32 [n texts, n classes]."""
    counts = np.zeros((len(texts), len(Script)), dtype=np.int32)
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        codes = np.frombuffer("".join(chunk).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        owner = np.repeat(np.arange(len(chunk)), np.fromiter(map(len, chunk), dtype=np.int64, count=len(chunk)))
        flat = np.bincount(owner * len(Script) + script_table()[codes], minlength=len(chunk) * len(Script))
        counts[start : start + len(chunk)] = flat.reshape(len(chunk), len(Script))
    return counts


def _han_by_standard() -> dict[Script, set[str]]:
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    big5, gb, jis = (set(han.encode(codec, "ignore").decode(codec)) for codec in ("big5", "gb2312", "shift_jis"))
    return {
        Script.TRADITIONAL: big5 - gb,
        Script.SIMPLIFIED: gb - big5 - jis,
        Script.SHINJITAI: (gb & jis) - big5,
        Script.KANJI: jis - big5 - gb,
    }
