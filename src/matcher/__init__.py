"""
Brand–creator matching: a brief in any language in, a ranked and explained shortlist of creators out.

    from matcher import Matcher, reindex

    reindex(creators="creators.parquet", posts="posts.parquet", indexes="indexes")
    shortlist = Matcher.open("indexes").match({"text": "vegan protein, creators who cook plant-based meals"}, k=10)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.indexing import reindex
    from matcher.matching import Matcher
    from matcher.records import Brief, Shortlist
    from matcher.retrieval.encoders import load_encoder

_HOMES = {
    "Brief": "matcher.records",
    "Matcher": "matcher.matching",
    "Shortlist": "matcher.records",
    "load_encoder": "matcher.retrieval.encoders",
    "reindex": "matcher.indexing",
}

__all__ = ["Brief", "Matcher", "Shortlist", "load_encoder", "reindex"]


def __getattr__(name: str) -> Any:
    """The public names, each imported when it is first asked for: reading an index must not load the write path."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
