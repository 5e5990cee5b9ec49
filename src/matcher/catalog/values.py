"""Which reader reads which kind of field."""

from collections.abc import Callable

import pyarrow as pa

from matcher.catalog import lists, numbers, texts, times
from matcher.catalog.checks import Checks
from matcher.catalog.raw import Column
from matcher.catalog.schema import TYPES

READERS: dict[str, Callable[[Column, str, Checks], pa.Array]] = {
    "id": texts.identifier,
    "string": texts.text,
    "code": texts.code,
    "currency": texts.currency,
    "country": texts.country,
    "language": texts.language,
    "flag": texts.flag,
    "languages": lists.languages,
    "hashtags": lists.hashtags,
    "mentions": lists.mentions,
    "names": lists.names,
    "count": numbers.count,
    "amount": numbers.amount,
    "money": numbers.money,
    "share": numbers.decimal,
    "time": times.time,
}


def read_column(column: Column | None, kind: str, field: str, checks: Checks) -> pa.Array:
    """Read one column of a batch; an absent column is all null."""
    if column is None:
        return pa.nulls(checks.n_rows, TYPES[kind])
    return READERS[kind](column, field, checks)
