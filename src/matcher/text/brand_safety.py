"""
Brand safety terms per category, in the languages of the engine, from `data/brand_safety.json`.

Categories carry the ids of the IAB Tech Lab's Content Taxonomy 3 "Sensitive Topics" that took over GARM's floor.
A term that is found is a reason to show the post, never a judgement about the creator.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from matcher.errors import BriefError
from matcher.records.said import say
from matcher.records.said import terms as terms_of


def brand_safety_categories() -> tuple[str, ...]:
    """Return the categories that a brief may exclude, sorted."""
    return tuple(sorted(_categories()))


def brand_safety_terms(category: str, language: str | None = None) -> list[str]:
    """
    Return the terms of a category, of all languages or of one (`en`, `zh-Hant`, `vi`, `th`), without repeats.

    Raises BriefError for a category that is not in the file; the message lists those that are.
    """
    try:
        terms = _categories()[category]["terms"]
    except KeyError:
        allowed = terms_of(tuple(brand_safety_categories()), "safety")
        message = say(
            "brand safety category {category!r} is not known; allowed: {allowed}", category=category, allowed=allowed
        )
        raise BriefError(message, errors=(("must_not.brand_safety", message),)) from None
    chosen = terms.values() if language is None else [terms.get(language, [])]
    return list(dict.fromkeys(term for group in chosen for term in group))


@lru_cache(maxsize=1)
def _categories() -> dict[str, Any]:
    text = (Path(__file__).parent / "data" / "brand_safety.json").read_text("utf-8")
    categories: dict[str, Any] = json.loads(text)["categories"]
    return categories
