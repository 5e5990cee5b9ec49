"""What the form offers to choose from: the words that the index's creators have, most frequent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from matcher.records import AGE_BANDS, GENDERS
from matcher.records.brief import AccountKind, Goal, Tier
from matcher.retrieval.index import Index
from matcher.text import brand_safety_categories

SHOWN, LANGUAGES = 14, 8
"""So many countries and languages are there to tick; others can still come in with a brief."""
CURRENCIES = ("USD", "TWD", "VND", "THB", "EUR", "JPY", "SGD", "HKD", "MYR", "IDR", "GBP", "AUD")
LENGTHS = (5, 10, 15, 30, 50)


@dataclass(frozen=True, slots=True)
class Choices:
    """Values of the form's check boxes, selects and suggestions."""

    platforms: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    interests: tuple[str, ...]
    currencies: tuple[str, ...]
    tiers: tuple[str, ...] = get_args(Tier)
    kinds: tuple[str, ...] = get_args(AccountKind)
    goals: tuple[str, ...] = get_args(Goal)
    ages: tuple[str, ...] = AGE_BANDS
    genders: tuple[str, ...] = GENDERS
    safety: tuple[str, ...] = ()
    lengths: tuple[int, ...] = LENGTHS


def choices(index: Index) -> Choices:
    """The choices that an index has creators for."""
    names, columns = index.vocabularies, index.creators
    interests = [segment for facet, segment in names["cells"] if facet == "interest"]
    return Choices(
        platforms=tuple(sorted(names["platforms"])),
        countries=_most(names["countries"], columns.market),
        languages=_most(names["languages"], columns.language, LANGUAGES),
        categories=tuple(sorted(names["categories"])[:300]),
        interests=tuple(sorted(interests)),
        currencies=tuple(dict.fromkeys((*CURRENCIES, *names["currencies"]))),
        safety=brand_safety_categories(),
    )


def _most(names: list[str], column: NDArray[Any], n: int = SHOWN) -> tuple[str, ...]:
    """The `n` most frequent names of a column of codes."""
    counts = np.bincount(column[column >= 0], minlength=len(names))
    return tuple(names[code] for code in np.argsort(-counts, kind="stable")[:n] if counts[code])
