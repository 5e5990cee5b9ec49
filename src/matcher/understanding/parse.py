"""Free text to the fields of a brief, by rules: what is not understood is left out, and never turned around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matcher.records.said import say
from matcher.text import detect_languages
from matcher.understanding.accounts import read_kinds
from matcher.understanding.exclusion import KINDS
from matcher.understanding.folded import Folded, fold
from matcher.understanding.merge import merged
from matcher.understanding.money import read_budget
from matcher.understanding.naming import read_languages, read_platforms, read_tiers
from matcher.understanding.people import read_people
from matcher.understanding.places import countries_named, read_countries
from matcher.understanding.quantities import quantities
from matcher.understanding.reading import READ, Claim, Doubt, Page
from matcher.understanding.recency import RECENT, read_recency
from matcher.understanding.records import LeftOut, Understood, UnderstoodPart
from matcher.understanding.roles import find_roles
from matcher.understanding.safety import read_brand_safety, read_goal
from matcher.understanding.scope import Scopes, find_scopes
from matcher.understanding.sizes import read_engagement_rate, read_followers
from matcher.understanding.terse import read_terse

_BETWEEN = r"(?:\s|,|/|&|\+|、|and|or|on|in|from|和|或|及|與|跟|hoặc|và|trên|ở|tại|และ|หรือ|ใน|在)*"
EXCLUDED = say("excluded by the text; a brief has no field for that")


def parse_brief(text: str) -> Understood:
    """
    The structured brief in a free text in English, Traditional Chinese, Vietnamese or Thai, also mixed.

    Understood are countries, ages and genders of the audience, platforms, tiers, followers, engagement rate, budget,
    languages, kinds of accounts, how lately they posted, brand safety and the goal. Fields hold only what the text
    says. A condition goes to `must`, or to `should` where the text prefers it ("ideally"). What looks like a condition
    and is unclear, or excluded where the brief knows no exclusion ("not on TikTok"), is in `left_out` with the reason.
    Of a longer text the first `READ` characters are read.
    """
    folded = fold(text[:READ])
    claims, doubts, scopes = _read(folded.text)
    kept: list[Claim] = []
    for claim, state in zip(claims, _states(folded.text, claims, scopes), strict=True):
        if claim.field == "must_not.brand_safety":
            if state == "excluded":
                kept.append(claim)
        elif claim.field == KINDS:
            kept.append(_placed(claim, "wished" if scopes.wishes(claim.start, claim.end) else "stated"))
        elif state == "excluded":
            doubts.append(Doubt(claim.start, claim.end, EXCLUDED))
        else:
            kept.append(_placed(claim, state))
    fields, parts, conflicts = merged(kept)
    doubts += conflicts
    known, _ = detect_languages([text[:READ]])
    language = {"language": known[0]} if known[0] in ("en", "zh-Hant", "zh-Hans", "vi", "th") else {}
    return Understood({"text": text} | language | fields, _parts(folded, parts), _left_out(folded, doubts))


def _read(text: str) -> tuple[list[Claim], list[Doubt], Scopes]:
    """All readers in turn; what one has read is not read by the next."""
    page = Page(text, quantities(text), find_roles(text, []))
    claims: list[Claim] = []
    doubts: list[Doubt] = []
    named = countries_named(text)
    safety = list(read_brand_safety(page))
    for reader in (
        read_followers, read_engagement_rate, lambda page: read_budget(page, named), read_terse, read_recency,
        read_kinds, read_goal, read_tiers, read_languages, read_platforms, read_people, read_countries,
    ):  # fmt: skip
        found = list(reader(page))
        claims += [one for one in found if isinstance(one, Claim)]
        doubts += [one for one in found if isinstance(one, Doubt)]
        page.take((one.start, one.end) for one in found)
        if reader is read_engagement_rate:  # the followers of "10k followers" are no audience
            page.roles = find_roles(text, page.taken)
        if reader is read_people:
            page.roles = page.roles.also([(one.start, one.end) for one in found if isinstance(one, Claim)])
    claims += [one for one in safety if isinstance(one, Claim) and page.free(one.start, one.end)]
    claims.sort(key=lambda claim: (claim.start, claim.end))
    spots = [(claim.start, claim.end) for claim in claims]
    taken = [(quantity.start, quantity.end) for quantity in page.quantities]
    taken += [(claim.start, claim.end) for claim in claims if claim.field == RECENT]  # "không quá hai tuần"
    scopes = find_scopes(text, taken, spots, [claim.field for claim in claims])
    return claims, doubts, scopes


def _states(text: str, claims: Sequence[Claim], scopes: Scopes) -> list[str]:
    """The state of each claim; a list ("TikTok, YouTube and Facebook are out") is excluded when any of it is."""
    states: list[str] = [scopes.state(claim.start, claim.end) for claim in claims]
    for field in {claim.field for claim in claims}:
        rows = [row for row, claim in enumerate(claims) if claim.field == field]
        for steps in (pairwise(rows), pairwise(rows[::-1])):
            for one, other in steps:
                first, second = sorted((claims[one], claims[other]), key=lambda claim: claim.start)
                if scopes.begins_alone(first.end, second.start + 1):
                    continue
                if states[one] == "excluded" and re.fullmatch(_BETWEEN, text[first.end : second.start]):
                    states[other] = "excluded"
    return states


def _placed(claim: Claim, state: str) -> Claim:
    """A claim with the full path of its field."""
    if claim.field == "price":
        return Claim("should.price", claim.value, claim.start, claim.end)
    if not claim.condition:
        return claim
    part = "should" if state == "wished" else "must"
    return Claim(f"{part}.{claim.field}", claim.value, *(claim.shown or (claim.start, claim.end)))


def _parts(folded: Folded, parts: Sequence[tuple[Claim, Any]]) -> tuple[UnderstoodPart, ...]:
    return tuple(UnderstoodPart(claim.field, value, *_words(folded, claim)) for claim, value in parts)


def _left_out(folded: Folded, doubts: Sequence[Doubt]) -> tuple[LeftOut, ...]:
    ordered = sorted(set(doubts), key=lambda doubt: (doubt.start, doubt.end, doubt.reason))
    return tuple(LeftOut(*_words(folded, doubt), doubt.reason) for doubt in ordered)


def _words(folded: Folded, place: Claim | Doubt) -> tuple[str, int, int]:
    start, end = folded.place(place.start, place.end)
    return folded.original[start:end], start, end
