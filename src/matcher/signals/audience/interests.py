"""
Interests as a tree: a brief that asks for beauty is partly met by people interested in skin care.

Names of any of our languages lead to the same id; a name that the tree does not hold stands for itself alone.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from matcher.signals.trade import trade_data

NARROWER = 0.7
"""Worth of an interest one step below the wanted one: skin care, where beauty is wanted."""
BROADER = 0.4
"""Worth of an interest one step above it: beauty, where skin care is wanted."""


def credit(wanted: str, reached: str) -> float:
    """How far a reached interest counts for a wanted one: 1 the same, less with every step up or down the tree."""
    want, have = interest_id(wanted), interest_id(reached)
    if want in (path := _path(have)):
        return float(NARROWER ** path.index(want))
    if have in (path := _path(want)):
        return float(BROADER ** path.index(have))
    return 0.0


def interest_id(name: str) -> str:
    """The id of an interest by any of its names; the name itself, folded, where the tree does not hold it."""
    folded = _folded(name)
    return _ids().get(folded, folded)


def _path(interest: str) -> list[str]:
    """An interest and what lies above it, nearest first."""
    tree, path = trade_data("interests")["interests"], [interest]
    while path[-1] in tree and (parent := tree[path[-1]]["parent"]):
        path.append(parent)
    return path


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    interests = trade_data("interests")["interests"]
    return {_folded(name): key for key, entry in interests.items() for name in (key, *entry["names"])}


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(plain.replace("&", " ").replace("_", " ").replace("-", " ").replace("/", " ").split())
