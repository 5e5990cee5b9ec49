"""The segments of a facet, in whatever way they are written, as those used here."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from matcher.catalog.age_bands import BANDS, band_parts
from matcher.catalog.codes import language_tag
from matcher.codes.countries import country_code, country_of
from matcher.records.said import listed, say

_GENDERS = {"f": "female", "woman": "female", "women": "female", "m": "male", "man": "male", "men": "male"}


class Segments(NamedTuple):
    """What a written segment becomes: cells with the part of it that goes to each, and what was done to it."""

    cells: tuple[tuple[str, float], ...]
    done: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def segments_of(key: str, facets: tuple[str, ...], order: tuple[int, ...]) -> Segments:
    """Return a segment in canonical form; parts of a joint one stand in the order of its facets."""
    if len(facets) == 1:
        return _part(key, facets[0])
    parts = next((found for mark in "|.,:×" if len(found := key.split(mark)) == len(facets)), None)
    if parts is None:
        return Segments((), (say("left out: expected {n} parts, such as 18-24|female", n=len(facets)),))
    read = [_part(parts[k], facets[k]) for k in order]
    cells = tuple(
        ("|".join(name for name, _ in combined), math.prod(part for _, part in combined))
        for combined in product(*(each.cells for each in read))
    )
    return Segments(cells, tuple(done for each in read for done in each.done))


def _part(word: str, facet: str) -> Segments:
    word = word.strip()
    if facet == "age":
        return _ages(word)
    if facet == "country":
        code = country_of(word)
        if code is None:
            return Segments(
                ((word.lower(), 1.0),), (say("kept as written: expected an ISO 3166-1 alpha-2 code or a name"),)
            )
        return Segments(((code, 1.0),), () if country_code(word) else (say("read as the country of that name"),))
    if facet == "language":
        return Segments(((language_tag(word) or word.lower(), 1.0),))
    if facet == "gender":
        found = _GENDERS.get(word.lower(), word.lower())
        return Segments(((found if found in ("female", "male") else "other", 1.0),))
    return Segments(((word, 1.0),))


def _ages(word: str) -> Segments:
    """Bands of another scheme are spread over ours."""
    parts = band_parts(word)
    if parts is None:
        return Segments((), (say("left out: expected an age band, one of {bands}", bands=listed(BANDS)),))
    whole = parts[0][0] in (word, re.sub(r"\s*[–—-]\s*", "-", word))
    return Segments(parts, () if len(parts) == 1 and whole else (say("spread by years over the bands used here"),))
