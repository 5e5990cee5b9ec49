"""What a brand does not want to stand beside ("no alcohol"), and the goal that a text names."""

from __future__ import annotations

from matcher.understanding.lexicon import any_of, table
from matcher.understanding.reading import Claim, Page, Read


def read_brand_safety(page: Page) -> Read:
    """Categories of brand safety, wherever they are named; only excluded ones become a condition."""
    known = table("brand_safety")
    for found in page.find(any_of(known)):
        yield Claim("must_not.brand_safety", known[" ".join(found.group().split())], *found.span())


def read_goal(page: Page) -> Read:
    """The goal, where the text names it."""
    known = table("goals")
    for found in page.find(any_of(known)):
        yield Claim("goal", known[" ".join(found.group().split())], *found.span())
