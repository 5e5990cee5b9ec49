"""
A brief's text without the words of its conditions: what is left is what a creator would post about.

"10k–100k followers, women aged 18-34, budget US$5,000" says whom to take, and no post is about it; but an encoder
averages over words, and so many of them drag every brief to the same place. Left out are numbers of followers, rates,
money, size classes, platforms, ages in figures, and what no creator should stand beside ("no alcohol"), however unclear
they are as conditions. Countries, genders and languages stay: they may be what the posts are about.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.understanding.folded import fold
from matcher.understanding.money import read_budget
from matcher.understanding.naming import read_platforms, read_tiers
from matcher.understanding.people import read_ages
from matcher.understanding.places import countries_named
from matcher.understanding.quantities import quantities
from matcher.understanding.reading import READ, Claim, Page
from matcher.understanding.roles import find_roles
from matcher.understanding.safety import read_brand_safety
from matcher.understanding.scope import Spot, find_scopes
from matcher.understanding.sizes import read_engagement_rate, read_followers


def without_conditions(texts: Sequence[str]) -> list[str]:
    """Each text without the words of its conditions; one of which no word would be left is returned as it is."""
    return [_without(text) for text in texts]


def _without(text: str) -> str:
    folded = fold(text[:READ])
    left, at = [], 0
    for start, end in sorted(folded.place(*spot) for spot in _spots(folded.text)):
        left.append(text[at : max(at, start)])
        at = max(at, end)
    kept = " ".join([*left, text[at:]]) if left else text
    return kept if any(character.isalnum() for character in kept) else text


def _spots(text: str) -> list[Spot]:
    """Where a folded text speaks of conditions."""
    page = Page(text, quantities(text), find_roles(text, []))
    safety = [one for one in read_brand_safety(page) if isinstance(one, Claim)]
    named = countries_named(text) if page.quantities else frozenset()
    found: list[Spot] = []
    for reader in (
        read_followers, read_engagement_rate, lambda page: read_budget(page, named),
        read_tiers, read_platforms, read_ages,
    ):  # fmt: skip
        spots = [(one.start, one.end) for one in reader(page)]
        page.take(spots)
        found += spots
    money = [(one.start, one.end) for one in page.quantities if one.currency and page.free(one.start, one.end)]
    return [*found, *money, *_unwanted(page, safety)]


def _unwanted(page: Page, safety: Sequence[Claim]) -> list[Spot]:
    """What creators should keep away from, where that is what the text says ("no alcohol", not "craft beer")."""
    spots = [(one.start, one.end) for one in safety if page.free(one.start, one.end)]
    if not spots:
        return []
    taken = [(quantity.start, quantity.end) for quantity in page.quantities]
    scopes = find_scopes(page.text, taken, spots)
    return [spot for spot in spots if scopes.state(*spot) == "excluded"]
