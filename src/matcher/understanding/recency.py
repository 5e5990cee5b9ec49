"""How lately one must have posted: "active in the last 60 days", "latest post at most two weeks old"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.understanding.lexicon import any_of, compiled, pattern, table
from matcher.understanding.reading import Claim, Page, Read

RECENT = "last_post_within_days"
_FILLER = r"(?:\s|at least once|recently|regularly|content|videos?|đều|và|และ|อย่างน้อย|อยู่|เป็นประจำ|,)*"
_IS = r"(?:\s|:|\b(?:is|was|be|at|must|should|là|phải|cách đây)\b|在|是|為|需要?|須|必須|要|距今|ต้อง|อยู่|คือ)*"
_INSIDE = r"\s*(?:內|以內|之內|裡)"
_BEHIND = rf"(?:{_INSIDE}|\s|都|仍|還|持續|的|vẫn|มีการ|มี|ยัง)*"
_HAN = {"半": 0.5, "兩": 2.0, "十": 10.0} | {letter: n + 1.0 for n, letter in enumerate("一二三四五六七八九")}
_LONGEST = 3650
_NO_TERM = 150
"""A period from so many days on is none within which to publish: "posted within half a year" is of the past."""
_WEEK = 7


class _Period(NamedTuple):
    """A span of time in a text, in days; `at_most` where a word beside its number says so."""

    days: float
    start: int
    end: int
    at_most: bool = False
    counted: bool = True
    """False for "the past month", which says no number."""


def read_recency(page: Page) -> Read:
    """
    The days within which the newest post must lie; a month counts as 30.

    "Active within 60 days" says so; with other words of posting the time must be past ("posted in the *last* 60
    days") or long ("within half a year"), for "post within 7 days" is a term. Of a last post it is said
    how old it may be at most.
    """
    active, posted = pattern("active"), rf"(?:{pattern('active')}|{pattern('posted')})"
    for period in _periods(page):
        since = page.ends_before(period.start, rf"{pattern('recently')}\s*")
        start = since or page.ends_before(period.start, rf"{pattern('within')}\s*")
        begin = start.start() if start else period.start
        past = page.begins_at(period.end, rf"\s*{pattern('behind_past')}")
        end = past.end() if past else period.end
        inside = page.begins_at(end, _INSIDE) or page.ends_before(end, _INSIDE)
        if not (period.counted or past or (since and since[0].strip() != "last")):
            continue  # "last month" is the one before this
        last = page.ends_before(begin, rf"{pattern('last_post')}{_IS}")
        word = posted if since or past or period.days >= _NO_TERM else active
        before = last or page.ends_before(begin, rf"{word}{_FILLER}")
        after = None if before else page.begins_at(end, rf"{_BEHIND}{word}")
        said = start or past or inside or (last and period.at_most)
        if said and (before or after) and 1 <= period.days <= _LONGEST:
            behind = after or page.begins_at(
                end, rf"(?:{_INSIDE})?(?:\s*{pattern('ago')})?" if last else rf"(?:{_INSIDE})?"
            )
            first, until = before.start() if before else begin, behind.end() if behind else end
            yield Claim(RECENT, int(period.days), first, until, condition=True)


def _periods(page: Page) -> Iterator[_Period]:
    """Spans of time that nobody has read, none that is said to be the least."""
    periods = table("periods")
    unit = rf"\s*-?\s*({any_of(periods)})"
    for quantity in page.quantities:
        found = page.begins_at(quantity.end, unit)
        if found and quantity.max and not quantity.currency and page.free(quantity.start, quantity.end):
            days = quantity.max * periods[found[1]]
            yield _Period(days, quantity.start, found.end(), at_most=not quantity.exact)
    spelt = {"a": 1.0} | table("spelt") | _HAN
    for found in compiled(rf"({any_of(spelt)}){unit}").finditer(page.text):
        most = page.ends_before(found.start(), rf"{pattern('most')}\s*")
        least = page.ends_before(found.start(), rf"{pattern('least')}\s*")
        if page.free(*found.span()) and (most or not least):  # "not older than" holds "older than"
            days = spelt[" ".join(found[1].split())] * periods[found[2]]
            yield _Period(days, most.start() if most else found.start(), found.end(), at_most=most is not None)
    long = {name: days for name, days in periods.items() if days >= _WEEK and not re.match("[\u3400-\u9fff]", name)}
    for found in compiled(any_of(long)).finditer(page.text):
        yield _Period(long[found[0]], *found.span(), counted=False)
