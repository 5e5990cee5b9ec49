"""What a text wants nothing of and says no more about: "no alcohol or gambling", "no shops"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.understanding.accounts import read_kinds
from matcher.understanding.lexicon import pattern
from matcher.understanding.reading import Claim, Page
from matcher.understanding.safety import read_brand_safety
from matcher.understanding.scope import Spot, find_scopes

_MARK = r"[.,;:!?()\n，。、；：！？（）]"
OPENS = rf"(?:^|{_MARK}\s*|\b(?:and|but|please|và|nhưng|xin)\s+|(?<=[\u0e00-\u0e7f\u3400-\u9fff])\s+|且|並|請|也)"
"""An exclusion opens a clause; "beer with no alcohol" and "apps that say no gambling" are about what they name."""
_AND = r"\s*(?:,|/|&|、|\bnor\b|\band\b|\bor\b|和|或|及|與|跟|\bvà\b|\bhoặc\b|และ|หรือ)\s*"
_TAIL = r"(?:\s*(?:at all|please|content|posts|ads|accounts|pages|的|相關|內容|業配|帳號|nhé|nha|นะ|ครับ|ค่ะ|เลย))*"
CLOSES = rf"(?=\s*(?:$|{_MARK}|(?:and|or|but|và|hoặc|nhưng)\b|和|且|並|และ|แต่)|(?<=[\u0e00-\u0e7f])\s)"

_BUT = r"\s*(?:\b(?:but|nhưng|mà)\b|แต่|而是|但)"
"""What follows says what is meant instead: "not a shop *but* a guide"."""


@dataclass(frozen=True, slots=True)
class _Exclusion:
    """A cue with all that it names."""

    start: int
    end: int
    named: tuple[Claim, ...]


def unwanted(page: Page) -> list[Spot]:
    """Exclusions, cue and object together; none of whose objects stands anywhere else in the text, also in a word."""
    claims = [one for one in read_brand_safety(page) if isinstance(one, Claim)]
    if not claims:
        return []
    taken = [(quantity.start, quantity.end) for quantity in page.quantities]
    scopes = find_scopes(page.text, taken, [(one.start, one.end) for one in claims])
    found = list(_exclusions(page, [one for one in claims if scopes.state(one.start, one.end) == "excluded"]))
    named = {one for exclusion in found for one in exclusion.named}
    subjects = {one.value for one in claims if one not in named}
    return [
        (one.start, one.end)
        for one in found
        if not any(claim.value in subjects or _elsewhere(page.text, claim, found) for claim in one.named)
    ]


def unwanted_kinds(page: Page) -> list[Spot]:
    """What a text says of accounts that are not wanted, where that is a clause of its own: "no shops or brands"."""
    shown = {claim.shown for claim in read_kinds(page) if isinstance(claim, Claim) and claim.shown}
    found = []
    for start, end in sorted(shown):
        closed = page.begins_at(end, rf"{_TAIL}{CLOSES}")
        if closed and page.ends_before(start, OPENS) and not page.begins_at(closed.end(), _BUT):
            found.append((start, closed.end()))
    return found


def _exclusions(page: Page, claims: Sequence[Claim]) -> Iterator[_Exclusion]:
    cue = rf"{OPENS}(?P<cue>{pattern('exclude_plainly')})\s*(?:{pattern('exclude_between')}\s*)*"
    waiting = list(claims)
    while waiting:
        first = waiting.pop(0)
        led = page.ends_before(first.start, cue, 60)
        if led is None:
            continue
        named = [first]
        while waiting and _goes_on(page, named[-1].end, waiting[0].start):
            named.append(waiting.pop(0))
        closed = page.begins_at(named[-1].end, rf"{_TAIL}{CLOSES}")
        if closed:
            yield _Exclusion(led.start("cue"), closed.end(), tuple(named))


def _goes_on(page: Page, end: int, start: int) -> bool:
    between = page.begins_at(end, rf"{_AND}(?:{pattern('exclude_between')}\s*)*")
    return between is not None and between.end() == start


def _elsewhere(text: str, claim: Claim, exclusions: Sequence[_Exclusion]) -> bool:
    """Whether the name of what is excluded stands outside the exclusions, alone or in a word ("anti-gambling")."""
    name, at = text[claim.start : claim.end], text.find(text[claim.start : claim.end])
    while at >= 0:
        if not any(one.start <= at < one.end for one in exclusions):
            return True
        at = text.find(name, at + 1)
    return False
