"""The conditions of `must` and `should`, each as a bitmap over creators. What is not known of a creator is not met."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.records import Conditions
from matcher.retrieval.filters.bitmaps import Bitmap, among, any_value, mentioning, within
from matcher.retrieval.filters.platforms import platforms_here
from matcher.retrieval.index import Index
from matcher.snapshot import NEVER

SURE_KIND = 0.5
"""A kind of account that is estimated counts for a condition from this probability on."""


def conditions(index: Index, wanted: Conditions) -> dict[str, Bitmap]:
    """Condition → the creators that meet it, for every condition that is given."""
    return {name: _CONDITIONS[name](index, wanted) for name in wanted.given()}


def known(index: Index, wanted: Conditions) -> dict[str, Bitmap]:
    """Condition → the creators of whom anything is known that it looks at, for every condition that is given."""
    everyone = np.ones(len(index.creators), dtype=np.bool_)
    return {name: _KNOWN[name](index) if name in _KNOWN else everyone for name in wanted.given()}


def counted_accounts(index: Index, wanted: Conditions) -> Bitmap:
    """The accounts, bitmap over all, that meet the conditions on platform and size: those that let their owner pass."""
    passing, _ = _accounts(index, wanted)
    if wanted.followers is not None:
        passing = passing & within(index.creators.account_followers, wanted.followers.min, wanted.followers.max)
    if wanted.tiers:
        passing = passing & _of_tiers(index, wanted)
    return passing


def _accounts(index: Index, wanted: Conditions) -> tuple[Bitmap, NDArray[np.int64]]:
    """The accounts that a size condition looks at, those on the wanted platforms, and their owners."""
    columns = index.creators
    owner = index.owners("account")
    if not wanted.platforms:
        return np.ones(len(owner), dtype=np.bool_), owner
    codes = index.vocabularies.codes("platforms", platforms_here(index, wanted.platforms))
    return among(columns.account_platform, codes), owner


def _platforms(index: Index, wanted: Conditions) -> Bitmap:
    passing, owner = _accounts(index, wanted)
    return any_value(index, passing, owner)


def _followers(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.followers is not None
    passing, owner = _accounts(index, wanted)
    return any_value(
        index, passing & within(index.creators.account_followers, wanted.followers.min, wanted.followers.max), owner
    )


def _tiers(index: Index, wanted: Conditions) -> Bitmap:
    passing, owner = _accounts(index, wanted)
    return any_value(index, passing & _of_tiers(index, wanted), owner)


def _of_tiers(index: Index, wanted: Conditions) -> Bitmap:
    edges: list[float] = index.vocabularies["tier_edges"]
    tier = np.searchsorted(edges, index.creators.account_followers, side="right") - 1
    tier[np.isnan(index.creators.account_followers)] = -1
    return among(tier, index.vocabularies.codes("tiers", wanted.tiers))


def _countries(index: Index, wanted: Conditions) -> Bitmap:
    return among(index.creators.market, index.vocabularies.codes("countries", wanted.countries))


def _languages(index: Index, wanted: Conditions) -> Bitmap:
    names = [n for name in wanted.languages for n in (("zh-Hant", "zh-Hans", "zh") if name == "zh" else (name,))]
    codes = index.vocabularies.codes("languages", names)
    return any_value(index, among(index.creators.language, codes), index.owners("language"))


def _engagement_rate(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.engagement_rate is not None
    return within(index.creators.engagement_rate, wanted.engagement_rate.min, wanted.engagement_rate.max)


def _credibility(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.credibility is not None
    return within(index.creators.credibility, wanted.credibility.min, wanted.credibility.max)


def _price(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.price is not None
    columns = index.creators
    same = among(columns.price_currency, index.vocabularies.codes("currencies", (wanted.price.currency,)))
    passing = same & (columns.price_amount <= wanted.price.max)
    return any_value(index, passing, index.owners("price"))


def _last_post(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.last_post_within_days is not None
    days = index.days_since_post(slice(None))
    return np.asarray(days <= wanted.last_post_within_days, dtype=np.bool_)


def _audience_country(index: Index, wanted: Conditions) -> Bitmap:
    columns = index.creators
    met = np.ones(len(columns), dtype=np.bool_)
    for country, share in wanted.audience_country.items():
        cell = index.vocabularies.code("cells", ("country", country))
        there = np.flatnonzero(columns.audience_cell == cell)
        enough = np.zeros(len(columns), dtype=np.bool_)
        enough[index.owners("audience")[there[columns.audience_share[there] >= share]]] = True
        met &= enough
    return met


def _has_contact(index: Index, wanted: Conditions) -> Bitmap:
    return np.asarray(index.creators.has_contact == wanted.has_contact, dtype=np.bool_)


def _account_kinds(index: Index, wanted: Conditions) -> Bitmap:
    """Kinds as stated; where nothing is stated, the likeliest kind from SURE_KIND on."""
    columns = index.creators
    likely = among(columns.account_kind_likely, index.vocabularies.codes("account_kinds", wanted.account_kinds))
    return likely & (columns.account_kind_probability >= SURE_KIND)


def _keywords(index: Index, wanted: Conditions) -> Bitmap:
    return mentioning(index, wanted.keywords)


def _categories(index: Index, wanted: Conditions) -> Bitmap:
    codes = index.vocabularies.codes("categories", (name.casefold() for name in wanted.categories))
    columns = index.creators
    return any_value(index, among(columns.category, codes), index.owners("category"))


_CONDITIONS: dict[str, Callable[[Index, Conditions], Bitmap]] = {
    "platforms": _platforms,
    "countries": _countries,
    "languages": _languages,
    "followers": _followers,
    "engagement_rate": _engagement_rate,
    "credibility": _credibility,
    "price": _price,
    "last_post_within_days": _last_post,
    "audience_country": _audience_country,
    "has_contact": _has_contact,
    "tiers": _tiers,
    "account_kinds": _account_kinds,
    "keywords": _keywords,
    "categories": _categories,
}


_KNOWN: dict[str, Callable[[Index], Bitmap]] = {
    "countries": lambda index: index.creators.market >= 0,
    "languages": lambda index: np.diff(index.creators.language_start) > 0,
    "followers": lambda index: ~np.isnan(index.creators.followers),
    "tiers": lambda index: ~np.isnan(index.creators.followers),
    "engagement_rate": lambda index: ~np.isnan(index.creators.engagement_rate),
    "credibility": lambda index: ~np.isnan(index.creators.credibility),
    "price": lambda index: np.diff(index.creators.price_start) > 0,
    "last_post_within_days": lambda index: index.creators.last_post_at != NEVER,
    "audience_country": lambda index: np.diff(index.creators.audience_start) > 0,
    "account_kinds": lambda index: index.creators.account_kind_probability >= SURE_KIND,
    "categories": lambda index: np.diff(index.creators.category_start) > 0,
}
"""Conditions on what may not be known of a creator; platform, contact and words are read off the tables as they are."""
