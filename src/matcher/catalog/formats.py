"""One reader for every kind of source: raw batches out of whatever was opened."""

from collections.abc import Iterator

from matcher.catalog.delimited import read_csv
from matcher.catalog.frames import read_frame, read_table
from matcher.catalog.jsonl import read_jsonl
from matcher.catalog.parquet import read_parquet
from matcher.catalog.raw import RawBatch
from matcher.catalog.schema import TableSpec
from matcher.catalog.sources import Opened


def read(opened: Opened, spec: TableSpec) -> Iterator[RawBatch]:
    """Stream one source file as raw batches; a file that cannot be read at all raises InputError."""
    if opened.format == "frame":
        return read_frame(opened.data, spec)
    if opened.format == "table":
        return read_table(opened.data, spec)
    return {"jsonl": read_jsonl, "csv": read_csv, "parquet": read_parquet}[opened.format](opened, spec)
