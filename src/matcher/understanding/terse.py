"""
A terse brief: a list of bare conditions, each of which says by its kind alone what it is ("TW, IG, 10k+").

Beside one of another kind a country's code is where creators are, and an open or ranged number their followers. A
country by its name is it only in a list of nothing but conditions, for elsewhere it may be the subject's. A number is
left alone where the text speaks of followers or of a budget in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from matcher.understanding.lexicon import any_of, compiled, data, folded, names, pattern
from matcher.understanding.quantities import Quantity, whole
from matcher.understanding.reading import Claim, Page, Read
from matcher.understanding.scope import Spot

LEAST_FOLLOWERS = 1_000
"""Fewer is a number of something else."""
_MARK = r"\s*(?:,(?!\d{3})|[，、/|;；\n]|^|$)\s*"


def read_terse(page: Page) -> Read:
    """Codes of countries and bare numbers of followers, in a list with conditions of other kinds."""
    items = list(_items(page.text))
    codes = {folded(name): code for code, spellings in data("names")["country_codes"].items() for name in spellings}
    named = [spot for spot in items if compiled(any_of(_names())).fullmatch(page.text, *spot)]
    places = [spot for spot in items if page.text[slice(*spot)] in codes and page.free(*spot)]
    sizes = [(one, spot) for one in page.quantities if (spot := (one.start, one.end)) in items and _is_size(page, one)]
    if bool(places) + bool(sizes) + bool(named) < 2:
        return
    if len(places) + len(sizes) + len(named) == len(items):
        known = names("countries") | names("cities")
        codes |= known
        places += [spot for spot in named if page.text[slice(*spot)] in known and page.free(*spot)]
    for start, end in places:
        yield Claim("countries", codes[page.text[start:end]], start, end, condition=True)
    if len(sizes) == 1 and not compiled(rf"{pattern('followers')}|{pattern('budget')}").search(page.text):
        [(one, spot)] = sizes
        ends = {"min": one.min, "max": one.max}
        value = {name: whole(number) for name, number in ends.items() if number is not None}
        yield Claim("followers", value, *spot, condition=True)


def _items(text: str) -> Iterator[Spot]:
    """What stands between the marks of a list."""
    marks = [found.span() for found in compiled(_MARK).finditer(text)]
    return ((before[1], after[0]) for before, after in pairwise(marks) if before[1] < after[0])


def _is_size(page: Page, one: Quantity) -> bool:
    large = (one.max or one.min or 0) >= LEAST_FOLLOWERS
    return large and not one.exact and not one.currency and page.free(one.start, one.end)


def _names() -> dict[str, str]:
    """Platforms, size classes and places by name: the other kinds of bare conditions."""
    return names("platforms") | names("tiers") | names("countries") | names("cities")
