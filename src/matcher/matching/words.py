"""What a condition of a brief wants, and what a creator has where it looks, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from matcher.records import Brief
from matcher.records.said import EITHER, SEMICOLONS, Said, Term, listed, say, terms
from matcher.retrieval.filters import mentioning, partners, platforms_here, worked_with
from matcher.retrieval.index import Index
from matcher.text import brand_safety_terms

NOTHING = say("nothing known")


def wanted(brief: Brief, step: str) -> Said:
    """The condition behind a step of the funnel ("must.followers"), in words."""
    part, name = step.split(".")
    value = getattr(getattr(brief, part), name)
    if name in _WANTED:
        return _WANTED[name](value)
    if part == "must_not":
        names = listed(partners(brief) if name == "worked_with" else value, EITHER)
        within = brief.must_not.worked_with_within_days if name == "worked_with" else None
        if within:
            return say("none of {names} in the last {days} days", names=names, days=within)
        return say("none of {names}", names=names)
    return terms(tuple(value), VOCABULARIES.get(name, ""), EITHER)


def found(index: Index, row: int, brief: Brief, step: str) -> Said:
    """What the creator of a row has where a step of the funnel looks, in words."""
    part, name = step.split(".")
    return (_EXCLUDED if part == "must_not" else _FOUND)[name](index, row, brief)


def _span(number: Callable[[float], Said]) -> Callable[[Any], Said]:
    """A range in words, its ends as `number` writes them."""

    def in_words(span: Any) -> Said:
        if span.min is not None and span.max is not None:
            return say("at least {min} and at most {max}", min=number(span.min), max=number(span.max))
        if span.min is not None:
            return say("at least {min}", min=number(span.min))
        return say("any known") if span.max is None else say("at most {max}", max=number(span.max))

    return in_words


def _count(value: float) -> Said:
    return say("{value:,.0f}", value=value)


def _percent(value: float) -> Said:
    return say("{value:.0%}", value=value)


def _fine_percent(value: float) -> Said:
    return say("{value:.2%}", value=value)


def _money(amount: float, currency: str | None) -> Said:
    if not currency:
        return say("{amount:,g}", amount=amount)
    return say("{amount:,g} {currency}", amount=amount, currency=currency)


def _shares(shares: Iterable[tuple[str, float]]) -> Said:
    return listed(say("{share:.0%} in {country}", share=share, country=Term(c, "country")) for c, share in shares)


_WANTED: dict[str, Callable[[Any], Said]] = {
    "followers": _span(_count),
    "engagement_rate": _span(_fine_percent),
    "credibility": _span(_percent),
    "price": lambda price: say("at most {max}", max=_money(price.max, price.currency)),
    "last_post_within_days": lambda days: say("a post in the last {days} days", days=days),
    "audience_country": lambda shares: listed(
        say("at least {min}", min=_shares([(country, share)])) for country, share in shares.items()
    ),
    "has_contact": lambda has: say("a contact") if has else say("no contact"),
}

Found = Callable[[Index, int, Brief], Said]
VOCABULARIES = {
    "platforms": "platform",
    "countries": "country",
    "languages": "language",
    "tiers": "tier",
    "account_kinds": "kind",
    "brand_safety": "safety",
}
"""Condition → what its values are words of."""


def _names(vocabulary: str, column: str) -> Found:
    """The name behind the code of a column."""

    def in_words(index: Index, row: int, _: Brief) -> Said:
        name = index.vocabularies.name(vocabulary, int(getattr(index.creators, column)[row]))
        return terms((name,), VOCABULARIES[vocabulary]) if name else NOTHING

    return in_words


def _number(column: str, number: Callable[[float], Said]) -> Found:
    def in_words(index: Index, row: int, _: Brief) -> Said:
        value = float(getattr(index.creators, column)[row])
        return NOTHING if np.isnan(value) else number(value)

    return in_words


def _span_of(index: Index, row: int, name: str) -> slice:
    start = getattr(index.creators, f"{name}_start")
    return slice(int(start[row]), int(start[row + 1]))


def _platforms(index: Index, row: int, _: Brief) -> Said:
    codes = index.creators.account_platform[_span_of(index, row, "account")]
    names = dict.fromkeys(index.vocabularies.name("platforms", int(c)) for c in codes)
    return terms(tuple(names), "platform") if names else NOTHING


def _by_account(size: Callable[[Index, float], Said]) -> Found:
    """Something of each account, with its platform where there are several."""

    def words(index: Index, row: int, brief: Brief) -> Said:
        span, columns = _span_of(index, row, "account"), index.creators
        sizes = [NOTHING if np.isnan(n) else size(index, float(n)) for n in columns.account_followers[span]]
        names = [index.vocabularies.name("platforms", int(c)) for c in columns.account_platform[span]]
        asked = brief.must.platforms
        here = platforms_here(index, asked)
        counted = [(size, name) for size, name in zip(sizes, names, strict=True) if not asked or name in here]
        if sizes and not counted:
            wanted = sorted(here or {name.lower() for name in asked})
            return say("no account on {platforms}", platforms=terms(tuple(wanted), "platform", EITHER))
        if len(counted) < 2 and not asked:
            return sizes[0] if sizes else NOTHING
        if not counted:
            return NOTHING
        return listed(say("{size} on {platform}", size=n, platform=Term(name, "platform")) for n, name in counted)

    return words


def _tier(index: Index, followers: float) -> Said:
    edges, names = index.vocabularies["tier_edges"], index.vocabularies["tiers"]
    return terms((str(names[int(np.searchsorted(edges, followers, side="right")) - 1]),), "tier")


def _languages(index: Index, row: int, _: Brief) -> Said:
    return terms(tuple(index.languages(row)), "language") or NOTHING


def _prices(index: Index, row: int, _: Brief) -> Said:
    span, columns = _span_of(index, row, "price"), index.creators
    prices = zip(columns.price_amount[span].tolist(), columns.price_currency[span].tolist(), strict=True)
    return listed(_money(a, index.vocabularies.name("currencies", c)) for a, c in prices) or say("no price known")


def _last_post(index: Index, row: int, _: Brief) -> Said:
    days = float(index.days_since_post(row))
    return say("no dated post") if np.isnan(days) else say("the last one {days:,.0f} days ago", days=days)


def _audience_country(index: Index, row: int, brief: Brief) -> Said:
    """The countries that were asked for, and the largest one."""
    span, columns = _span_of(index, row, "audience"), index.creators
    cells = zip(columns.audience_cell[span], columns.audience_share[span], strict=True)
    named = [(*index.vocabularies["cells"][code], float(share)) for code, share in cells]
    shares = {segment: share for facet, segment, share in named if facet == "country"}
    if not shares:
        return say("no audience known")
    asked = {country: shares.get(country, 0.0) for country in brief.must.audience_country}
    largest = max(shares, key=lambda country: (shares[country], country))
    return _shares((asked | {largest: shares[largest]}).items())


def _account_kind(index: Index, row: int, _: Brief) -> Said:
    """The kind as stated, else the likeliest with its probability."""
    columns = index.creators
    kind = index.vocabularies.name("account_kinds", int(columns.account_kind_likely[row]))
    if not kind:
        return NOTHING
    if columns.account_kind[row] >= 0:
        return terms((kind,), "kind")
    sure = float(columns.account_kind_probability[row])
    return say("{kind}, estimated with a probability of {sure:.0%}", kind=Term(kind, "kind"), sure=sure)


def _categories(index: Index, row: int, _: Brief) -> Said:
    codes = index.creators.category[_span_of(index, row, "category")]
    return listed(index.vocabularies.name("categories", int(c)) for c in codes) or NOTHING


_FOUND: dict[str, Found] = {
    "platforms": _platforms,
    "countries": _names("countries", "market"),
    "languages": _languages,
    "followers": _by_account(lambda _, followers: _count(followers)),
    "engagement_rate": _number("engagement_rate", _fine_percent),
    "credibility": _number("credibility", _percent),
    "price": _prices,
    "last_post_within_days": _last_post,
    "audience_country": _audience_country,
    "has_contact": lambda index, row, _: say("a contact") if index.creators.has_contact[row] else say("no contact"),
    "tiers": _by_account(_tier),
    "account_kinds": _account_kind,
    "keywords": lambda index, row, _: say("none of these words in the posts, the bio or the name"),
    "categories": _categories,
}


def _quoted(words: Iterable[str]) -> Said:
    return listed(say("“{word}”", word=word) for word in words)


def _keywords(index: Index, row: int, brief: Brief) -> Said:
    words = _quoted(_mentioned(index, row, brief.must_not.keywords))
    return say("{words} in a post, the bio or the name", words=words)


def _partners(index: Index, row: int, brief: Brief) -> Said:
    within = brief.must_not.worked_with_within_days
    names = listed(name for name in partners(brief) if worked_with(index, (name,), within)[row])
    return say("work with {names}", names=names)


def _brand_safety(index: Index, row: int, brief: Brief) -> Said:
    found = []
    for category in brief.must_not.brand_safety:
        if words := _mentioned(index, row, tuple(brand_safety_terms(category))):
            topic, quoted = Term(category, "safety"), _quoted(words[:3])
            found.append(say("{topic}: {words} in a post, the bio or the name", topic=topic, words=quoted))
    return listed(found, SEMICOLONS)


def _mentioned(index: Index, row: int, phrases: tuple[str, ...]) -> list[str]:
    return [phrase for phrase in phrases if mentioning(index, (phrase,))[row]]


_EXCLUDED: dict[str, Found] = {
    "creator_ids": lambda index, row, _: say("this creator"),
    "keywords": _keywords,
    "worked_with": _partners,
    "brand_safety": _brand_safety,
}
