"""
What is kept of one table's reading: how many rows, which were rejected and why, what was repaired.

A value that makes a row impossible is a reject; an optional value that cannot be used becomes null and
is counted as a note. Both are added up here and nowhere else.
"""

import io
import json
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from matcher.records.said import Said, packed, say, say_n

MAX_VALUE_CHARS = 120
MAX_HELD_BYTES = 4 << 20
PERSONAL = frozenset({"contacts"})
"""Fields whose values are never written to the rejects."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row cannot be used: the field, its value as found, and the reason."""

    field: str | None
    value: object
    reason: str


@dataclass(slots=True)
class TableCounts:
    """Rows of one table: `read` = `kept` + `rejected` + `merged` (rows that joined another row of their creator)."""

    read: int = 0
    kept: int = 0
    rejected: int = 0
    merged: int = 0


@dataclass(slots=True)
class _Note:
    count: int
    example: str
    done: str


class Ledger:
    """The account of one pass over one table; without `quotes` no value of the table is written down in it."""

    def __init__(self, table: str, quotes: bool = True) -> None:
        self.table, self.quotes = table, quotes
        self.counts = TableCounts()
        self.reasons: dict[str, int] = {}
        self._notes: dict[tuple[str, str], _Note] = {}
        self._said: dict[Said, None] = {}
        self._lines: IO[bytes] = io.BytesIO()

    def warn(self, warning: str) -> None:
        """Warn once."""
        self._said[say("{table}: {warning}", table=self.table, warning=warning)] = None

    def note(self, field: str, done: str, count: int, example: object) -> None:
        """Count values of a field that were repaired or set to null; `done` says what was done and expected."""
        if not count:
            return
        known = self._notes.setdefault((field, done), _Note(0, self._quoted(example) or "", done))
        known.count += count

    def reject(self, file: str, line: int, fault: Fault) -> None:
        """Write one row down as rejected."""
        value = None if fault.field in PERSONAL else self._quoted(fault.value)
        row: dict[str, Any] = {"table": self.table, "file": file, "line": line, "field": fault.field, "value": value}
        row["reason"] = fault.reason
        if isinstance(fault.reason, Said) and fault.reason.values:
            row["said"] = packed(fault.reason)  # so that it can be said in another language
        self._lines.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        if isinstance(self._lines, io.BytesIO) and self._lines.tell() > MAX_HELD_BYTES:
            self._spill(self._lines.getvalue())
        self.counts.rejected += 1
        self.reasons[fault.reason] = self.reasons.get(fault.reason, 0) + 1

    @property
    def rejected_share(self) -> float:
        """Rejected rows as a part of all rows read."""
        return self.counts.rejected / self.counts.read if self.counts.read else 0.0

    def warnings(self) -> list[str]:
        """Every warning, each once, with the count of values it is about."""
        counted = [_counted(f"{self.table}.{field}", note) for (field, _), note in self._notes.items()]
        return [*self._said, *counted]

    def lines(self) -> Iterator[bytes]:
        """Every reject as one line of JSON."""
        self._lines.seek(0)
        yield from self._lines
        self._lines.seek(0, io.SEEK_END)

    def _quoted(self, value: object) -> str | None:
        return shorten(value) if self.quotes else None

    def _spill(self, held: bytes) -> None:
        """Go on in a file that has no name and goes with the ledger, so that a million rejects cost no memory."""
        self._lines = tempfile.TemporaryFile()
        weakref.finalize(self, self._lines.close)
        self._lines.write(held)


def _counted(field: str, note: _Note) -> Said:
    found = say_n(
        "{field}: {n:,} value {done}", "{field}: {n:,} values {done}", note.count, field=field, done=note.done
    )
    return say("{found}; for example {example!r}", found=found, example=note.example) if note.example else found


def shorten(value: object) -> str | None:
    """Return a value as text of bounded length."""
    if value is None:
        return None
    text = value if isinstance(value, str) else str(value)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= MAX_VALUE_CHARS else text[: MAX_VALUE_CHARS - 1] + "…"
