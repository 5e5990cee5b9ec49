"""Platforms and size classes that stand free in a text: no part of another word, and not what a noun is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.understanding.lexicon import pattern
from matcher.understanding.naming import read_platforms, read_tiers
from matcher.understanding.reading import Page
from matcher.understanding.scope import Spot
from matcher.understanding.unwanted import OPENS

_MARK = r"[.,;:!?()/&+\n，。、；：！？（）]"
_AND = r"\s*(?:,|/|&|\+|、|\band\b|\bor\b|和|或|及|與|\bvà\b|\bhoặc\b|และ|หรือ|\s)\s*"
_ON = (
    r"(?:(?:\b(?:ideally|preferably|only|just|on|via|trên|qua|chỉ|chỉ cần|ưu tiên|kênh)\s+|"
    r"(?:最好|只要|平台|在|บน|ใน|ทาง|ช่อง|เอาแค่|เฉพาะ|แค่)\s*)+)"
)
_NOT = rf"{OPENS}(?P<cue>{pattern('exclude_plainly')})\s*(?:(?:on|dùng|trên|ใช้|用|在)\s*)?"
_OVER = rf"\s*(?:上|優先|\bpreferred\b|{pattern('only_behind')})"
_BEFORE = rf"(?:^|{_MARK}|{_ON}|\b(?:and|or|và|hoặc)\s|和|或|及|與|และ|หรือ|(?<=[\u0e00-\u0e7f])\s)\s*"
_BEHIND = (
    rf"\s*(?:$|{_MARK}|{_OVER}|(?:and|or|with|who|that|in|from|for|only|và|hoặc|ở|có|từ|với)\b|和|或|及|與|的|為主|และ|"
    r"หรือ|ที่)"
)


def free_platforms(page: Page) -> Iterator[Spot]:
    """Platforms as a condition names them, with the words that hold them: "on TikTok and Instagram", "no YouTube"."""
    behind = rf"{_BEHIND}|\s*{pattern('creator')}|\s*{pattern('followers')}"
    named = [found for found in read_platforms(page) if not page.begins_at(found.start, pattern("creator"))]
    for start, end in _lists(page, [(found.start, found.end) for found in named]):
        excluded, on = page.ends_before(start, _NOT), page.ends_before(start, _ON)
        if (excluded or page.ends_before(start, _BEFORE)) and page.begins_at(end, behind):
            over = page.begins_at(end, _OVER)
            yield (
                excluded.start("cue") if excluded else on.start() if on else start,
                over.end() if over else end,
            )


def listed_tiers(page: Page) -> Iterator[Spot]:
    """Size classes beside a word for creators, which stays: "nano and micro-influencers"."""
    for start, end in _lists(page, [(found.start, found.end) for found in read_tiers(page)]):
        hyphen = page.begins_at(end, r"\s*-\s*")
        yield start, (hyphen.end() if hyphen else end)


def _lists(page: Page, spots: Iterable[Spot]) -> list[Spot]:
    """Spots with nothing but "and" between them as one."""
    united: list[Spot] = []
    for start, end in sorted(spots):
        if united and (start <= united[-1][1] or _joined(page, united[-1][1], start)):
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _joined(page: Page, end: int, start: int) -> bool:
    between = page.begins_at(end, rf"(?:{_AND})+")
    return between is not None and between.end() == start
