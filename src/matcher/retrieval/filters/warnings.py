"""What the reader of a funnel should know: who passes by an estimate, and what was asked for that nobody has."""

from __future__ import annotations

import numpy as np

from matcher.records import Brief
from matcher.records.said import Said, Term, listed, say
from matcher.retrieval.filters.bitmaps import Bitmap, any_value, passing_all
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
    for name, vocabulary in (("platforms", "platforms"), ("countries", "countries"), ("categories", "categories")):
        for value in getattr(brief.must, name):
            key = {"platforms": str.lower, "countries": str.upper, "categories": str.casefold}[name](value)
            if index.vocabularies.code(vocabulary, key) < 0:
                place = Term(f"must.{name}", "place")
                missing = say("{place}: no creator in this snapshot has {value!r}", place=place, value=value)
                here = listed(filter(None, index.vocabularies["platforms"][:8])) if name == "platforms" else ""
                said.append(say("{missing}; there is: {names}", missing=missing, names=here) if here else missing)
    return said


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


def _priced_elsewhere(index: Index, currency: str, among_these: Bitmap) -> int:
    """How many of these creators state prices, but none in this currency."""
    columns = index.creators
    same = columns.price_currency == index.vocabularies.code("currencies", currency)
    priced = np.diff(columns.price_start) > 0
    return int(np.count_nonzero(among_these & priced & ~any_value(index, same, index.owners("price"))))
