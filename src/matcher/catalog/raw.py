"""Rows as a file gives them: columns of whatever type, the line each row came from, and lines that are no rows."""

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from matcher.catalog.ledger import Fault

Column: TypeAlias = Any | list[object]
"""An Arrow array, or plain Python objects where a column has no one type."""
_NUMPY_LIST = re.compile(r"""['"]\s+['"]""")
"""`['a' 'b']`: Python would read it as the one word `ab`."""
Lines = npt.NDArray[np.int64]


@dataclass(slots=True)
class RawBatch:
    """Some rows of one file, unchecked."""

    columns: dict[str, Column]
    lines: Lines
    bad: list[tuple[int, Fault]] = field(default_factory=list)
    """Lines that could not be read as rows at all: (line, why)."""
    names: frozenset[str] = frozenset()
    """Every column name seen, understood or not."""
    repeated: frozenset[str] = frozenset()
    """Names that several columns bear, of which the first is read."""

    def __len__(self) -> int:
        return len(self.lines)


def loads(text: str) -> object:
    """Parse JSON, or a Python literal, which is what pandas writes into a CSV; None for anything else."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if _NUMPY_LIST.search(text):
        return None
    try:
        found: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return found


def as_array(values: Sequence[object]) -> pa.Array:
    """
    Return Python values as one Arrow array.

    Values of several types all become strings, nested ones as JSON, so that one odd value in a
    column costs that value and not the column.
    """
    try:
        array = pa.array(values, from_pandas=True)
        if not pa.types.is_struct(array.type) and not pa.types.is_map(array.type):
            return array
    except (pa.ArrowException, UnicodeEncodeError, OverflowError, TypeError, ValueError):
        pass
    return pa.array([_text(value) for value in values], pa.string())


def as_objects(column: Column) -> list[object]:
    """Return a nested column as Python objects; JSON strings are parsed, each distinct one once."""
    if isinstance(column, list):
        return [_parsed(value) for value in column]
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        encoded = column.dictionary_encode()
        values = [_parsed(text) for text in encoded.dictionary.to_pylist()]
        return [None if i is None else values[i] for i in encoded.indices.to_pylist()]
    objects: list[object] = column.to_pylist(maps_as_pydicts="lossy")
    return objects


def _parsed(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text[:1] in ("{", "["):
        parsed = loads(text)
        return value if parsed is None else parsed
    return None if text.lower() in ("", "null", "none", "nan") else value


def _text(value: object) -> str | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode()
