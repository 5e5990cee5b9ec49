"""What `must_not` excludes, each as a bitmap over the creators that it takes out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matcher.records import Brief
from matcher.retrieval.filters.bitmaps import Bitmap, among, any_value, mentioning
from matcher.retrieval.index import Index
from matcher.snapshot import NEVER
from matcher.text import brand_safety_terms, tokens


def exclusions(index: Index, brief: Brief) -> dict[str, Bitmap]:
    """Exclusion → the creators that it takes out, for every exclusion that is given."""
    wanted, found = brief.must_not, {}
    if wanted.creator_ids:
        ids = set(wanted.creator_ids)
        found["creator_ids"] = np.zeros(len(index.creators), dtype=np.bool_)
        found["creator_ids"][[row for i in ids if (row := index.find_creator(i)) is not None]] = True
    if wanted.keywords:
        found["keywords"] = mentioning(index, wanted.keywords)
    if wanted.worked_with:
        found["worked_with"] = worked_with(index, partners(brief), wanted.worked_with_within_days)
    if wanted.brand_safety:
        found["brand_safety"] = np.logical_or.reduce([_unsafe(index, category) for category in wanted.brand_safety])
    return found


def partners(brief: Brief) -> tuple[str, ...]:
    """The brands that `must_not.worked_with` names; "competitor" stands for the brand's competitors."""
    names: list[str] = []
    for name in brief.must_not.worked_with:
        names += brief.brand.competitors if name.casefold() in ("competitor", "competitors") else (name,)
    return tuple(dict.fromkeys(names))


def brand_key(name: str) -> str:
    """The form in which brands are compared: letters and digits only, lower case ("@Dew_Root" → "dewroot")."""
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def worked_with(index: Index, brands: Iterable[str], within_days: int | None) -> Bitmap:
    """Creators with a collaboration with, or a sponsored post for, any of the brands in the last days."""
    columns, names = index.creators, tuple(brands)
    since = int(NEVER)
    if within_days is not None:
        since = int(np.datetime64(index.manifest.as_of.rstrip("Z"), "s").astype(np.int64)) - within_days * 86_400
    known = among(columns.worked_with, index.vocabularies.codes("brands", map(brand_key, names)))
    met = any_value(index, known & (columns.worked_at >= since), index.owners("worked"))
    for phrase in tokens(list(names)):  # a sponsor may be named in the words of a post alone
        posts = index.lexical.containing(phrase)
        posts = posts[posts < len(index.posts)]
        paid = index.posts.sponsored[posts] & (index.posts.published_at[posts] >= since)
        met[index.posts.creator[posts[paid]]] = True
    return met


def _unsafe(index: Index, category: str) -> Bitmap:
    """Creators with a word of a brand-safety category; looked up once per snapshot, the words never change."""
    terms = brand_safety_terms(category)
    if category not in index.unsafe:
        index.unsafe[category] = mentioning(index, terms)
    return index.unsafe[category]
