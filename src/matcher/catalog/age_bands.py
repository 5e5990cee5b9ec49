"""
Age bands of any scheme, as those used here.

A band that is none of ours is spread over ours by years, as if every age in it were equally frequent; an open end is
taken as ten years long. That loses something wherever a band is cut, so the reader is told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

BANDS = {"13-17": 13, "18-24": 18, "25-34": 25, "35-44": 35, "45-54": 45, "55-64": 55, "65+": 65}
"""Name → first year; each ends where the next begins."""
YOUNGEST, OPEN_YEARS = 13, 10
_FIRSTS = [*BANDS.values(), 65 + OPEN_YEARS]


@lru_cache(maxsize=4096)
def band_parts(written: str) -> tuple[tuple[str, float], ...] | None:
    """
    The bands that a written one is made of, with the part of it that goes to each; None where it names no ages.

    `18–24` → 18-24 whole; `18-34` → 7/17 of it 18-24 and 10/17 25-34; `<18`, `35+`, `65-`, `age18-24` and `18 to 24`
    are understood.
    """
    years = _years(written)
    if years is None:
        return None
    first, end = years
    overlap = [max(0, min(end, after) - max(first, begin)) for begin, after in pairwise(_FIRSTS)]
    total = sum(overlap)
    if not total:
        return (("65+", 1.0),) if first >= _FIRSTS[-1] else None
    return tuple((name, part / total) for name, part in zip(BANDS, overlap, strict=True) if part)


def _years(written: str) -> tuple[int, int] | None:
    """First year and the one after the last."""
    text = re.sub(r"[–—−~]|\bto\b", "-", written.lower())
    text = re.sub(r"^age[sd]?\b|^age(?=\d)|\byears?\b|\bold\b|\s", "", text)
    if found := re.fullmatch(r"(\d{1,3})-(\d{1,3})", text):
        first, last = int(found[1]), int(found[2])
        return (first, last + 1) if first <= last else None
    if found := re.fullmatch(r"(?:>=?|≥|over)(\d{1,3})|(\d{1,3})(?:\+|-|plus|andover|andolder)", text):
        first = int(found[1] or found[2])
        return first, max(_FIRSTS[-1], first + OPEN_YEARS)
    if found := re.fullmatch(r"(?:<|under|below)(\d{1,3})", text):
        return YOUNGEST, int(found[1])
    return None
