"""
Audience records: who follows, each facet as cells of (facet, segment, share).

Facets that were measured together (`age×gender`) stay together as cells `18-24|female`, because
the joint shares cannot be had back from the margins.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.codes import country_code, language_tag
from matcher.catalog.nested import Flattened, Item, flatten, give_back, read_items, struct
from matcher.catalog.raw import Column, as_array, as_objects, loads
from matcher.catalog.schema import AUDIENCE, CELL, FACETS
from matcher.catalog.values import read_column

KINDS = {
    **{"platform": "code", "source": "code", "status": "code", "sample_size": "count", "as_of": "time"},
    "credibility": "share",
}
STATUSES = pa.array(["measured", "estimated", "declared"])
SOURCES = pa.array(["followers", "likers", "commenters", "viewers"])
TOLERANCE = 0.02
_GENDERS = {"f": "female", "woman": "female", "women": "female", "m": "male", "man": "male", "men": "male"}
_SHARE_KEYS = ("share", "weight", "value", "percent", "percentage")
_SEGMENT_KEYS = ("segment", "code", "name", "title", "key")


def audience(columns: dict[str, Column], platform: pa.Array, checks: Checks) -> pa.Array:
    """Read `audience` and the flat `audience_…` columns as one list of records a row."""
    flat = _with_flat_columns(columns, platform, checks)
    plain = [{name: value for name, value in item.items() if facets_of(name) is None} for item in flat.items]
    fields = read_items(Flattened(plain, flat.rows, flat.n_rows), KINDS, "audience", checks)
    fields["status"] = _one_of(fields["status"], STATUSES, "audience.status", checks).fill_null("estimated")
    fields["source"] = _one_of(fields["source"], SOURCES, "audience.source", checks)
    fields["credibility"] = _credibility(fields["credibility"], flat, checks)
    fields["cells"] = _cells(flat, checks)
    return flat.listed(struct(fields, AUDIENCE))


@lru_cache(maxsize=4096)
def facets_of(name: str) -> tuple[str, ...] | None:
    """Return the facets that a field is about: `age_gender` and `age×gender` are about two; None if about none."""
    parts = tuple(part.strip() for part in re.split(r"[×_*|+-]", name.lower()))
    return parts if all(part in FACETS for part in parts) and len(set(parts)) == len(parts) else None


def _with_flat_columns(columns: dict[str, Column], platform: pa.Array, checks: Checks) -> Flattened:
    nested = flatten(columns.get("audience"), "audience", checks)
    platforms = platform.to_pylist()
    items = [
        item if item.get("platform") or platforms[row] is None else item | {"platform": platforms[row]}
        for row, item in zip(nested.rows.tolist(), nested.items, strict=True)
    ]
    facets = {facet: as_objects(columns[f"audience_{facet}"]) for facet in FACETS if f"audience_{facet}" in columns}
    if not facets:
        return Flattened(items, nested.rows, nested.n_rows)
    plain = {
        name: as_objects(columns[f"audience_{name}"])
        for name in ("sample_size", "status", "source")
        if f"audience_{name}" in columns
    }
    has_nested = set(nested.rows.tolist())
    pairs = list(zip(nested.rows.tolist(), items, strict=True))
    for row in range(nested.n_rows):
        item: Item = {facet: values[row] for facet, values in facets.items() if values[row] is not None}
        if item and row not in has_nested:
            pairs.append((row, {"platform": platforms[row]} | item | {n: values[row] for n, values in plain.items()}))
    pairs.sort(key=lambda pair: pair[0])
    return Flattened([item for _, item in pairs], np.array([r for r, _ in pairs], dtype=np.int64), nested.n_rows)


def _one_of(values: pa.Array, allowed: pa.Array, field: str, checks: Checks) -> pa.Array:
    strange = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, allowed)))
    return checks.null_out(values, strange, field, f"set to null: expected one of {', '.join(allowed.to_pylist())}")


def _credibility(values: pa.Array, flat: Flattened, checks: Checks) -> pa.Array:
    numbers = values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    inner = Checks(len(numbers), checks.ledger)
    inner.reject(numbers < 0, "audience.credibility", "negative", values)
    give_back(inner, flat, "audience", checks)
    percent = (numbers > 1) & (numbers <= 100)
    checks.ledger.note("audience.credibility", "above 1 read as percent", int(percent.sum()), None)
    values = pa.array(np.where(percent, numbers / 100, numbers), from_pandas=True)
    return checks.null_out(values, numbers > 100, "audience.credibility", "set to null: expected a share from 0 to 1")


def _cells(flat: Flattened, checks: Checks) -> pa.Array:
    """Return the cells of each record, the shares of every facet summing to 1."""
    records: list[int] = []
    facets: list[str] = []
    segments: list[str] = []
    raw: list[object] = []
    for i, item in enumerate(flat.items):
        for name, value in item.items():
            parts = facets_of(name)
            if parts is None or value is None:
                continue
            order = _order(parts)
            joint = "×".join(parts[k] for k in order)
            for key, share in _pairs(value):
                segment = _segment(key, parts, order)
                if segment is None or (share is None):
                    continue
                records.append(i)
                facets.append(joint)
                segments.append(segment)
                raw.append(share)
    owner = np.array(records, dtype=np.int64)
    shares = _shares(raw, owner, facets, flat, checks)
    kept = np.isfinite(shares)
    cells = Flattened([], owner[kept], len(flat.items))
    values = {"facet": pa.array(facets, pa.string()), "segment": pa.array(segments, pa.string()), "share": shares}
    mask = pa.array(kept)
    return cells.listed(struct({name: pa.array(v).filter(mask) for name, v in values.items()}, CELL))


def _shares(raw: list[object], owner: Any, facets: list[str], flat: Flattened, checks: Checks) -> Any:
    """
    Return shares that sum to 1 in each facet of each record, NaN for what is not known.

    A negative share, or one that is no number, rejects the row that holds it.
    """
    inner = Checks(len(raw), checks.ledger)
    values = read_column(as_array([_unsigned(share) for share in raw]), "share", "audience", inner)
    shares = values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    inner.reject(shares < 0, "audience", "negative share", values)
    give_back(inner, Flattened([], flat.rows[owner], flat.n_rows), "audience", checks)
    if not len(shares):
        return shares
    changes = np.array([a != b for a, b in pairwise(facets)], dtype=bool) | (np.diff(owner) != 0)
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(shares))))
    total = np.add.reduceat(np.nan_to_num(shares), starts)
    off = np.unique(owner[starts][np.abs(total - 1) > TOLERANCE])
    checks.ledger.note("audience", "had shares that do not sum to 1 and were normalised", len(off), None)
    return shares / np.where(total > 0, total, np.nan)[group]


def _unsigned(share: object) -> object:
    """Drop a percent sign: the shares of a facet are brought to the sum of 1 in any case."""
    return share.strip().removesuffix("%") if isinstance(share, str) else share


def _pairs(value: object, prefix: str = "") -> list[tuple[str, object]]:
    """Return (segment, share) pairs out of an object, an object of objects, or a list of `{code, weight}`."""
    if isinstance(value, str):
        value = loads(value)
    if isinstance(value, dict):
        pairs = [(f"{prefix}{key}", found) for key, found in value.items() if found is not None]
        nested = [_pairs(found, f"{key}|") if isinstance(found, dict) else [(key, found)] for key, found in pairs]
        return [pair for part in nested for pair in part]
    if isinstance(value, list):
        return [pair for item in value if isinstance(item, dict) for pair in _from_item(item, prefix)]
    return []


def _from_item(item: Item, prefix: str) -> list[tuple[str, object]]:
    segment = next((item[key] for key in _SEGMENT_KEYS if key in item), None)
    share = next((item[key] for key in _SHARE_KEYS if key in item), None)
    return [] if segment is None else [(f"{prefix}{segment}", share)]


@lru_cache(maxsize=4096)
def _order(facets: tuple[str, ...]) -> tuple[int, ...]:
    """Return where each facet stands, in the order of FACETS."""
    return tuple(sorted(range(len(facets)), key=lambda k: FACETS.index(facets[k])))


@lru_cache(maxsize=65_536)
def _segment(key: str, facets: tuple[str, ...], order: tuple[int, ...]) -> str | None:
    """Return a segment in its canonical form; parts of a joint one stand in the order of its facets."""
    if len(facets) == 1:
        return _part(key, facets[0])
    parts = next((found for mark in "|.,:×" if len(found := key.split(mark)) == len(facets)), None)
    return None if parts is None else "|".join(_part(parts[k], facets[k]) for k in order)


def _part(word: str, facet: str) -> str:
    word = word.strip()
    if facet == "country":
        return country_code(word) or word.lower()
    if facet == "language":
        return language_tag(word) or word.lower()
    if facet == "gender":
        found = _GENDERS.get(word.lower(), word.lower())
        return found if found in ("female", "male") else "other"
    return re.sub(r"\s*[–—]\s*", "-", word) if facet == "age" else word
