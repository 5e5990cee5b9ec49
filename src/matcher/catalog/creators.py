"""Creators: flat and nested columns folded into one row a creator, accounts on several platforms united."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.audience import audience
from matcher.catalog.checks import Checks
from matcher.catalog.ledger import Fault
from matcher.catalog.nested import ACCOUNT_KINDS, CONTACT_KINDS, PRICE_KINDS, records
from matcher.catalog.raw import RawBatch
from matcher.catalog.schema import ACCOUNT, CONTACT, CREATORS, CREATORS_TABLE, NESTED, PRICE
from matcher.catalog.values import read_column
from matcher.records.said import say

UNITED = ("accounts", "prices", "contacts", "audience")
_TAKE = 1 << 20


def creator_columns(raw: RawBatch, checks: Checks) -> list[pa.Array]:
    """Return the canonical columns of a batch of creators, without the place they came from."""
    given = raw.columns
    read = {
        f.name: read_column(given.get(f.name), f.kind, f.name, checks)
        for f in (*CREATORS_TABLE.fields, *CREATORS_TABLE.flat)
        if f.kind not in NESTED and not f.name.startswith("audience_")
    }
    read["categories"] = pc.coalesce(read["categories"], read["category"])
    read["prices"] = records(given.get("prices"), PRICE_KINDS, PRICE, "prices", checks)
    read["contacts"] = records(given.get("contacts"), CONTACT_KINDS, CONTACT, "contacts", checks)
    read["audience"] = audience(given, read["platform"], checks)
    nested = records(given.get("accounts"), ACCOUNT_KINDS, ACCOUNT, "accounts", checks)
    read["accounts"] = pc.if_else(pc.is_valid(nested), nested, _flat_account(read))
    return [read[f.name] for f in CREATORS_TABLE.fields]


def _flat_account(read: dict[str, pa.Array]) -> pa.Array:
    """Return the flat account columns as a list of one account, null where none of them says anything."""
    names = [ACCOUNT.field(i).name for i in range(ACCOUNT.num_fields)]
    accounts = pa.StructArray.from_arrays([read[name] for name in names], fields=list(ACCOUNT))
    said = np.zeros(len(accounts), dtype=bool)
    for name in names:
        said |= pc.is_valid(read[name]).to_numpy(zero_copy_only=False)
    offsets = pa.array(np.concatenate(([0], np.cumsum(said))).astype(np.int32))
    return pa.ListArray.from_arrays(offsets, accounts.filter(pa.array(said)), mask=pa.array(~said)).cast(
        CREATORS.field("accounts").type
    )


def unite(table: pa.Table) -> tuple[pa.Table, list[tuple[int, int, Fault]], int]:
    """
    Return creators sorted by id, one row each.

    Rows of one creator on different platforms become one: lists of accounts, prices, contacts and
    audience records are joined, of everything else the first that is known wins. A second row for the
    same platform is a duplicate. Also returned: the duplicates as (source_file, source_line, fault),
    and how many rows were merged into others.
    """
    order = pc.sort_indices(table, sort_keys=[("creator_id", "ascending")])
    ids = table["creator_id"].combine_chunks().take(order)
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    same = np.zeros(len(ids), dtype=bool)
    if len(ids) > 1:
        same[1:] = pc.equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    groups = [g for g in _groups(same)]
    rejects: list[tuple[int, int, Fault]] = []
    merged_rows: list[dict[str, Any]] = []
    merged = 0
    for start, end in groups:
        rows = table.take(order[start:end]).to_pylist()
        row, duplicates = _united(rows)
        merged_rows.append(row)
        merged += len(rows) - 1 - len(duplicates)
        rejects.extend(duplicates)
    single = np.ones(len(ids), dtype=bool)
    for start, end in groups:
        single[start:end] = False
    kept = _take(table, order.filter(pa.array(single)))
    if merged_rows:
        kept = pa.concat_tables([kept, pa.Table.from_pylist(merged_rows, CREATORS)])
        kept = _take(kept, pc.sort_indices(kept, sort_keys=[("creator_id", "ascending")]))
    return kept, rejects, merged


def _groups(same: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Return (start, end) of each run of rows with one id, where the run is longer than one."""
    starts = np.append(np.flatnonzero(~same), len(same)).tolist()
    return [(a, b) for a, b in pairwise(starts) if b - a > 1]


def _take(table: pa.Table, order: pa.Array) -> pa.Table:
    """Take rows in parts, so that no string column outgrows 32-bit offsets."""
    parts = [table.take(order[at : at + _TAKE]) for at in range(0, len(order), _TAKE)]
    return pa.concat_tables(parts) if parts else table.schema.empty_table()


def _united(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], list[tuple[int, int, Fault]]]:
    row, duplicates = rows[0], []
    for other in rows[1:]:
        new = _platforms(other) - _platforms(row)
        if not new:
            fault = Fault(
                "creator_id", other["creator_id"], say("duplicate: this creator already has a row of this platform")
            )
            duplicates.append((other["source_file"], other["source_line"], fault))
            continue
        accounts = [a for a in other["accounts"] if a["platform"] in new]
        for name, value in other.items():
            if name in UNITED and value:
                row[name] = (row[name] or []) + (accounts if name == "accounts" else value)
            elif row[name] is None or row[name] == []:
                row[name] = value
    return row, duplicates


def _platforms(row: dict[str, Any]) -> set[str | None]:
    return {account["platform"] for account in row["accounts"] or []} - {None}
