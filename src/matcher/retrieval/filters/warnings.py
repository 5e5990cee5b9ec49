"""What the reader of a funnel should know: who passes by an estimate, and what was asked for that nobody has."""

from __future__ import annotations

import numpy as np

from matcher.codes.platforms import platform_like
from matcher.records import Brief, Conditions
from matcher.records.said import Said, Term, listed, say
from matcher.retrieval.filters.bitmaps import Bitmap, any_value, passing_all
from matcher.retrieval.filters.platforms import platforms_here
from matcher.retrieval.index import Index
from matcher.snapshot import STATUSES


def filter_warnings(index: Index, brief: Brief, steps: dict[str, Bitmap]) -> list[Said]:
    """What the reader of the funnel should know."""
    said = _estimates(index, brief, passing_all(index, steps.values()))
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
        others = passing_all(index, (bitmap for step, bitmap in steps.items() if step != "must.price"))
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
    for part, conditions in (("must", brief.must), ("should", brief.should)):
        said += _platforms(index, part, conditions)
        for name, key in (("countries", str.upper), ("categories", str.casefold)):
            for value in getattr(conditions, name):
                if index.vocabularies.code(name, key(value)) < 0:
                    said.append(_nobody(f"{part}.{name}", value))
    return said


def _platforms(index: Index, part: str, conditions: Conditions) -> list[Said]:
    """Platforms that nobody is on, with the one that may have been meant and those that are there."""
    said = list[Said]()
    here = [name for name in index.vocabularies["platforms"] if name]
    for value in conditions.platforms:
        if platforms_here(index, (value,)):
            continue
        missing, near = _nobody(f"{part}.platforms", value), platform_like(value, here)
        if near:
            missing = say("{missing}; did you mean {name!r}?", missing=missing, name=near)
        elif here:
            missing = say("{missing}; there is: {names}", missing=missing, names=listed(here[:8]))
        said.append(missing)
    return said


def _nobody(condition: str, value: str) -> Said:
    place = Term(condition, "place")
    return say("{place}: no creator in this snapshot has {value!r}", place=place, value=value)


def _estimates(index: Index, brief: Brief, allowed: Bitmap) -> list[Said]:
    """How many of the creators that pass do so by an estimate."""
    columns, said = index.creators, list[Said]()
    estimated = STATUSES.index("estimated")
    for name, guessed in (
        ("countries", columns.market_status == estimated),
        ("account_kinds", columns.account_kind < 0),
        ("credibility", columns.credibility_status == estimated),
    ):
        those = allowed & guessed
        if name in brief.must.given() and (count := int(np.count_nonzero(those))):
            said.append(_by_estimate(name, count, float(columns.account_kind_probability[those].mean())))
    return said


def _by_estimate(name: str, creators: int, sure: float) -> Said:
    told = {"place": Term(f"must.{name}", "place"), "creators": creators}
    if name == "account_kinds":
        return say(
            "{place}: {creators:,} of the creators that pass state no kind; theirs is estimated from "
            "names, bios and posts, and is right for about {sure:.0%} of them",
            sure=sure,
            **told,
        )
    if name == "countries":
        return say(
            "{place}: {creators:,} of the creators that pass state no country; theirs is estimated from the "
            "language of their posts or from their audience",
            **told,
        )
    return say(
        "{place}: {creators:,} of the creators that pass state no credibility; theirs is estimated from "
        "profiles of their followers",
        **told,
    )


def _priced_elsewhere(index: Index, currency: str, among_these: Bitmap) -> int:
    """How many of these creators state prices, but none in this currency."""
    columns = index.creators
    same = columns.price_currency == index.vocabularies.code("currencies", currency)
    priced = np.diff(columns.price_start) > 0
    return int(np.count_nonzero(among_these & priced & ~any_value(index, same, index.owners("price"))))
