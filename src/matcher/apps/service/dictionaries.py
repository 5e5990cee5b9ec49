"""Dictionaries: the words that a brief may use, for forms and for checks before sending."""

from collections.abc import Callable, Iterable, Sequence
from typing import get_args

from pydantic import BaseModel

from matcher.records.brief import SIGNALS, AccountKind, Goal
from matcher.retrieval.index import Index
from matcher.signals.trade import trade_data
from matcher.text import brand_safety_categories


class DictionaryEntry(BaseModel):
    """One word that a brief may use."""

    value: str
    detail: str | None = None
    """What it means, where the word alone does not say it."""


class Dictionary(BaseModel):
    """The words that a brief may use in some field."""

    name: str
    snapshot_id: str | None
    """The snapshot whose creators have these words; null where they are the same for every index."""
    entries: list[DictionaryEntry]


def _tiers(index: Index) -> list[DictionaryEntry]:
    names, edges = index.vocabularies["tiers"], index.vocabularies["tier_edges"]
    ends = [f" to under {edge:,.0f}" for edge in edges[1:]] + [" and more"]
    return [
        DictionaryEntry(value=name, detail=f"{edge:,.0f}{end} followers")
        for name, edge, end in zip(names, edges, ends, strict=True)
    ]


def _goals() -> list[DictionaryEntry]:
    weights = trade_data("weights")["goals"]
    return [
        DictionaryEntry(value=goal, detail=", ".join(f"{name} {weight:g}" for name, weight in weights[goal].items()))
        for goal in get_args(Goal)
    ]


def _words(values: Iterable[str]) -> list[DictionaryEntry]:
    return [DictionaryEntry(value=value) for value in values]


_ALWAYS: dict[str, Callable[[], list[DictionaryEntry]]] = {
    "account_kinds": lambda: _words(get_args(AccountKind)),
    "brand_safety": lambda: _words(brand_safety_categories()),
    "goals": _goals,
    "signals": lambda: _words(SIGNALS),
}
_OF_INDEX: dict[str, Callable[[Index], list[DictionaryEntry]]] = {
    "categories": lambda index: _words(sorted(index.vocabularies["categories"])),
    "countries": lambda index: _words(sorted(index.vocabularies["countries"])),
    "languages": lambda index: _words(sorted(index.vocabularies["languages"])),
    "platforms": lambda index: _words(sorted(index.vocabularies["platforms"])),
    "tiers": _tiers,
}
NAMES: Sequence[str] = sorted([*_ALWAYS, *_OF_INDEX])


def dictionary(name: str, index: Callable[[], Index]) -> Dictionary:
    """A dictionary by name, KeyError for a name that is not in NAMES; `index` is called only where it is needed."""
    if name in _ALWAYS:
        return Dictionary(name=name, snapshot_id=None, entries=_ALWAYS[name]())
    entries, opened = _OF_INDEX[name], index()
    return Dictionary(name=name, snapshot_id=opened.manifest.snapshot_id, entries=entries(opened))
