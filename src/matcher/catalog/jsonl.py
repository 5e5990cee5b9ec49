"""
JSON lines, in blocks.

A block whose lines agree about their types goes through Arrow's reader in one piece. A block that
does not (a broken line, a number written as text, nested fields) goes line by line through `json`.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.json as pj

from matcher.catalog.blocks import read_blocks
from matcher.catalog.encodings import not_utf8
from matcher.catalog.ledger import Fault
from matcher.catalog.raw import Column, Lines, RawBatch, as_array
from matcher.catalog.schema import NESTED, TYPES, TableSpec
from matcher.catalog.sources import Opened
from matcher.errors import InputError
from matcher.records.said import say

SAMPLE = 100
_ARRAY = re.compile(rb"\[\s*(?:$|\{)")
"""How an array of objects begins; a row that is an array of something else is one bad row."""


def read_jsonl(opened: Opened, spec: TableSpec) -> Iterator[RawBatch]:
    """Read a file of JSON lines; blank lines are passed over."""
    done = 0

    def take(data: bytes, last: bool) -> tuple[RawBatch | None, int]:
        nonlocal done
        if not done:
            _check_lines(opened, data)
        end = len(data) if last else data.rfind(b"\n") + 1
        if not end:
            return None, 0
        rows = data[:end].split(b"\n")
        lines = np.array([i for i, row in enumerate(rows) if row and not row.isspace()], dtype=np.int64)
        texts = [rows[i] for i in lines]
        lines += done + 1
        done += data.count(b"\n", 0, end)
        return (_parse(data[:end], texts, lines, spec) if texts else None), end

    yield from read_blocks(opened, take)


def _check_lines(opened: Opened, data: bytes) -> None:
    """Raise InputError for a file that is one JSON array, or whose objects stretch over several lines."""
    first = data.lstrip().split(b"\n", 1)[0].strip()
    if _ARRAY.match(first):
        found, make = "one JSON array", "jq -c '.[]'"
    elif first == b"{":
        found, make = "JSON objects over several lines each", "jq -c ."
    else:
        return
    raise InputError(
        f"{opened.file.table}: {opened.file.name} holds {found}; JSON lines are read, one object a line. "
        f"Make lines of it:  {make} {opened.file.name} > {opened.file.table}.jsonl"
    )


def _parse(block: bytes, texts: list[bytes], lines: Lines, spec: TableSpec) -> RawBatch:
    types, names = _sample(texts, spec)
    if types is not None:
        options = pj.ParseOptions(explicit_schema=pa.schema(types), unexpected_field_behavior="ignore")
        try:
            size = pj.ReadOptions(block_size=len(block) + 1, use_threads=False)
            table = pj.read_json(io.BytesIO(block), read_options=size, parse_options=options).combine_chunks()
            if len(table) == len(texts):
                table.validate(full=True)
                columns: dict[str, Column] = {name: _one_chunk(table[name]) for name in table.column_names}
                return RawBatch(columns, lines, names=names)
        except (pa.ArrowException, UnicodeDecodeError):
            pass
    return _line_by_line(texts, lines, spec)


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _sample(texts: list[bytes], spec: TableSpec) -> tuple[dict[str, pa.DataType] | None, frozenset[str]]:
    """Return the Arrow type of each known field, from the first lines; None where they have no one simple type."""
    columns, seen, names = spec.columns, dict[str, set[pa.DataType | None]](), set[str]()
    for text in texts[:SAMPLE]:
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            return None, frozenset(names)
        if not isinstance(row, dict):
            return None, frozenset(names)
        names.update(row)
        for name in row.keys() & columns.keys():
            if row[name] is not None:
                seen.setdefault(name, set()).add(_type(row[name], columns[name]))
    types: dict[str, pa.DataType] = {}
    for name, kind in columns.items():
        found = seen.get(name, {_DEFAULT.get(kind, pa.string())})
        if len(found) > 1 or None in found or (kind in NESTED and name in seen):
            return None, frozenset(names)
        types[name] = next(iter(found))
    return types, frozenset(names)


_DEFAULT = {
    **{"count": pa.float64(), "amount": pa.float64(), "money": pa.float64(), "flag": pa.bool_()},
    **{kind: pa.list_(pa.string()) for kind in ("hashtags", "mentions", "names", "languages")},
}


def _type(value: object, kind: str) -> pa.DataType | None:
    if isinstance(value, bool):
        return pa.bool_()
    if isinstance(value, int) and TYPES[kind] == pa.string():
        return pa.int64()  # a float would lose the last digits of a long id
    if isinstance(value, int | float):
        return pa.float64()
    if isinstance(value, str):
        return pa.string()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return pa.list_(pa.string())
    return None


def _line_by_line(texts: list[bytes], lines: Lines, spec: TableSpec) -> RawBatch:
    rows: list[dict[str, object]] = []
    kept: list[int] = []
    bad: list[tuple[int, Fault]] = []
    foreign = cache(lambda: not_utf8(texts))
    for text, line in zip(texts, lines.tolist(), strict=True):
        row = _row(text, foreign)
        if isinstance(row, dict):
            rows.append(row)
            kept.append(line)
        else:
            bad.append((line, Fault(None, None, row)))
    names = frozenset(name for row in rows for name in row)
    columns: dict[str, Column] = {}
    for name, kind in spec.columns.items():
        if name in names:
            values = [row.get(name) for row in rows]
            columns[name] = values if kind in NESTED or kind in _LISTS else as_array(values)
    return RawBatch(columns, np.array(kept, dtype=np.int64), bad, names)


_LISTS = frozenset({"hashtags", "mentions", "names", "languages"})


_FAULTS = {
    "Expecting value": say("Expecting value"),
    "Expecting ',' delimiter": say("Expecting ',' delimiter"),
    "Expecting ':' delimiter": say("Expecting ':' delimiter"),
    "Expecting property name enclosed in double quotes": say("Expecting property name enclosed in double quotes"),
    "Extra data": say("Extra data"),
    "Unterminated string starting at": say("Unterminated string starting at"),
    "Invalid control character at": say("Invalid control character at"),
    "Invalid \\escape": say("Invalid \\escape"),
}
"""What `json` says is wrong, as sentences; what is not among them is quoted as it is."""


def _row(text: bytes, foreign: Callable[[], str]) -> dict[str, object] | str:
    """Return the object on one line, or why there is none; `foreign` says what is no UTF-8. No line is quoted."""
    try:
        row = json.loads(text)
    except UnicodeDecodeError:
        return foreign()
    except json.JSONDecodeError as error:
        fault = _FAULTS.get(error.msg, error.msg)
        return say("not JSON: {error} at column {column}", error=fault, column=error.colno)
    except (ValueError, RecursionError):
        return say("not JSON")
    return row if isinstance(row, dict) else say("not a JSON object: expected one object a line")
