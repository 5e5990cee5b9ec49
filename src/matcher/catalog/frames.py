"""Tables that are in memory already: pandas DataFrames, by duck typing, and Arrow tables."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import xxhash

from matcher.catalog.raw import Column, RawBatch, as_array
from matcher.catalog.schema import TableSpec

ROWS = 32_768


def read_frame(frame: Any, spec: TableSpec) -> Iterator[RawBatch]:
    """Read a DataFrame in slices; the line of a row is its position, from 1."""
    names = frozenset(str(name) for name in frame.columns)
    for start in range(0, len(frame), ROWS):
        part = frame.iloc[start : start + ROWS]
        columns = {name: _column(part[name]) for name in spec.columns if name in names}
        yield RawBatch(columns, np.arange(start + 1, start + 1 + len(part), dtype=np.int64), names=names)


def read_table(table: pa.Table, spec: TableSpec) -> Iterator[RawBatch]:
    """Read an Arrow table in slices; the line of a row is its position, from 1."""
    names = frozenset(table.column_names)
    known = table.select([name for name in spec.columns if name in names])
    yield from from_batches(known.to_batches(max_chunksize=ROWS), names)


def from_batches(batches: Any, names: frozenset[str]) -> Iterator[RawBatch]:
    """Number the rows of Arrow batches from 1."""
    done = 0
    for batch in batches:
        columns: dict[str, Column] = dict(zip(batch.schema.names, batch.columns, strict=True))
        yield RawBatch(columns, np.arange(done + 1, done + 1 + len(batch), dtype=np.int64), names=names)
        done += len(batch)


def fingerprint(source: Any) -> tuple[int, str]:
    """Return size in bytes and xxh3_128 hash of a table's content."""
    digest, size = xxhash.xxh3_128(), 0
    if isinstance(source, pa.Table):
        names, length = source.column_names, source.num_rows
    else:
        names, length = list(source.columns), len(source)
    for start in range(0, length, ROWS):
        for name in names:
            if isinstance(source, pa.Table):
                array = source.column(name).slice(start, ROWS).combine_chunks()
                array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
            else:
                array = _as_arrow(source[name].iloc[start : start + ROWS])
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, pa.schema([(str(name), array.type)])) as writer:
                writer.write_batch(pa.RecordBatch.from_arrays([array], names=[str(name)]))
            buffer = sink.getvalue()
            digest.update(buffer)
            size += buffer.size
    return size, digest.hexdigest()


def _as_arrow(series: Any) -> pa.Array:
    column = _column(series)
    return as_array([None if v is None else str(v) for v in column]) if isinstance(column, list) else column


def _column(series: Any) -> Column:
    """Return a Series as Arrow, or as objects where its values are of no one type; of like-named columns the first."""
    series = series.iloc[:, 0] if hasattr(series, "columns") else series
    try:
        array = pa.array(series, from_pandas=True)
        return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    except (pa.ArrowException, UnicodeEncodeError, OverflowError, TypeError, ValueError):
        return [None if _is_missing(value) else value for value in series.tolist()]


def _is_missing(value: object) -> bool:
    return (
        value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")
    )
