"""Parquet files, read in batches and only in the columns that are understood."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow.parquet as pq

from matcher.catalog.frames import ROWS, from_batches
from matcher.catalog.raw import RawBatch
from matcher.catalog.schema import TableSpec
from matcher.catalog.sources import Opened, byte_stream, cannot_read


def read_parquet(opened: Opened, spec: TableSpec) -> Iterator[RawBatch]:
    """Read a Parquet file; the line of a row is its number in the file, from 1."""
    with cannot_read(opened), _seekable(opened) as file, pq.ParquetFile(file, pre_buffer=False) as parquet:
        names = frozenset(parquet.schema_arrow.names)
        columns = [name for name in spec.columns if name in names]
        yield from from_batches(parquet.iter_batches(batch_size=ROWS, columns=columns), names)


def count_rows(opened: Opened) -> int | None:
    """Return the number of rows as the file's footer states it; None for a compressed file."""
    if opened.compression:
        return None
    with cannot_read(opened):
        rows: int = pq.read_metadata(opened.data).num_rows
        return rows


@contextmanager
def _seekable(opened: Opened) -> Iterator[Any]:
    if opened.compression is None:
        yield str(opened.data)
        return
    with tempfile.TemporaryFile() as plain, byte_stream(opened) as stream:
        while chunk := stream.read(1 << 20):
            plain.write(chunk)
        plain.seek(0)
        yield plain
