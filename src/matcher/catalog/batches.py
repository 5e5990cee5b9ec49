"""One raw batch checked: canonical columns, and the rows that cannot be used."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.catalog.checks import Checks
from matcher.catalog.creators import creator_columns
from matcher.catalog.ledger import Ledger
from matcher.catalog.likely_columns import likely_column
from matcher.catalog.raw import RawBatch
from matcher.catalog.schema import TableSpec
from matcher.catalog.sources import Opened
from matcher.catalog.values import read_column
from matcher.errors import InputError
from matcher.records.said import say


def check_columns(raw: RawBatch, spec: TableSpec, opened: Opened, ledger: Ledger, first: bool) -> None:
    """Raise InputError where a required column is missing; warn about columns that are not understood."""
    missing = [name for name in spec.required if name not in raw.names and _all_null(raw, name)]
    if first and missing and len(raw):
        names = ", ".join(sorted(raw.names)) or "none"
        like = [name for name in sorted(raw.names - spec.columns.keys()) if likely_column(name, missing[:1])]
        raise InputError(
            f"{spec.name}: {opened.file.name} has no column {missing[0]!r}, and every {spec.name} row needs one. "
            + (f"{like[0]!r} looks like it, but names are written exactly so. " if like else "")
            + f"Columns found: {names}. Rename or add the column."
        )
    for name in sorted(raw.names - spec.columns.keys()):
        said = say("column {name!r} is kept aside, because it is not understood", name=name)
        near = likely_column(name, spec.columns.keys() - raw.names)
        ledger.warn(say("{said}; did you mean {field!r}?", said=said, field=near) if near else said)
    for name in sorted(raw.repeated & spec.columns.keys()):
        ledger.warn(say("column {name!r} is there several times; the first is read", name=name))


def _all_null(raw: RawBatch, name: str) -> bool:
    column = raw.columns.get(name)
    if isinstance(column, list):
        return all(value is None for value in column)
    return column is None or column.null_count == len(column)


def conform(raw: RawBatch, spec: TableSpec, ledger: Ledger) -> tuple[list[pa.Array], Checks]:
    """Return the canonical columns of a batch, and the checks that hold the faults of its rows."""
    checks = Checks(len(raw), ledger)
    if spec.name == "creators":
        columns = creator_columns(raw, checks)
    else:
        columns = [read_column(raw.columns.get(f.name), f.kind, f.name, checks) for f in spec.fields]
    for f, column in zip(spec.fields, columns, strict=True):
        if f.may_be_null:
            absent = column.null_count - len([i for i in checks.faults if not column[i].is_valid])
            ledger.note(f.name, say("missing: the rows are kept, but say nothing about change over time"), absent, None)
        elif f.required and column.null_count:
            checks.reject(pc.is_null(column), f.name, say("missing, and the row needs it"))
    return columns, checks


def finish(
    columns: list[pa.Array],
    schema: pa.Schema,
    lines: np.ndarray[tuple[int], np.dtype[np.int64]],
    file: int,
    keep: pa.Array,
) -> pa.RecordBatch:
    """Put checked columns and the place of each row into one batch of the kept rows."""
    place = [pa.array(np.full(len(lines), file, dtype=np.int32)), pa.array(lines)]
    batch = pa.RecordBatch.from_arrays([*columns, *place], schema=schema)
    return batch if pc.all(keep, min_count=0).as_py() else batch.filter(keep)
