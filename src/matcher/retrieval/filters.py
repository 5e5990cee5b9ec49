"""
Filters: every `must` and `must_not` of a brief as a bitmap over creators, before anything is ranked.

A condition on something that is not known of a creator is not met. Each step is counted for the funnel, and kept, so
that `explain` can say which step took a creator out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.records import Brief, Conditions, FunnelStep
from matcher.records.said import Said, Term, listed, say
from matcher.retrieval.index import Index
from matcher.snapshot import NEVER, STATUSES
from matcher.text import brand_safety_terms, tokens

Bitmap = NDArray[np.bool_]

SURE_KIND = 0.5
"""A kind of account that is estimated counts for a condition from this probability on."""

WANTED_PLATFORMS = "must.platforms"
"""The one step that others look at: a size (`followers`, `tiers`) is that of the accounts on the wanted platforms."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """Which creators a brief leaves, and what each step did."""

    allowed: Bitmap
    steps: dict[str, Bitmap]
    """Step → the creators that pass it, each step on its own."""
    funnel: tuple[FunnelStep, ...]
    warnings: tuple[str, ...]


def apply_filters(index: Index, brief: Brief) -> Filtered:
    """All `must` and `must_not` of a brief over all creators, in the order of the contract."""
    steps = {f"must.{name}": bitmap for name, bitmap in conditions(index, brief.must).items()}
    steps |= {f"must_not.{name}": ~bitmap for name, bitmap in _exclusions(index, brief).items()}
    allowed = np.ones(len(index.creators), dtype=np.bool_)
    funnel = [FunnelStep("all", len(allowed))]
    for step, bitmap in steps.items():
        allowed = allowed & bitmap
        funnel.append(FunnelStep(step, int(np.count_nonzero(allowed))))
    return Filtered(allowed, steps, tuple(funnel), tuple(_warnings(index, brief, steps)))


def conditions(index: Index, wanted: Conditions) -> dict[str, Bitmap]:
    """Condition → the creators that meet it, for every condition that is given."""
    return {name: _CONDITIONS[name](index, wanted) for name in wanted.given()}


def known(index: Index, wanted: Conditions) -> dict[str, Bitmap]:
    """Condition → the creators of whom anything is known that it looks at, for every condition that is given."""
    everyone = np.ones(len(index.creators), dtype=np.bool_)
    return {name: _KNOWN[name](index) if name in _KNOWN else everyone for name in wanted.given()}


def _accounts(index: Index, wanted: Conditions) -> tuple[Bitmap, NDArray[np.int64]]:
    """The accounts that a size condition looks at, those on the wanted platforms, and their owners."""
    columns = index.creators
    owner = index.owners("account")
    if not wanted.platforms:
        return np.ones(len(owner), dtype=np.bool_), owner
    codes = index.vocabularies.codes("platforms", (name.lower() for name in wanted.platforms))
    return among(columns.account_platform, codes), owner


def _any_value(index: Index, passing: Bitmap, owner: NDArray[np.int64]) -> Bitmap:
    met: Bitmap = np.zeros(len(index.creators), dtype=np.bool_)
    met[owner[passing]] = True
    return met


def _platforms(index: Index, wanted: Conditions) -> Bitmap:
    passing, owner = _accounts(index, wanted)
    return _any_value(index, passing, owner)


def _followers(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.followers is not None
    passing, owner = _accounts(index, wanted)
    return _any_value(
        index, passing & _within(index.creators.account_followers, wanted.followers.min, wanted.followers.max), owner
    )


def _tiers(index: Index, wanted: Conditions) -> Bitmap:
    edges: list[float] = index.vocabularies["tier_edges"]
    passing, owner = _accounts(index, wanted)
    tier = np.searchsorted(edges, index.creators.account_followers, side="right") - 1
    tier[np.isnan(index.creators.account_followers)] = -1
    codes = index.vocabularies.codes("tiers", wanted.tiers)
    return _any_value(index, passing & among(tier, codes), owner)


def _countries(index: Index, wanted: Conditions) -> Bitmap:
    return among(index.creators.market, index.vocabularies.codes("countries", wanted.countries))


def _languages(index: Index, wanted: Conditions) -> Bitmap:
    names = [n for name in wanted.languages for n in (("zh-Hant", "zh-Hans", "zh") if name == "zh" else (name,))]
    codes = index.vocabularies.codes("languages", names)
    return _any_value(index, among(index.creators.language, codes), index.owners("language"))


def _engagement_rate(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.engagement_rate is not None
    return _within(index.creators.engagement_rate, wanted.engagement_rate.min, wanted.engagement_rate.max)


def _credibility(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.credibility is not None
    return _within(index.creators.credibility, wanted.credibility.min, wanted.credibility.max)


def _price(index: Index, wanted: Conditions) -> Bitmap:
    assert wanted.price is not None
    columns = index.creators
    same = among(columns.price_currency, index.vocabularies.codes("currencies", (wanted.price.currency,)))
    passing = same & (columns.price_amount <= wanted.price.max)
    return _any_value(index, passing, index.owners("price"))


def _priced_elsewhere(index: Index, currency: str, among_these: Bitmap) -> int:
    """How many of these creators state prices, but none in this currency."""
    columns = index.creators
    same = columns.price_currency == index.vocabularies.code("currencies", currency)
    priced = np.diff(columns.price_start) > 0
    return int(np.count_nonzero(among_these & priced & ~_any_value(index, same, index.owners("price"))))


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
    return _any_value(index, among(columns.category, codes), index.owners("category"))


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


def _exclusions(index: Index, brief: Brief) -> dict[str, Bitmap]:
    """Exclusion → the creators that it takes out, for every exclusion that is given."""
    wanted, found = brief.must_not, {}
    if wanted.creator_ids:
        ids = set(wanted.creator_ids)
        found["creator_ids"] = np.zeros(len(index.creators), dtype=np.bool_)
        found["creator_ids"][[row for i in ids if (row := index.find_creator(i)) is not None]] = True
    if wanted.keywords:
        found["keywords"] = mentioning(index, wanted.keywords)
    if wanted.worked_with:
        found["worked_with"] = worked_with(index, partners(brief), wanted.worked_with_within_days)
    if wanted.brand_safety:
        found["brand_safety"] = np.logical_or.reduce([_unsafe(index, category) for category in wanted.brand_safety])
    return found


def partners(brief: Brief) -> tuple[str, ...]:
    """The brands that `must_not.worked_with` names; "competitor" stands for the brand's competitors."""
    names: list[str] = []
    for name in brief.must_not.worked_with:
        names += brief.brand.competitors if name.casefold() in ("competitor", "competitors") else (name,)
    return tuple(dict.fromkeys(names))


def brand_key(name: str) -> str:
    """The form in which brands are compared: letters and digits only, lower case ("@Dew_Root" → "dewroot")."""
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def worked_with(index: Index, brands: Iterable[str], within_days: int | None) -> Bitmap:
    """Creators with a collaboration with, or a sponsored post for, any of the brands in the last days."""
    columns, names = index.creators, tuple(brands)
    since = int(NEVER)
    if within_days is not None:
        since = int(np.datetime64(index.manifest.as_of.rstrip("Z"), "s").astype(np.int64)) - within_days * 86_400
    known = among(columns.worked_with, index.vocabularies.codes("brands", map(brand_key, names)))
    met = _any_value(index, known & (columns.worked_at >= since), index.owners("worked"))
    for phrase in tokens(list(names)):  # a sponsor may be named in the words of a post alone
        posts = index.lexical.containing(phrase)
        posts = posts[posts < len(index.posts)]
        paid = index.posts.sponsored[posts] & (index.posts.published_at[posts] >= since)
        met[index.posts.creator[posts[paid]]] = True
    return met


def _unsafe(index: Index, category: str) -> Bitmap:
    """Creators with a word of a brand-safety category; looked up once per snapshot, the words never change."""
    terms = brand_safety_terms(category)
    if category not in index.unsafe:
        index.unsafe[category] = mentioning(index, terms)
    return index.unsafe[category]


def mentioning(index: Index, phrases: Iterable[str]) -> Bitmap:
    """Creators with any of the phrases in a post, the bio, the name or the categories."""
    found = np.zeros(len(index.creators), dtype=np.bool_)
    n_posts = len(index.posts)
    for phrase in tokens(list(phrases)):
        documents = index.lexical.containing(phrase)
        found[index.posts.creator[documents[documents < n_posts]]] = True
        found[documents[documents >= n_posts] - n_posts] = True
    return found


def among(column: NDArray[Any], codes: list[int]) -> Bitmap:
    """Where a column of codes (-1 = not known) holds one of those wanted; a look-up, ten times as fast as a search."""
    wanted = np.zeros(max([*codes, int(column.max(initial=-1))]) + 2, dtype=np.bool_)
    wanted[codes] = True
    found: Bitmap = wanted[column]  # -1 reads the last place, which stays False
    return found


def _within(values: NDArray[Any], low: float | None, high: float | None) -> Bitmap:
    """Values inside a range, both ends included; NaN is never inside."""
    met: Bitmap = ~np.isnan(values)
    if low is not None:
        met &= values >= low
    if high is not None:
        met &= values <= high
    return met


def _warnings(index: Index, brief: Brief, steps: dict[str, Bitmap]) -> list[Said]:
    """What the reader of the funnel should know."""
    said = _estimates(index, brief, _all(index, steps.values()))
    unknown = [i for i in brief.must_not.creator_ids if index.find_creator(i) is None]
    if unknown:
        place = Term("must_not.creator_ids", "place")
        said.append(say("{place}: not in this snapshot: {creators}", place=place, creators=listed(unknown[:5])))
    if any(name.casefold() in ("competitor", "competitors") for name in brief.must_not.worked_with):
        if not brief.brand.competitors:
            said.append(
                say(
                    "{place}: 'competitor' was asked for, but {names} names none",
                    place=Term("must_not.worked_with", "place"),
                    names=Term("brand.competitors", "place"),
                )
            )
    for part in ("must", "should"):
        price = getattr(brief, part).price
        others = _all(index, (bitmap for step, bitmap in steps.items() if step != "must.price"))
        if price is not None and (elsewhere := _priced_elsewhere(index, price.currency, others)):
            said.append(
                say(
                    "{place}: prices are not converted; {creators:,} creators who meet the rest state theirs "
                    "in other currencies than {currency}, and do not meet it",
                    place=Term(f"{part}.price", "place"),
                    creators=elsewhere,
                    currency=price.currency,
                )
            )
    for name, vocabulary in (("platforms", "platforms"), ("countries", "countries"), ("categories", "categories")):
        for value in getattr(brief.must, name):
            key = {"platforms": str.lower, "countries": str.upper, "categories": str.casefold}[name](value)
            if index.vocabularies.code(vocabulary, key) < 0:
                place = Term(f"must.{name}", "place")
                missing = say("{place}: no creator in this snapshot has {value!r}", place=place, value=value)
                here = listed(filter(None, index.vocabularies["platforms"][:8])) if name == "platforms" else ""
                said.append(say("{missing}; there is: {names}", missing=missing, names=here) if here else missing)
    return said


def _all(index: Index, steps: Iterable[Bitmap]) -> Bitmap:
    """The creators that pass every step."""
    passing: Bitmap = np.ones(len(index.creators), dtype=np.bool_)
    for bitmap in steps:
        passing &= bitmap
    return passing


def _estimates(index: Index, brief: Brief, allowed: Bitmap) -> list[Said]:
    """How many of the creators that pass do so by an estimate."""
    columns, said = index.creators, list[Said]()
    if brief.must.countries:
        guessed = allowed & (columns.market_status == STATUSES.index("estimated"))
        if count := int(np.count_nonzero(guessed)):
            said.append(
                say(
                    "{place}: {creators:,} of the creators that pass state no country; theirs is estimated from the "
                    "language of their posts or from their audience",
                    place=Term("must.countries", "place"),
                    creators=count,
                )
            )
    if brief.must.account_kinds:
        guessed = allowed & (columns.account_kind < 0)
        if count := int(np.count_nonzero(guessed)):
            sure = float(columns.account_kind_probability[guessed].mean())
            said.append(
                say(
                    "{place}: {creators:,} of the creators that pass state no kind; theirs is estimated from "
                    "names, bios and posts, and is right for about {sure:.0%} of them",
                    place=Term("must.account_kinds", "place"),
                    creators=count,
                    sure=sure,
                )
            )
    if brief.must.credibility is not None:
        guessed = allowed & (columns.credibility_status == STATUSES.index("estimated"))
        if count := int(np.count_nonzero(guessed)):
            said.append(
                say(
                    "{place}: {creators:,} of the creators that pass state no credibility; theirs is estimated from "
                    "profiles of their followers",
                    place=Term("must.credibility", "place"),
                    creators=count,
                )
            )
    return said
