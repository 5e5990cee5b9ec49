"""Who stays: the creators of the tables without the erased, and the rows of other tables that are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.indexing.erasure import Erased


def staying(creators: pa.Table, erased: Erased) -> NDArray[np.bool_]:
    """Which creators of a table [n] were not erased, bool [n]."""
    keep = np.ones(creators.num_rows, dtype=np.bool_)
    if erased.digests:
        keep[:] = [creator_id not in erased for creator_id in creators.column("creator_id").to_pylist()]
    return keep


def those_who_stay(creators: pa.Table, erased: Erased) -> tuple[pa.Table, NDArray[np.int32]]:
    """
    The table without the erased, and the new row of every creator, int32 [n] (-1: erased).

    Raises InputError where nobody is left.
    """
    if not creators.num_rows:
        raise InputError("the creators table has no usable row; an index needs at least one creator")
    keep = staying(creators, erased)
    if not keep.any():
        raise InputError("every creator of the table was erased; nothing is left to index")
    return creators.filter(pa.array(keep)), np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)


def strangers(creators: pa.Table, erase: Iterable[str]) -> list[str]:
    """A warning for each creator to erase whom the table does not hold."""
    known = set(creators.column("creator_id").to_pylist())
    return [
        f"erase: the creators table holds no {creator_id!r} (the key is creator_id, not the handle); "
        "it is on the list of the erased now"
        for creator_id in erase
        if creator_id not in known
    ]


def of_those(batches: Iterator[pa.RecordBatch], stays: NDArray[np.bool_]) -> Iterator[pa.RecordBatch]:
    """The rows of the creators that stay."""
    for batch in batches:
        yield batch.filter(pa.array(stays[np.asarray(batch.column("creator_row"))]))


def renumbered(batches: Iterator[pa.RecordBatch], kept: NDArray[np.int32]) -> Iterator[pa.RecordBatch]:
    """Batches whose `creator_row` counts the creators that stay; -1 for the others."""
    for batch in batches:
        at = batch.schema.get_field_index("creator_row")
        rows = pa.array(kept[np.asarray(batch.column(at))], pa.int32())
        yield batch.set_column(at, "creator_row", rows)
