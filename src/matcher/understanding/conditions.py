"""
A brief's text without the words of its conditions: what is left is what a creator would post about.

"10k–100k followers, women aged 18-34, budget US$5,000" says whom to take, and no post is about it; but an encoder
averages over words, and so many of them drag every brief to the same place. Left out is only what is surely a
condition: numbers of followers, rates, ages and money with their own words, size classes of creators, platforms that
stand free ("on TikTok", not "Instagram-worthy"), how lately one posted, accounts that are not wanted ("no shops"), and
what no creator should stand beside ("no alcohol"). A word that may be the subject stays: one too many costs little, the
subject costs everything. So do countries, genders, languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.text import tokens
from matcher.understanding.folded import Folded, fold
from matcher.understanding.free import free_platforms, listed_tiers
from matcher.understanding.lexicon import compiled, pattern
from matcher.understanding.people import read_ages
from matcher.understanding.quantities import Quantity, quantities
from matcher.understanding.reading import READ, Page
from matcher.understanding.recency import read_recency
from matcher.understanding.roles import find_roles
from matcher.understanding.scope import Spot
from matcher.understanding.sizes import read_engagement_rate, read_followers
from matcher.understanding.terse import read_terse
from matcher.understanding.tidy import without
from matcher.understanding.unwanted import unwanted, unwanted_kinds

LEAST_FOLLOWERS = 100
"""Fewer are people: "our 12 fans"."""
_WITH = r"\b(?:with|having|có)\s*"
_PEOPLE = r"\s*(?:คน|ราย|人|名|位)"
_LEAD = r"(?:\b(?:with|of|our|the|a|total|overall|campaign|marketing)\s+|總|tổng\s+)*"
_IS = r"[\s:：]*(?:(?:of|is|are|about|around|為|是|約|là|khoảng|ประมาณ|ที่)\s*)*"
_ENDS = r"(?=\s*(?:$|[.,;:!?()\n，。、；：！？（）]))"
_NOTHING_MORE = (
    rf"{_ENDS}|\s*的|\s*(?:and|or|but|with|on|who|và|nhưng|với|trên|có)\b|\s*(?:且|並|和|และ|แต่|ที่)|"
    r"(?<=[\u0e00-\u0e7f])\s"
)
_WHO = (
    r"(?:(?:\b(?:who|whose|that|which|with|a|an|the|their|have|has|had|are|is|be|must|should|still|at least)\b|"
    r"(?<![^\s,])(?:còn|vẫn|phải|cần|có)(?=\s)|且|並|需要?|須|必須|要|有在|ที่|ยัง|ต้อง|และ)\s*)+"
)
"""Little words before a condition on posting that nothing is left to say without it."""
_WEIGHTS_TOO = r"(?:pounds|塊)$"
"""Money as well as weights and pieces: money only beside a word for budget."""
_NOT_YEARS = r"\s*-?(?:months?|weeks?|days?|hours?|minutes?|個月|天|小時|分鐘|tháng|ngày|giờ|phút|เดือน|วัน|ชั่วโมง|นาที)"


def without_conditions(texts: Sequence[str]) -> list[str]:
    """
    Each text without the words of its conditions, and without the punctuation and little words that held them.

    What creators should keep away from goes where it is a clause of its own ("beauty, *no wine*", not "no alcohol
    drinks"), unless nothing else is said. A text of which no word would be left is returned as it is.
    """
    return [_without(text) for text in texts]


def _without(text: str) -> str:
    folded = fold(text[:READ])
    page = Page(folded.text, quantities(folded.text), find_roles(folded.text, []))
    apart = unwanted(page)
    sure = [(start, _of(page, end)) for start, end in _sure(page)]
    kept = _left(text, folded, sure)
    if apart and _words(less := _left(text, folded, [*sure, *apart])):
        kept = less
    return kept if any(character.isalnum() for character in kept) else text


def _left(text: str, folded: Folded, spots: Sequence[Spot]) -> str:
    return without(text, [folded.place(*spot) for spot in spots])


def _of(page: Page, end: int) -> int:
    """Where a spot ends with the little word behind it that joins it to a noun: "20 至 35 歲*的*媽媽"."""
    joint = page.begins_at(end, r"\s*的")
    return joint.end() if joint else end


def _words(text: str) -> int:
    return len(tokens([text])[0])


def _sure(page: Page) -> Iterator[Spot]:
    """Where a folded text speaks of quantities with their own words, of size classes and of platforms alone."""
    for reader in (_followers, _rates, _money, _terse, _recency, unwanted_kinds, listed_tiers, free_platforms, _years):
        spots = list(reader(page))
        page.take(spots)
        yield from spots


def _followers(page: Page) -> Iterator[Spot]:
    for found in read_followers(page):
        numbers = [one for one in page.quantities if found.start <= one.start < found.end]
        if any((one.max or one.min or 0) >= LEAST_FOLLOWERS for one in numbers):
            held = page.ends_before(found.start, _WITH)
            counted = page.begins_at(found.end, _PEOPLE)
            yield (held.start() if held else found.start), (counted.end() if counted else found.end)


def _terse(page: Page) -> Iterator[Spot]:
    return ((found.start, found.end) for found in read_terse(page))


def _rates(page: Page) -> Iterator[Spot]:
    return ((found.start, found.end) for found in read_engagement_rate(page))


def _money(page: Page) -> Iterator[Spot]:
    """Money with its currency, and the words directly beside it: "a budget of $500", "max $300 per post"."""
    word, each = pattern("budget"), pattern("each")
    for one in page.quantities:
        if not page.free(one.start, one.end) or page.begins_at(one.end, "-"):
            continue
        named = page.ends_before(one.start, rf"{_LEAD}(?:{each}\s*)?{word}{_IS}")
        after = page.begins_at(one.end, rf"\s*(?:{each}\s*)?(?:的|total|overall|campaign)?\s*{word}{_ENDS}")
        if not (_is_money(page, one) or ((named or after) and (one.currency or one.unit > 1))):
            continue
        each_after = page.begins_at(one.end, rf"\s*{each}")
        held = page.ends_before(one.start, r"\b(?:for|at)\s+")
        start = min(one.start, *(found.start() for found in (named, held) if found), one.start)
        yield start, max(one.end, *(found.end() for found in (after, each_after) if found), one.end)


def _is_money(page: Page, one: Quantity) -> bool:
    written = page.text[one.start : one.end]
    return bool(one.currency) and not compiled(_WEIGHTS_TOO).search(written)


def _recency(page: Page) -> Iterator[Spot]:
    """How lately one must have posted, where nothing is said of these posts: "*who posted in the last 10 days*"."""
    for found in read_recency(page):
        closed = page.begins_at(found.end, _NOTHING_MORE)
        if closed:
            who = page.ends_before(found.start, _WHO)
            yield (who.start() if who else found.start), found.end


def _years(page: Page) -> Iterator[Spot]:
    """Ages with a word for age, or beside a gender where nothing is counted by the numbers: "women 18-34."."""
    word = rf"{pattern('age_before')}|{pattern('age_after')}|\bin their\b"
    for found in read_ages(page):
        if page.begins_at(found.end, _NOT_YEARS):
            continue
        if compiled(word).search(page.text[found.start : found.end]) or page.begins_at(found.end, _ENDS):
            yield found.start, found.end
