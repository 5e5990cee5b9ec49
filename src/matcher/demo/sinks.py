"""Where a table's batches go: one Parquet, JSON Lines or CSV file, written as they come."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq


class Sink(Protocol):
    """Takes the batches of one table, in order."""

    def write(self, table: Any) -> None:
        """Append a batch; all batches have the same columns."""

    def close(self) -> None:
        """Finish the file."""


class ParquetSink:
    """A Parquet file, one row group per batch."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def write(self, table: Any) -> None:
        """Append a row group."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()


def rows(table: Any) -> Iterator[dict[str, Any]]:
    """Rows as JSON-ready dicts: nulls left out, times as ISO 8601."""
    for batch in table.to_batches(max_chunksize=5000):
        for row in batch.to_pylist():
            yield _without_nulls(row)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


class JsonlSink:
    """A JSON Lines file, nested fields nested."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def write(self, table: Any) -> None:
        """Append one line per row."""
        self._file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(table))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class CsvSink:
    """A CSV file; a nested field is a JSON string in its column."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def write(self, table: Any) -> None:
        """Append rows, under a header the first time."""
        flat = pa.table({name: _flat(table[name]) for name in table.column_names})
        if self._writer is None:
            self._writer = pc_csv.CSVWriter(self._path, flat.schema)
        self._writer.write_table(flat)

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()


def _flat(column: Any) -> Any:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
    if not pa.types.is_nested(column.type):
        return column
    values = (None if v is None else json.dumps(_without_nulls(v), ensure_ascii=False) for v in column.to_pylist())
    return pa.array(values, type=pa.string())


SINKS: dict[str, Any] = {"parquet": ParquetSink, "jsonl": JsonlSink, "csv": CsvSink}


class Sinks:
    """One sink per table in a folder, with the number of rows each has taken."""

    def __init__(self, folder: Path, tables: tuple[str, ...], format: str) -> None:
        self.rows = dict.fromkeys(tables, 0)
        self._sinks: dict[str, Sink] = {name: SINKS[format](folder / f"{name}.{format}") for name in tables}

    def write(self, name: str, table: Any) -> None:
        """Append a batch to one table."""
        self._sinks[name].write(table)
        self.rows[name] += len(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for sink in self._sinks.values():
            sink.close()
