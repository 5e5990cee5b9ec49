"""Lists of records in one field: accounts, prices and contacts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from matcher.catalog.checks import Checks
from matcher.catalog.ledger import Fault
from matcher.catalog.likely_columns import likely_column
from matcher.catalog.raw import Column, as_array, as_objects
from matcher.catalog.values import read_column
from matcher.records.said import listed, say

ACCOUNT_KINDS = {
    **{"platform": "code", "handle": "string", "verified": "flag"},
    **{"followers": "count", "following": "count", "media_count": "count"},
}
PRICE_KINDS = {"platform": "code", "format": "code", "amount": "money", "currency": "currency", "source": "code"}
CONTACT_KINDS = {"type": "code", "value": "string"}
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Flattened:
    """The records of all rows in one list, and the row that each belongs to (ascending)."""

    items: list[Item]
    rows: npt.NDArray[np.int64]
    n_rows: int

    def listed(self, values: pa.Array) -> pa.Array:
        """Give each row its part of `values` (one value a record) as a list; a row without records gets null."""
        counts = np.bincount(self.rows, minlength=self.n_rows)
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(counts == 0))


def flatten(column: Column | None, field: str, checks: Checks) -> Flattened:
    """Flatten a nested column; what is neither a record nor a list of records is null, with a note."""
    items: list[Item] = []
    rows: list[int] = []
    for row, value in enumerate(as_objects(column) if column is not None else []):
        found = value if isinstance(value, list) else [] if value is None else [value]
        usable = [item for item in found if isinstance(item, dict)]
        if len(usable) < len(found):
            example = None if field == "contacts" else next(item for item in found if not isinstance(item, dict))
            checks.ledger.note(field, say("left out: expected a list of objects"), len(found) - len(usable), example)
        items.extend(usable)
        rows.extend([row] * len(usable))
    return Flattened(items, np.array(rows, dtype=np.int64), checks.n_rows)


def read_items(flat: Flattened, kinds: dict[str, str], field: str, checks: Checks) -> dict[str, pa.Array]:
    """Read the fields of all records at once; a fault of a record is a fault of its row."""
    known = {name for item in flat.items for name in item}
    unknown = sorted(known - kinds.keys())
    if unknown:
        names = listed(_meant(name, kinds.keys() - known) for name in unknown[:10])
        checks.ledger.warn(
            say("fields of {field} kept aside, because they are not understood: {names}", field=field, names=names)
        )
    inner = Checks(len(flat.items), checks.ledger)
    columns = {}
    for name, kind in kinds.items():
        column = as_array([item.get(name) for item in flat.items])
        columns[name] = read_column(column, kind, f"{field}.{name}", inner)
    give_back(inner, flat, field, checks)
    return columns


def _meant(name: str, free: Collection[str]) -> str:
    """An unknown field, with the one it may have been meant for."""
    near = likely_column(name, free)
    return say("{name} (did you mean {field}?)", name=name, field=near) if near else name


def give_back(inner: Checks, flat: Flattened, field: str, checks: Checks) -> None:
    """Hand the faults of records to the rows that hold them."""
    for i, fault in sorted(inner.faults.items()):
        value = None if field == "contacts" else fault.value
        checks.faults.setdefault(int(flat.rows[i]), Fault(fault.field, value, fault.reason))


def records(column: Column | None, kinds: dict[str, str], kind: pa.DataType, field: str, checks: Checks) -> pa.Array:
    """Read a nested column as a list of structs."""
    flat = flatten(_contacts(column) if field == "contacts" and column is not None else column, field, checks)
    columns = read_items(flat, kinds, field, checks)
    return flat.listed(struct(columns, kind))


def struct(columns: dict[str, pa.Array], kind: pa.DataType) -> pa.Array:
    """Return columns as one struct array of the given type."""
    fields = [kind.field(i) for i in range(kind.num_fields)]
    return pa.StructArray.from_arrays([columns[f.name].cast(f.type) for f in fields], fields=fields)


def _contacts(column: Column) -> list[object]:
    """Read `"a@b.c"` and `{"email": "a@b.c"}` as the contacts they are."""
    return [_contact_list(value) for value in as_objects(column)]


def _contact_list(value: object) -> object:
    if isinstance(value, dict) and not value.keys() & CONTACT_KINDS.keys():
        return [{"type": key, "value": found} for key, found in value.items() if found]
    found: Sequence[object] = value if isinstance(value, list) else [] if value is None else [value]
    return [{"type": "email" if "@" in v else "other", "value": v} if isinstance(v, str) else v for v in found]
