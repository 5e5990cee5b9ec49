"""Accounts, prices and contacts of the creators table, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.indexing.columns import floats
from matcher.indexing.vocabulary import Vocabulary, grouped
from matcher.signals.trade import Tiers


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts of n creators, and the main one of each: the one with most followers."""

    start: NDArray[np.int64]
    platform: NDArray[np.int16]
    followers: NDArray[np.float64]
    main_platform: NDArray[np.int16]
    main_followers: NDArray[np.float64]
    main_following: NDArray[np.float64]


def read_accounts(creators: pa.Table, platforms: Vocabulary) -> Accounts:
    """From the column `accounts`; a creator without any account has no platform."""
    n = creators.num_rows
    owner, flat = flatten(creators.column("accounts"))
    codes = platforms.encode(flat.field("platform").to_pylist(), np.int16)
    followers, following = floats(flat.field("followers")), floats(flat.field("following"))
    start, (codes, followers, following) = grouped(owner, n, codes, followers, following)
    order = np.lexsort((codes, -np.nan_to_num(followers, nan=-1.0), owner))
    main = np.full(n, -1, dtype=np.int64)
    first = order[np.concatenate([[True], owner[order][1:] != owner[order][:-1]])] if len(order) else order
    main[owner[first]] = first
    has = main >= 0

    def of_main(values: NDArray[Any], default: float) -> NDArray[Any]:
        out = np.full(n, default, dtype=values.dtype)
        out[has] = values[main[has]]
        return out

    return Accounts(start, codes, followers, of_main(codes, -1), of_main(followers, np.nan), of_main(following, np.nan))


def with_handle(creators: pa.Table) -> pa.Table:
    """The creators' table with a column `handle`: the first handle among a creator's accounts, null without one."""
    owner, flat = flatten(creators.column("accounts"))
    handles: list[str | None] = [None] * creators.num_rows
    for row, handle in zip(owner.tolist(), flat.field("handle").to_pylist(), strict=True):
        handles[row] = handles[row] or handle
    return creators.append_column("handle", pa.array(handles, pa.string()))


def tier_of(followers: NDArray[np.float64], tiers: Tiers) -> NDArray[np.int8]:
    """The size class of each creator, int8 [n]; -1 where the followers are not known."""
    code = np.searchsorted(tiers.edges, followers, side="right") - 1
    return np.where(np.isnan(followers), -1, code).astype(np.int8)


def flatten(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], Any]:
    """The owner row of every item of a list column, int64 [items], and the items as one Arrow array."""
    array = column.combine_chunks()
    items = array.flatten()
    owner = np.asarray(pc.list_parent_indices(array), dtype=np.int64)
    return owner, items
