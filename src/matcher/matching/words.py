"""What a condition of a brief wants, and what a creator has where it looks, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matcher.records import Brief
from matcher.retrieval.filters import mentioning, partners, worked_with
from matcher.retrieval.index import Index
from matcher.text import brand_safety_terms

NOTHING = "nothing known"


def wanted(brief: Brief, step: str) -> str:
    """The condition behind a step of the funnel ("must.followers"), in words."""
    part, name = step.split(".")
    value = getattr(getattr(brief, part), name)
    if name in _WANTED:
        return _WANTED[name](value)
    if part == "must_not":
        names = partners(brief) if name == "worked_with" else value
        within = brief.must_not.worked_with_within_days if name == "worked_with" else None
        return f"none of {' or '.join(names)}" + (f" in the last {within} days" if within else "")
    return " or ".join(value)


def found(index: Index, row: int, brief: Brief, step: str) -> str:
    """What the creator of a row has where a step of the funnel looks, in words."""
    part, name = step.split(".")
    return (_EXCLUDED if part == "must_not" else _FOUND)[name](index, row, brief)


def _span(form: str) -> Callable[[Any], str]:
    """A range in words, its ends in a format."""

    def said(span: Any) -> str:
        ends = [("at least", span.min), ("at most", span.max)]
        return " and ".join(f"{word} {format(end, form)}" for word, end in ends if end is not None) or "any known"

    return said


_WANTED: dict[str, Callable[[Any], str]] = {
    "followers": _span(",.0f"),
    "engagement_rate": _span(".2%"),
    "credibility": _span(".0%"),
    "price": lambda price: f"at most {price.max:,g} {price.currency}",
    "last_post_within_days": lambda days: f"a post in the last {days} days",
    "audience_country": lambda shares: ", ".join(f"at least {share:.0%} in {c}" for c, share in shares.items()),
    "has_contact": lambda has: "a contact" if has else "no contact",
}

Found = Callable[[Index, int, Brief], str]


def _names(vocabulary: str, column: str) -> Found:
    """The name behind the code of a column."""
    return lambda index, row, _: (
        index.vocabularies.name(vocabulary, int(getattr(index.creators, column)[row])) or NOTHING
    )


def _number(column: str, form: str) -> Found:
    def said(index: Index, row: int, _: Brief) -> str:
        value = float(getattr(index.creators, column)[row])
        return NOTHING if np.isnan(value) else format(value, form)

    return said


def _span_of(index: Index, row: int, name: str) -> slice:
    start = getattr(index.creators, f"{name}_start")
    return slice(int(start[row]), int(start[row + 1]))


def _platforms(index: Index, row: int, _: Brief) -> str:
    codes = index.creators.account_platform[_span_of(index, row, "account")]
    return ", ".join(dict.fromkeys(index.vocabularies.name("platforms", int(c)) for c in codes)) or NOTHING


def _by_account(said: Callable[[Index, float], str]) -> Found:
    """Something of each account, with its platform where there are several."""

    def words(index: Index, row: int, brief: Brief) -> str:
        span, columns = _span_of(index, row, "account"), index.creators
        sizes = [NOTHING if np.isnan(size) else said(index, float(size)) for size in columns.account_followers[span]]
        names = [index.vocabularies.name("platforms", int(c)) for c in columns.account_platform[span]]
        asked = {name.lower() for name in brief.must.platforms}
        counted = [(size, name) for size, name in zip(sizes, names, strict=True) if not asked or name in asked]
        if sizes and not counted:
            return f"no account on {' or '.join(sorted(asked))}"
        if len(counted) < 2 and not asked:
            return "".join(sizes) or NOTHING
        return ", ".join(f"{size} on {name}" for size, name in counted) or NOTHING

    return words


def _tier(index: Index, followers: float) -> str:
    edges, names = index.vocabularies["tier_edges"], index.vocabularies["tiers"]
    return str(names[int(np.searchsorted(edges, followers, side="right")) - 1])


def _languages(index: Index, row: int, _: Brief) -> str:
    return ", ".join(index.languages(row)) or NOTHING


def _prices(index: Index, row: int, _: Brief) -> str:
    span, columns = _span_of(index, row, "price"), index.creators
    prices = zip(columns.price_amount[span], columns.price_currency[span], strict=True)
    said = (f"{a:,g} {index.vocabularies.name('currencies', int(c)) or ''}".strip() for a, c in prices)
    return ", ".join(said) or "no price known"


def _last_post(index: Index, row: int, _: Brief) -> str:
    days = float(index.days_since_post(row))
    return "no dated post" if np.isnan(days) else f"the last one {days:,.0f} days ago"


def _audience_country(index: Index, row: int, brief: Brief) -> str:
    """The countries that were asked for, and the largest one."""
    span, columns = _span_of(index, row, "audience"), index.creators
    cells = zip(columns.audience_cell[span], columns.audience_share[span], strict=True)
    named = [(*index.vocabularies["cells"][code], float(share)) for code, share in cells]
    shares = {segment: share for facet, segment, share in named if facet == "country"}
    if not shares:
        return "no audience known"
    asked = {country: shares.get(country, 0.0) for country in brief.must.audience_country}
    largest = max(shares, key=lambda country: (shares[country], country))
    return ", ".join(f"{share:.0%} in {country}" for country, share in (asked | {largest: shares[largest]}).items())


def _account_kind(index: Index, row: int, _: Brief) -> str:
    """The kind as stated, else the likeliest with its probability."""
    columns = index.creators
    kind = index.vocabularies.name("account_kinds", int(columns.account_kind_likely[row]))
    if kind is None or columns.account_kind[row] >= 0:
        return kind or NOTHING
    return f"{kind}, estimated with a probability of {columns.account_kind_probability[row]:.0%}"


def _categories(index: Index, row: int, _: Brief) -> str:
    codes = index.creators.category[_span_of(index, row, "category")]
    return ", ".join(index.vocabularies.name("categories", int(c)) for c in codes) or NOTHING


_FOUND: dict[str, Found] = {
    "platforms": _platforms,
    "countries": _names("countries", "market"),
    "languages": _languages,
    "followers": _by_account(lambda index, followers: f"{followers:,.0f}"),
    "engagement_rate": _number("engagement_rate", ".2%"),
    "credibility": _number("credibility", ".0%"),
    "price": _prices,
    "last_post_within_days": _last_post,
    "audience_country": _audience_country,
    "has_contact": lambda index, row, _: "a contact" if index.creators.has_contact[row] else "no contact",
    "tiers": _by_account(_tier),
    "account_kinds": _account_kind,
    "keywords": lambda index, row, _: "none of these words in the posts, the bio or the name",
    "categories": _categories,
}


def _keywords(index: Index, row: int, brief: Brief) -> str:
    return f"“{'”, “'.join(_mentioned(index, row, brief.must_not.keywords))}” in a post, the bio or the name"


def _partners(index: Index, row: int, brief: Brief) -> str:
    within = brief.must_not.worked_with_within_days
    return "work with " + ", ".join(name for name in partners(brief) if worked_with(index, (name,), within)[row])


def _brand_safety(index: Index, row: int, brief: Brief) -> str:
    said = []
    for category in brief.must_not.brand_safety:
        if terms := _mentioned(index, row, tuple(brand_safety_terms(category))):
            said.append(f"{category}: “{'”, “'.join(terms[:3])}” in a post, the bio or the name")
    return "; ".join(said)


def _mentioned(index: Index, row: int, phrases: tuple[str, ...]) -> list[str]:
    return [phrase for phrase in phrases if mentioning(index, (phrase,))[row]]


_EXCLUDED: dict[str, Found] = {
    "creator_ids": lambda index, row, _: "this creator",
    "keywords": _keywords,
    "worked_with": _partners,
    "brand_safety": _brand_safety,
}
