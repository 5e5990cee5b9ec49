"""
Countries: where the creators are, or where the people are whom they should reach.

A city stands for its country, for a brief has no field for cities. Where a text says neither of creators nor of an
audience that they are there, and only where its subject is ("street food in Hanoi"; "beauty, Thailand"), creators of
that country are preferred.
"""

from __future__ import annotations

import re

from matcher.records.said import say
from matcher.understanding.exclusion import CLAUSE
from matcher.understanding.lexicon import LETTERS, any_of, compiled, names, pattern
from matcher.understanding.reading import Claim, Doubt, Page, Read
from matcher.understanding.roles import Role
from matcher.understanding.scope import Spot

_LIST = r"(?:\s|,|/|&|、|and|or|和|或|及|與|跟|và|hoặc|cùng|และ|หรือ|in|from|ở|tại|在|ใน|the|,)+"
_NEAR = 30
_OPENS = rf"(?:^|{CLAUSE.pattern})\s*"
_THAI_COMMA = r"(?<=[\u0e00-\u0e7f])\s+(?=[\u0e00-\u0e7f])"
_HOME = ("TW", "HK")
_TRADE = (
    rf"(?:(?<![{LETTERS}])[{LETTERS}]{{2,}}(?:ers|ors|ists|ians|chefs|coaches|athletes|guides)|"
    rf"(?<![{LETTERS}])(?:người|thợ|dân|hội|đầu\s+bếp|nghệ\s+sĩ)(?:\s+[{LETTERS}]+){{0,5}}|(?:สาย|นัก|เชฟ)[\u0e00-\u0e7f]{{0,30}}?)"
)
"""Those who do something: "vegan *bakers*", "*người* review đồ ăn", "*สาย*ท่องเที่ยว"."""
UNCLEAR = say("a place, but it is not clear whose")


def countries_named(text: str) -> frozenset[str]:
    """All countries whose name stands in a folded text, whatever is said of them."""
    known = names("countries") | names("cities")
    return frozenset(known[" ".join(found.split())] for found in re.findall(any_of(known), text))


def read_countries(page: Page) -> Read:
    """Countries as `countries` (of creators) or `target_audience.country`."""
    for group in _groups(page):
        role = _role(page, group)
        known = _known()
        wished = role is None and _of_subject(page, group)
        for found in group:
            code = known[" ".join(found.group().split())]
            if wished:
                yield Claim("should.countries", code, *found.span())
            elif role is None:
                yield Doubt(*found.span(), UNCLEAR)
            elif role == "creator":
                yield Claim("countries", code, *found.span(), condition=True)
            else:
                yield Claim("target_audience.country", code, *found.span())


def country_spots(text: str) -> list[Spot]:
    """Where countries and peoples are named in a folded text, whatever is said of them."""
    return [found.span() for found in compiled(any_of(_known())).finditer(text)]


def _known() -> dict[str, str]:
    return names("cities") | names("countries") | names("peoples")


def _groups(page: Page) -> list[list[re.Match[str]]]:
    """Countries in lists: "Taiwan, Hong Kong and Singapore" is one."""
    groups: list[list[re.Match[str]]] = []
    for found in page.find(any_of(_known())):
        if groups and re.fullmatch(_LIST, page.text[groups[-1][-1].end() : found.start()]):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _role(page: Page, group: list[re.Match[str]]) -> Role | None:
    start, end = group[0].start(), group[-1].end()
    left, _ = page.roles.sentence(start)
    after = page.roles.next_to(end, page.taken)
    before = page.roles.before(start)
    about = page.text[max(left, start - _NEAR, before.end if before and before.end <= start else 0) : start]
    if re.search(pattern("topic"), about) or page.begins_at(end, rf"\s?(?:的)?{pattern('topic')}"):
        return None
    lives = None if _peoples(group) else page.ends_before(start, rf"{_OPENS}{pattern('lives')}\s*", _NEAR)
    own = page.roles.of_clause(start) if lives is not None else None
    if own is not None and own.role == "creator":
        return own.role
    if after is not None and not (lives and compiled(_THAI_COMMA).match(page.text, end)):
        return after.role
    if before is not None and before.start <= start < before.end:
        return before.role
    people = _peoples(group)
    placed = not people and (
        page.ends_before(start, rf"{pattern('place_before')}\s*(?:the\s+|ประเทศ)?", _NEAR)
        or page.begins_at(end, pattern("place_after"))
        or page.begins_at(end, "的")
    )
    if before is not None and (placed or re.fullmatch(r"\s*", page.text[before.end : start])) and not people:
        return before.role
    following = page.roles.after(end)
    return following.role if placed and following is not None else None


def _peoples(group: list[re.Match[str]]) -> bool:
    return all(" ".join(found.group().split()) in names("peoples") for found in group)


def _of_home(page: Page, found: re.Match[str]) -> bool:
    """
    Whether a Chinese text names a place of Taiwan or Hong Kong before what creators do ("台灣登山YouTuber").

    Elsewhere it is rather what they post about ("韓國彩妝創作者").
    """
    following = page.roles.after(found.end())
    if following is None or following.role != "creator" or _known()[" ".join(found.group().split())] not in _HOME:
        return False
    between = page.text[found.end() : following.start]
    return re.fullmatch(r"的?[\u3400-\u9fff]{1,6}\s?", between) is not None and not re.search(pattern("topic"), between)


def _of_subject(page: Page, group: list[re.Match[str]]) -> bool:
    """Whether it is the place of the subject: "cafes *in Taipei*", "*Bangkok* street food", "beauty, *Thailand*"."""
    start, end = group[0].start(), group[-1].end()
    said = [" ".join(found.group().split()) for found in group]
    if any(name in names("peoples") for name in said):
        return False
    trade = rf"{_TRADE}\s*{pattern('place_within')}\s*"
    if page.ends_before(start, rf"{pattern('gender_reach')}(?:\s+[{LETTERS}-]+){{0,3}}?\s+{trade}", 2 * _NEAR):
        return False  # "shoes for runners in Taiwan"
    if page.ends_before(start, trade, 2 * _NEAR) or _of_home(page, group[-1]):
        return True
    subject = rf"\s*(?:的)?\s*{pattern('subject')}"
    local = all(name in names("cities") for name in said) or page.ends_before(start, pattern("place_within"))
    if local and page.begins_at(end, subject):
        return True
    placed = rf"(?:\s|{pattern('place_within')})*"
    if page.begins_at(end, r"\s*(?:$|[,.;:!?，。、；：！？|()\n])") is None:
        return False
    behind = rf"{pattern('subject')}{placed}|[,，、|]\s*{placed}"
    return page.ends_before(start, behind, _NEAR) is not None
