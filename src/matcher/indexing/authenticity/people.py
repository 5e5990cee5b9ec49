"""The table of accounts: profiles of people who follow creators or comment on them, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.catalog.keys import hash_strings
from matcher.indexing.columns import floats
from matcher.indexing.spool import seconds
from matcher.records.said import say
from matcher.signals.authenticity.accounts import YEAR_DAYS
from matcher.snapshot import NEVER

_COUNTS = ("followers", "following", "media_count", "bio_length", "handle_digits")
_FLAGS = ("has_picture", "has_url")


@dataclass(frozen=True, slots=True)
class People:
    """Profiles of m people, each counted once for a creator."""

    creator: NDArray[np.int64]
    profiles: dict[str, NDArray[np.float64]]
    warnings: tuple[str, ...]


def read_people(batches: Iterable[pa.RecordBatch], as_of_s: int, advance: Callable[[int], None]) -> People:
    """Take in all profiles; batches are the catalog's, with `creator_row` (−1: erased)."""
    names = (*_COUNTS, *_FLAGS, "age_years")
    creators: list[NDArray[np.int64]] = []
    keys: list[NDArray[np.uint64]] = []
    parts: dict[str, list[NDArray[np.float64]]] = {name: [] for name in names}
    for batch in batches:
        advance(batch.num_rows)
        there = np.asarray(batch.column("creator_row")) >= 0
        creators.append(np.asarray(batch.column("creator_row"), dtype=np.int64)[there])
        keys.append(hash_strings(batch.column("account_id"))[there])
        for name in _COUNTS:
            parts[name].append(floats(batch.column(name))[there])
        for name in _FLAGS:
            parts[name].append(floats(pc.cast(batch.column(name), pa.int8()))[there])
        made = seconds(batch.column("created_at"))[there]
        age = np.where(made == NEVER, np.nan, (as_of_s - made) / (YEAR_DAYS * 86_400))
        parts["age_years"].append(np.maximum(age, 0.0))
    if not creators:
        return People(np.empty(0, np.int64), {name: np.empty(0) for name in names}, ())
    creator, key = np.concatenate(creators), np.concatenate(keys)
    profiles = {name: np.concatenate(values) for name, values in parts.items()}
    order = np.lexsort((*profiles.values(), key, creator))  # by the values too: the order of the table does not matter
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (creator[order][1:] != creator[order][:-1]) | (key[order][1:] != key[order][:-1])
    kept = order[first]
    again = len(order) - len(kept)
    said = (
        (say("accounts: {rows:,} rows name an account of a creator again, and are not counted", rows=again),)
        if again
        else ()
    )
    return People(creator[kept], {name: values[kept] for name, values in profiles.items()}, said)
