"""Where a table comes from: one file, a folder of files, a DataFrame or an Arrow table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import xxhash

from matcher.catalog.ledger import Ledger
from matcher.errors import InputError
from matcher.records.said import listed, say

FORMATS = (".jsonl", ".csv", ".parquet")
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
READABLE = ", ".join(FORMATS) + " (each also .gz or .zst)"
_CHUNK = 1 << 20

Source = str | Path | Any
"""A path (a file or a folder of files), a pandas DataFrame or a pyarrow Table."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a table (or one table held in memory), and the hash of its content."""

    table: str
    name: str
    bytes: int
    content_hash: str
    """xxh3_128 of the file's bytes, in hex."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A source file together with what it is read from: a path, a DataFrame or a pyarrow Table."""

    file: SourceFile
    data: Any
    format: str
    compression: str | None = None


def find(table: str, source: Source, ledger: Ledger) -> list[Opened]:
    """Return the files of a source in the order of their names, hashed."""
    if not isinstance(source, str | Path):
        return [_in_memory(table, source)]
    path = Path(source)
    if path.is_dir():
        files = [p for p in sorted(path.iterdir()) if p.is_file() and not p.name.startswith((".", "_"))]
        known = [p for p in files if _format(p)]
        if other := [p.name for p in files if not _format(p)]:
            left = listed(other[:5])
            ledger.warn(say("files of {path} that are no table were left out: {files}", path=str(path), files=left))
        if not known:
            raise InputError(f"{table}: the folder {path} holds no table file. Readable are {READABLE}.")
        return [_on_disk(table, p) for p in known]
    if not path.exists():
        raise InputError(f"{table}: there is no file or folder {path}. Check the path given for this table.")
    if not _format(path):
        raise InputError(f"{table}: {path} is of no readable kind. Readable are {READABLE}.{_json_to_lines(path)}")
    return [_on_disk(table, path)]


@contextmanager
def cannot_read(opened: Opened) -> Iterator[None]:
    """Turn whatever goes wrong while a file is read into an InputError that names the file."""
    try:
        yield
    except (OSError, EOFError, pa.ArrowException) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"{opened.file.table}: {opened.file.name} cannot be read as {opened.format}"
            f"{f' ({opened.compression})' if opened.compression else ''}: {why[:200]}. "
            "The file is damaged, incomplete or of another kind: write it again, or take it out."
        ) from error


@contextmanager
def byte_stream(opened: Opened) -> Iterator[Any]:
    """Open a file as a stream of its uncompressed bytes."""
    with cannot_read(opened), pa.input_stream(str(opened.data), compression=opened.compression) as stream:
        yield stream


def _format(path: Path) -> str | None:
    name = path.with_suffix("") if path.suffix in COMPRESSIONS else path
    return name.suffix if name.suffix in FORMATS else None


def _json_to_lines(path: Path) -> str:
    """How a `.json` file becomes one that is read: by another name where it holds lines, else through jq."""
    if path.suffix != ".json":
        return ""
    try:
        with path.open("rb") as stream:
            first = stream.read(_CHUNK).lstrip().split(b"\n", 1)[0].strip()
    except OSError:
        return ""
    if first.startswith(b"["):
        return f" A JSON array becomes JSON lines with:  jq -c '.[]' {path.name} > {path.stem}.jsonl"
    if first.startswith(b"{") and first.endswith(b"}"):
        return f" It holds JSON lines: call it {path.stem}.jsonl"
    return f" JSON objects become JSON lines with:  jq -c . {path.name} > {path.stem}.jsonl"


def _on_disk(table: str, path: Path) -> Opened:
    digest = xxhash.xxh3_128()
    size = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise InputError(f"{table}: {path} cannot be read: {error.strerror}.") from error
    file = SourceFile(table, str(path), size, digest.hexdigest())
    return Opened(file, path, (_format(path) or "").lstrip("."), COMPRESSIONS.get(path.suffix))


def _in_memory(table: str, source: Any) -> Opened:
    from matcher.catalog import frames

    kind = "table" if isinstance(source, pa.Table) else "frame"
    if kind == "frame" and not (hasattr(source, "iloc") and hasattr(source, "columns")):
        raise InputError(f"{table}: {type(source).__name__} is no source. Give a path, a DataFrame or a pyarrow Table.")
    size, content_hash = frames.fingerprint(source)
    return Opened(SourceFile(table, f"<{type(source).__name__}>", size, content_hash), source, kind)
