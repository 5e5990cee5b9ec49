"""
Audience records: who follows, each facet as cells of (facet, segment, share).

Facets that were measured together (`age×gender`) stay together as cells `18-24|female`, because
the joint shares cannot be had back from the margins.
"""

import math
import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.nested import Flattened, Item, flatten, give_back, read_items, struct
from matcher.catalog.raw import Column, as_array, as_objects, loads
from matcher.catalog.schema import AUDIENCE, CELL, FACETS
from matcher.catalog.segments import Segments, segments_of
from matcher.catalog.values import read_column
from matcher.records.said import listed, say

KINDS = {
    **{"platform": "code", "source": "code", "status": "code", "sample_size": "count", "as_of": "time"},
    "credibility": "share",
}
STATUSES = pa.array(["measured", "estimated", "declared"])
SOURCES = pa.array(["followers", "likers", "commenters", "viewers"])
TOLERANCE = 0.02
LEAST_PERCENT = 20.0
"""Shares that sum to this or more, and to no more than 100, are percent; a sum of 5 is a slip, not 5 percent."""
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
    return checks.null_out(
        values, strange, field, say("set to null: expected one of {allowed}", allowed=listed(allowed.to_pylist()))
    )


def _credibility(values: pa.Array, flat: Flattened, checks: Checks) -> pa.Array:
    numbers = values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    inner = Checks(len(numbers), checks.ledger)
    inner.reject(numbers < 0, "audience.credibility", say("negative"), values)
    give_back(inner, flat, "audience", checks)
    percent = (numbers > 1) & (numbers <= 100)
    checks.ledger.note("audience.credibility", say("above 1 read as percent"), int(percent.sum()), None)
    values = pa.array(np.where(percent, numbers / 100, numbers), from_pandas=True)
    return checks.null_out(
        values, numbers > 100, "audience.credibility", say("set to null: expected a share from 0 to 1")
    )


def _cells(flat: Flattened, checks: Checks) -> pa.Array:
    """Return the cells of each record; the shares of a facet sum to 1, or to less where the rest is not said."""
    records: list[int] = []
    facets: list[str] = []
    segments: list[str] = []
    raw: list[object] = []
    worth: list[float] = []
    for i, item in enumerate(flat.items):
        for name, value in item.items():
            parts = facets_of(name)
            if parts is None or value is None:
                continue
            order = _order(parts)
            joint = "×".join(parts[k] for k in order)
            for key, share in _pairs(value):
                if share is None:
                    continue
                found = segments_of(key, parts, order)
                _tell(found, joint, key, checks)
                for segment, part in found.cells:
                    records.append(i)
                    facets.append(joint)
                    segments.append(segment)
                    raw.append(share)
                    worth.append(part)
    owner = np.array(records, dtype=np.int64)
    shares = _shares(raw, np.array(worth), owner, facets, flat, checks)
    total: dict[tuple[int, str, str], float] = {}  # two written segments may be parts of one
    for place, share in zip(zip(records, facets, segments, strict=True), shares.tolist(), strict=True):
        if math.isfinite(share):
            total[place] = total.get(place, 0.0) + share
    cells = Flattened([], np.array([record for record, _, _ in total], dtype=np.int64), len(flat.items))
    values = {
        "facet": pa.array([facet for _, facet, _ in total], pa.string()),
        "segment": pa.array([segment for _, _, segment in total], pa.string()),
        "share": pa.array(list(total.values()), pa.float64()),
    }
    return cells.listed(struct(values, CELL))


def _tell(found: Segments, facet: str, written: str, checks: Checks) -> None:
    """Say what was done to a segment that was not written as it is used here."""
    for done in found.done:
        checks.ledger.note(f"audience.{facet}", done, 1, written)


def _shares(raw: list[object], worth: Any, owner: Any, facets: list[str], flat: Flattened, checks: Checks) -> Any:
    """
    Return shares that sum to at most 1 in each facet of each record, NaN for what is not known.

    `worth` is the part of a written share that goes to its cell. A negative share, or one that is no number, rejects
    the row that holds it. Percent are divided by 100, other sums above 1 are scaled to 1; what shares below 1 leave
    open stays open.
    """
    inner = Checks(len(raw), checks.ledger)
    values = read_column(as_array([_unsigned(share) for share in raw]), "share", "audience", inner)
    shares = values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    inner.reject(shares < 0, "audience", say("negative share"), values)
    give_back(inner, Flattened([], flat.rows[owner], flat.n_rows), "audience", checks)
    if not len(shares):
        return shares
    shares = shares * worth
    changes = np.array([a != b for a, b in pairwise(facets)], dtype=bool) | (np.diff(owner) != 0)
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(shares))))
    total = np.add.reduceat(np.nan_to_num(shares), starts)
    people = np.array([_number(flat.items[i].get("sample_size")) for i in owner[starts].tolist()])
    percent = (total >= LEAST_PERCENT) & (total <= 100 * (1 + TOLERANCE)) & (total != people)
    total = np.where(percent, total / 100, total)
    short, long = (total > 0) & (total < 1 - TOLERANCE), total > 1 + TOLERANCE
    for told, done in (
        (percent, say("had percent, read as shares")),
        (long, say("had shares that sum to more than 1 and were normalised")),
        (short, say("had shares that sum to less than 1; the rest of the audience is taken as not said")),
    ):
        checks.ledger.note("audience", done, len(np.unique(owner[starts][told])), None)
    scale = np.where(percent, 100.0, 1.0) * np.where(short, 1.0, np.where(total > 0, total, np.nan))
    return shares / scale[group]


def _number(value: object) -> float:
    """A sample size as it was written, NaN where it is none."""
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return float("nan")


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
