"""Followers and engagement rates: quantities beside the words that name them."""

from __future__ import annotations

from typing import NamedTuple

from matcher.records.said import say
from matcher.understanding.lexicon import pattern
from matcher.understanding.quantities import Quantity, whole
from matcher.understanding.reading import Claim, Doubt, Page, Read

_GAP_BEFORE = (
    r"[\s:：\-(（]*(?:(?:count|of|is|are|range|ranging|between|from|about|number|with|數|人數|在|為|介於|約|từ|khoảng|lượng|là|"
    r"trong|อยู่|ที่|ระหว่าง|ประมาณ|จำนวน|ตั้งแต่)\s*)*"
)
_GAP_AFTER = r"\s*(?:名|位|個|人|คน|ราย|người|lượt|instagram|tiktok|youtube)?\s*(?:的)?\s*"
OF_FOLLOWERS = r"\s*(?:of|of the|of their|của|ของ|的)?\s*"
"""Between an age and the followers whose it is: "age *of* followers 18-24"."""
_FANS = r"粉(?=以上|以下|以內|左右|的|起|\+|[^\u3400-\u9fff]|$)"
"""Short for 粉絲 behind a number ("5萬粉"); in 粉底 and 粉紅 it is not."""
_PERCENT = r"\s*%"


def read_followers(page: Page) -> Read:
    """Ranges of followers: "10k–100k followers", "粉絲 1 萬以上", "ผู้ติดตามไม่เกิน 5 แสน"."""
    word, shortly = pattern("followers"), rf"(?:{pattern('followers')}|{_FANS})"
    waiting = [quantity for quantity in page.quantities if not quantity.currency]
    while waiting:
        quantity = waiting.pop(0)
        if page.begins_at(quantity.end, _PERCENT) or not page.free(quantity.start, quantity.end):
            continue
        after = page.begins_at(quantity.end, rf"{_GAP_AFTER}{shortly}")
        before = None if after else page.ends_before(quantity.start, rf"{word}{_GAP_BEFORE}")
        if not after and not before:
            continue
        if before and page.ends_before(before.start(), rf"{pattern('age_before')}{OF_FOLLOWERS}"):
            continue  # "อายุผู้ติดตาม 18-24"
        start = before.start() if before else quantity.start
        end = after.end() if after else quantity.end
        span = _Ends(quantity.min, quantity.max)
        if quantity.exact:
            span, end = _said_after(page, quantity, end)
        if waiting and (both := _other_end(page, span, end, waiting[0])) is not None:
            span, end = both, waiting.pop(0).end
        yield _followers(span, start, end)


class _Ends(NamedTuple):
    """The ends of a range; one of them may be open. Both None: neither is said."""

    min: float | None = None
    max: float | None = None


def _said_after(page: Page, quantity: Quantity, end: int) -> tuple[_Ends, int]:
    """What stands after the word: "10k followers *or more*", "10萬粉絲*以下*"."""
    for role, span in (("least_after", _Ends(quantity.min)), ("most_after", _Ends(None, quantity.max))):
        found = page.begins_at(end, rf"\s*{pattern(role)}")
        if found:
            return span, found.end()
    return _Ends(), end


def _other_end(page: Page, span: _Ends, end: int, other: Quantity) -> _Ends | None:
    """The end that follows: "at least 5,000 followers *and no more than 50k*"."""
    if other.exact or page.text[end : other.start].strip(" ,，、") not in (
        "",
        "and",
        "but",
        "且",
        "và",
        "nhưng",
        "และ",
        "แต่",
    ):
        return None
    if span.max is None and span.min is not None and other.min is None and (other.max or 0) >= span.min:
        return _Ends(span.min, other.max)
    if span.min is None and span.max is not None and other.max is None and (other.min or 0) <= span.max:
        return _Ends(other.min, span.max)
    return None


def _followers(span: _Ends, start: int, end: int) -> Claim | Doubt:
    value = {name: whole(number) for name, number in span._asdict().items() if number is not None}
    if not value:
        return Doubt(start, end, say("one number of followers, neither at least nor at most"))
    return Claim("followers", value, start, end, condition=True)


def read_engagement_rate(page: Page) -> Read:
    """A least engagement rate in percent; it becomes a fraction."""
    word = pattern("engagement_rate")
    for quantity in page.quantities:
        percent = page.begins_at(quantity.end, r"\s*%(?:\s*(?:以上|trở lên|ขึ้นไป|or more|or above|\+))?")
        if not percent or not page.free(quantity.start, quantity.end):
            continue
        after = page.begins_at(percent.end(), rf"\s*(?:的)?\s*{word}")
        before = None if after else page.ends_before(quantity.start, rf"{word}{_GAP_BEFORE}")
        if after or before:
            start = before.start() if before else quantity.start
            end = after.end() if after else percent.end()
            at_least = quantity.min is not None and (not quantity.exact or percent.group().strip() != "%")
            if not at_least or quantity.min is None or quantity.min > 100:
                yield Doubt(start, end, say("an engagement rate without at least"))
            else:
                yield Claim("engagement_rate", {"min": round(quantity.min / 100, 6)}, start, end, condition=True)
