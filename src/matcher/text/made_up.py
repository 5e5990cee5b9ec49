"""
Names that somebody made up: "PlantPeak", "TrailForge", "Dewroot".

A brief names its product. No post says that name, so nothing can be found by it; an encoder cuts it into pieces that
mean something else (trail, for, ge), and looks for those.
"""

import re
from collections.abc import Callable
from functools import cache

from matcher.text.plurals import singular
from matcher.text.words import english_costs, vietnamese_costs

_CAPITALISED = re.compile(r"(?<![\w#@.])[A-Z][A-Za-z]+(?!\w)")
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")


def made_up_names(text: str, said: Callable[[str], bool]) -> list[str]:
    """
    The names in a text that are words of no language, in order.

    `said` tells of a word in small letters whether any post says it. A name is a capitalised word in Latin letters that
    no post says and, unless it has a capital inside, that no list of English words or Vietnamese syllables holds.
    """
    found = dict.fromkeys(_CAPITALISED.findall(text))
    return [name for name in found if not said(name.lower()) and (_CAPITAL_INSIDE.search(name) or not _known(name))]


def _known(name: str) -> bool:
    word = name.lower()
    return not _words().isdisjoint({word, singular(word)})


@cache
def _words() -> frozenset[str]:
    costs = (english_costs(), vietnamese_costs())
    return frozenset(word for each in costs for word, cost in each.items() if cost < float("inf"))
