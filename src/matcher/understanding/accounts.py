"""Which accounts are not wanted ("no shops"), and how lately one must have posted ("active in the last 60 days")."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.understanding.exclusion import KINDS
from matcher.understanding.lexicon import LETTERS, any_of, compiled, pattern, table
from matcher.understanding.reading import Claim, Page, Read

PEOPLE = ("person", "group")
"""The kinds of accounts that are left where a text wants no shops and no brands."""
RECENT = "last_post_within_days"
_BETWEEN = (
    r"(?:[\s-]|\b(?:a|an|any|from|with|be|online|or|of)\b|找|是|要|收|和|任何|phải|là|các|những|nhận|hợp tác với|tìm|"
    r"เป็น|รับ|พวก)*"
)
_OR = r"\s*(?:,|/|、|and|or|nor|和|或|及|與|跟|và|hoặc|hay|และ|หรือ)\s*(?:no\s+|any\s+)?"
_OURSELVES = rf"(?<![{LETTERS}])(?:we|i|it|this|are|is|am|we're|it's|i'm)\s+|(?:我們|我|這|chúng tôi|đây|เรา|นี่)\s*"
_IS_NOT = ("not", "不是", "không phải", "ไม่ใช่")
_FILLER = r"(?:\s|at least once|recently|regularly|content|videos?|đều|และ|อย่างน้อย|อยู่|เป็นประจำ|,)*"
_INSIDE = r"\s*(?:內|以內|之內|裡)"
_BEHIND = rf"(?:{_INSIDE}|\s|都|仍|還|持續|的|vẫn|มีการ|มี|ยัง)*"
_HAN = "一二三四五六七八九"
_LONGEST = 3650


def read_kinds(page: Page) -> Read:
    """Kinds of accounts: people alone, where shops or brands are named as unwanted."""
    shop = pattern("shops")
    shops = rf"{shop}(?:{_OR}{shop})*"
    ahead = rf"(?P<cue>{pattern('shops_ahead')}){_BETWEEN}(?P<named>{shops})"
    for found in page.find(rf"(?:{ahead})|(?P<led>{shops})\s*{pattern('shops_behind')}"):
        if found["cue"] in _IS_NOT and page.ends_before(found.start(), _OURSELVES):
            continue  # "we are not a brand"
        start, end = found.span("named" if found["cue"] else "led")
        yield from (Claim(KINDS, kind, start, end, True, found.span()) for kind in PEOPLE)


def read_recency(page: Page) -> Read:
    """
    The days within which the newest post must lie; a month counts as 30.

    "Active within 60 days" says so; with other words of posting the time must be past ("posted in the *last* 60 days"),
    for "post within 7 days" is a term.
    """
    active, posted = pattern("active"), rf"(?:{pattern('active')}|{pattern('posted')})"
    for count, first, last in _periods(page):
        since = page.ends_before(first, rf"{pattern('recently')}\s*")
        start = since or page.ends_before(first, rf"{pattern('within')}\s*") or since
        begin = start.start() if start else first
        past = page.begins_at(last, rf"\s*{pattern('behind_past')}")
        end = past.end() if past else last
        inside = page.begins_at(end, _INSIDE) is not None or page.ends_before(end, _INSIDE) is not None
        word = posted if since or past else active
        before = page.ends_before(begin, rf"{word}{_FILLER}")
        after = None if before else page.begins_at(end, rf"{_BEHIND}{word}")
        if (start or past or inside) and (before or after) and 1 <= count <= _LONGEST:
            yield Claim(
                RECENT, count, before.start() if before else begin, after.end() if after else end, condition=True
            )


def _periods(page: Page) -> Iterator[tuple[int, int, int]]:
    """Spans of time that nobody has read: their days, and where they begin and end."""
    periods = table("periods")
    unit = rf"\s*-?\s*({any_of(periods)})"
    for quantity in page.quantities:
        found = page.begins_at(quantity.end, unit)
        if found and quantity.max and not quantity.currency and page.free(quantity.start, quantity.end):
            yield int(quantity.max * periods[found[1]]), quantity.start, found.end()
    for word in compiled(rf"([{_HAN}兩])({any_of(periods)})").finditer(page.text):
        if page.free(*word.span()):
            yield int((_HAN.find(word[1]) + 1 or 2) * periods[word[2]]), *word.span()
