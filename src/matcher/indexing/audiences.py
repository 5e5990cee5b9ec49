"""The audience records of creators, and the groups whose audiences are expected to be alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.columns import offsets
from matcher.indexing.vocabulary import Vocabulary, grouped
from matcher.signals.audience import AudienceCells, merge_records
from matcher.signals.distinct import distinct_rows
from matcher.snapshot import STATUSES
from matcher.text import normalise_language

_ESTIMATED = STATUSES.index("estimated")


@dataclass(frozen=True, slots=True)
class Audiences:
    """The merged audience of each creator; n creators."""

    arrays: AudienceCells
    credibility: NDArray[np.float32]
    cells: list[tuple[str, str]]


def read_audiences(creators: pa.Table, as_of_s: int) -> Audiences:
    """The audience records of each creator merged into one."""
    n = creators.num_rows
    cells = Vocabulary()
    owner: list[int] = []
    codes: list[int] = []
    shares: list[float] = []
    sample, status = np.zeros(n, np.float32), np.zeros(n, np.int8)
    credibility = np.full(n, np.nan, np.float32)
    as_of = datetime.fromtimestamp(as_of_s, UTC)
    column = creators.column("audience")
    for row in np.flatnonzero(np.diff(offsets(column))):
        records = column[int(row)].as_py()
        merged, sample[row], name = merge_records(records, as_of)
        status[row] = STATUSES.index(name) if name in STATUSES else _ESTIMATED
        genuine = [r["credibility"] for r in records if r["credibility"] is not None]
        if genuine:
            credibility[row] = genuine[0]
        own: dict[tuple[str, str], float] = {}
        for (facet, segment), share in merged.items():
            cell = (facet, (normalise_language(segment) if facet == "language" else None) or segment)
            own[cell] = own.get(cell, 0.0) + share
        for cell in sorted(own):  # the order in which a table names its segments does not matter
            owner.append(int(row))
            codes.append(cells.code(cell))
            shares.append(own[cell])
    start, (code, part) = grouped(owner, n, np.array(codes, np.int32), np.array(shares, np.float32))
    return Audiences(AudienceCells(start, code, part, sample, status), credibility, cells.names())


def audience_groups(
    platform: NDArray[np.int16], market: NDArray[np.int16]
) -> tuple[NDArray[np.int64], list[tuple[int, int]]]:
    """The platform × market of each creator, and what each group is."""
    keys, group = distinct_rows(np.stack([platform, market], axis=1))
    return group, [(p, m) for p, m in keys.tolist()]
