"""What a brand does not want to stand beside ("no alcohol"), and the goal that a text names."""

from __future__ import annotations

from functools import cache

from matcher.text import brand_safety_categories, brand_safety_terms
from matcher.understanding.lexicon import any_of, data, folded, table
from matcher.understanding.reading import Claim, Page, Read

_ALONE = r"(?=\s*(?:$|[.,;:!?()/&+\n，。、；：！？（）]|的|和|或|及|與|跟)|\s)"


def read_brand_safety(page: Page) -> Read:
    """
    Categories of brand safety, wherever one is named or anything of its kind ("no wine"); only excluded ones become a
    condition.
    """
    known, alone = _named()
    for found in page.find(rf"(?:{any_of(known)}|{any_of(alone)}{_ALONE})"):
        name = " ".join(found.group().split())
        yield Claim("must_not.brand_safety", (known | alone)[name], *found.span())


@cache
def _named() -> tuple[dict[str, str], dict[str, str]]:
    """Word → category: of those that name it wherever they stand, and of those that must stand alone."""
    kin = {folded(term): name for name in brand_safety_categories() for term in brand_safety_terms(name)}
    alone = {folded(word): name for name, words in data("names")["brand_safety_alone"].items() for word in words}
    return kin | table("brand_safety"), alone


def read_goal(page: Page) -> Read:
    """The goal, where the text names it."""
    known = table("goals")
    for found in page.find(any_of(known)):
        yield Claim("goal", known[" ".join(found.group().split())], *found.span())
