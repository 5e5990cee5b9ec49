"""
Countries: where the creators are, or where the people are whom they should reach.

A city stands for its country, for a brief has no field for cities. Where a text says neither of creators nor of an
audience that they are there, and only where its subject is ("street food in Hanoi"; "beauty, Thailand"), creators of
that country are preferred.
"""

from __future__ import annotations

import re

from matcher.records.said import say
from matcher.understanding.lexicon import any_of, compiled, names, pattern
from matcher.understanding.reading import Claim, Doubt, Page, Read
from matcher.understanding.roles import Role
from matcher.understanding.scope import Spot

_LIST = r"(?:\s|,|/|&|、|and|or|和|或|及|與|跟|và|hoặc|cùng|และ|หรือ|in|from|ở|tại|在|ใน|the|,)+"
_NEAR = 30
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
    if after is not None:
        return after.role
    if before is not None and before.start <= start < before.end:
        return before.role
    people = all(" ".join(found.group().split()) in names("peoples") for found in group)
    placed = not people and (
        page.ends_before(start, rf"{pattern('place_before')}\s*(?:the\s+|ประเทศ)?", _NEAR)
        or page.begins_at(end, pattern("place_after"))
        or page.begins_at(end, "的")
    )
    if before is not None and (placed or re.fullmatch(r"\s*", page.text[before.end : start])) and not people:
        return before.role
    following = page.roles.after(end)
    return following.role if placed and following is not None else None


def _of_subject(page: Page, group: list[re.Match[str]]) -> bool:
    """Whether it is the place of the subject: "cafes *in Taipei*", "*Bangkok* street food", "beauty, *Thailand*"."""
    start, end = group[0].start(), group[-1].end()
    said = [" ".join(found.group().split()) for found in group]
    if any(name in names("peoples") for name in said):
        return False
    subject = rf"\s*(?:的)?\s*{pattern('subject')}"
    local = all(name in names("cities") for name in said) or page.ends_before(start, pattern("place_within"))
    if local and page.begins_at(end, subject):
        return True
    placed = rf"(?:\s|{pattern('place_within')})*"
    if page.begins_at(end, r"\s*(?:$|[,.;:!?，。、；：！？|()\n])") is None:
        return False
    behind = rf"{pattern('subject')}{placed}|[,，、|]\s*{placed}"
    return page.ends_before(start, behind, _NEAR) is not None
