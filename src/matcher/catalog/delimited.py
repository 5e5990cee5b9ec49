"""
CSV, in blocks.

A block is cut after its last line break that stands outside quotes, and goes through Arrow's reader in
one piece. Where Arrow counts other rows than the quotes say (a quote that never closes, a stray one),
the block is read again record by record, and only the record at fault is lost.
"""

import csv
import io
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from matcher.catalog.blocks import read_blocks
from matcher.catalog.encodings import not_utf8
from matcher.catalog.ledger import Fault
from matcher.catalog.raw import Column, Lines, RawBatch
from matcher.catalog.schema import TableSpec
from matcher.catalog.sources import Opened
from matcher.records.said import say

DELIMITERS = ",;\t"
LONGEST_RECORD = 1 << 18
"""While records are read one by one, a quoted field longer than this was never closed."""

SAMPLE_BYTES = 1 << 18
"""The start of a block that is not UTF-8 is looked at to say what it is."""


def read_csv(opened: Opened, spec: TableSpec) -> Iterator[RawBatch]:
    """Read a CSV file whose first line names the columns; the line of a record is the one it begins on."""
    reader = _Reader(spec)
    yield from read_blocks(opened, reader.take)


class _Reader:
    """What is known of a file while it is read: its columns, its delimiter, the lines passed so far."""

    def __init__(self, spec: TableSpec) -> None:
        self.spec = spec
        self.header: list[str] = []
        self.delimiter = ","
        self.done = 0
        self.not_utf8: str | None = None

    def take(self, data: bytes, last: bool) -> tuple[RawBatch | None, int]:
        if not self.header:
            end = data.find(b"\n") + 1 or (len(data) if last else 0)
            if end:
                self._read_header(data[:end])
            return None, end
        data = data if not last or data.endswith(b"\n") else data + b"\n"
        return self._whole(data) or self._record_by_record(data, last)

    def _read_header(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").strip("\r\n")
        self.done += 1
        if text.strip():
            self.delimiter = max(DELIMITERS, key=text.count)
            self.header = [name.strip() for name in next(csv.reader([text], delimiter=self.delimiter))]

    def _whole(self, data: bytes) -> tuple[RawBatch | None, int] | None:
        starts, lines, end = _records(data)
        if not end:
            return None
        faults: list[pcsv.InvalidRow] = []

        def skip(row: pcsv.InvalidRow) -> str:
            faults.append(row)
            return "skip"

        known = list(dict.fromkeys(name for name in self.header if name in self.spec.columns))
        unique = [name if name not in self.header[:i] else f"{name}\x00{i}" for i, name in enumerate(self.header)]
        try:
            table = pcsv.read_csv(
                io.BytesIO(data[:end]),
                pcsv.ReadOptions(use_threads=False, block_size=end + 1, column_names=unique),
                pcsv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True, invalid_row_handler=skip),
                pcsv.ConvertOptions(
                    include_columns=known,
                    column_types={name: pa.string() for name in known},
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )
        except pa.ArrowInvalid:
            return None
        if len(table) + len(faults) != len(starts):
            return None
        where = lines + self.done + 1
        bad_rows = [fault.number - 1 for fault in faults]
        bad = [(int(where[i]), self._miscounted(f.actual_columns)) for i, f in zip(bad_rows, faults, strict=True)]
        self.done += data.count(b"\n", 0, end)
        arrays = {name: table[name].combine_chunks() for name in known}
        columns = {name: a.combine_chunks() if isinstance(a, pa.ChunkedArray) else a for name, a in arrays.items()}
        return self._batch(columns, np.delete(where, bad_rows), bad), end

    def _record_by_record(self, data: bytes, last: bool) -> tuple[RawBatch | None, int]:
        pattern = _record_pattern(self.delimiter)
        rows: list[list[str]] = []
        kept: list[int] = []
        bad: list[tuple[int, Fault]] = []
        at = 0
        while at < len(data):
            match = pattern.match(data, at, at + LONGEST_RECORD)
            if match is None and not last and len(data) - at < LONGEST_RECORD:
                break
            end = match.end() if match else data.index(b"\n", at) + 1
            row, fault = self._record(data[at:end] if match else None, data)
            if row:
                rows.append(row)
                kept.append(self.done + 1)
            elif fault:
                bad.append((self.done + 1, fault))
            self.done += data.count(b"\n", at, end)
            at = end
        batch = self._batch(self._columns(rows), np.array(kept, dtype=np.int64), bad)
        return (batch if rows or bad else None), at

    def _record(self, record: bytes | None, block: bytes) -> tuple[list[str] | None, Fault | None]:
        if record is None:
            return None, Fault(None, None, say("a quote is not closed, or stands inside a field"))
        if not record.strip(b"\r\n"):
            return None, None
        try:
            row = next(csv.reader(io.StringIO(record.decode(), newline=""), delimiter=self.delimiter))
        except UnicodeDecodeError:
            self.not_utf8 = self.not_utf8 or not_utf8(block[:SAMPLE_BYTES].splitlines())
            return None, Fault(None, None, self.not_utf8)
        except csv.Error as error:
            if "field limit" in str(error):
                return None, Fault(None, None, say("a field has more than {n:,} characters", n=csv.field_size_limit()))
            return None, Fault(None, None, say("a line break stands outside quotes"))
        return (row, None) if len(row) == len(self.header) else (None, self._miscounted(len(row)))

    def _columns(self, rows: list[list[str]]) -> dict[str, Column]:
        places = {name: i for i, name in reversed(list(enumerate(self.header))) if name in self.spec.columns}
        return {name: pa.array([row[i] or None for row in rows], pa.string()) for name, i in places.items()}

    def _batch(self, columns: dict[str, Column], lines: Lines, bad: list[tuple[int, Fault]]) -> RawBatch:
        repeated = frozenset(name for name in self.header if self.header.count(name) > 1)
        return RawBatch(columns, lines, bad, frozenset(self.header), repeated)

    def _miscounted(self, found: int) -> Fault:
        return Fault(
            None, None, say("{found} values where the header names {n} columns", found=found, n=len(self.header))
        )


def _records(data: bytes) -> tuple[np.ndarray, np.ndarray, int]:
    """Return where each record that is not blank starts, its line (from 0), and where the last whole record ends."""
    octets = np.frombuffer(data, dtype=np.uint8)
    breaks = np.flatnonzero(octets == ord("\n"))
    quotes = np.flatnonzero(octets == ord('"'))
    outside = np.searchsorted(quotes, breaks) % 2 == 0
    ends = breaks[outside] + 1
    if not len(ends):
        return ends, ends, 0
    starts = np.concatenate(([0], ends[:-1]))
    lines = np.concatenate(([0], np.flatnonzero(outside)[:-1] + 1))
    blank = (ends - starts == 1) | ((ends - starts == 2) & (octets[starts] == ord("\r")))
    return starts[~blank], lines[~blank], int(ends[-1])


def _record_pattern(delimiter: str) -> re.Pattern[bytes]:
    d = re.escape(delimiter.encode())
    quoted, plain = rb'"(?:[^"]|"")*+"', rb'(?!")[^' + d + rb"\n]*+"
    one = rb"(?:" + quoted + rb"|" + plain + rb")"
    return re.compile(one + rb"(?:" + d + one + rb")*+\r?\n")
