"""The kinds of file that a snapshot is made of: NumPy arrays and Arrow tables, both memory-mapped, and JSON."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import SnapshotDamaged

if TYPE_CHECKING:
    import pyarrow as pa


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array as `.npy`."""
    np.save(path, array, allow_pickle=False)


def load_array(path: Path) -> NDArray[Any]:
    """A read-only array, memory-mapped: nothing is read before it is used."""
    try:
        mapped = np.load(path, mmap_mode="r" if path.stat().st_size > 4096 else None, allow_pickle=False)
        return np.asarray(mapped)  # a plain view: slicing a memmap object costs ten times as much
    except (OSError, ValueError, EOFError) as error:
        raise SnapshotDamaged(f"{path} cannot be read as an array: {error}") from None


def load_table(path: Path) -> "pa.Table":
    """A table from an uncompressed Arrow IPC file, memory-mapped."""
    import pyarrow as pa

    try:
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    except (OSError, pa.ArrowException) as error:
        raise SnapshotDamaged(f"{path} cannot be read as an Arrow table: {error}") from None


def read_columns(table: "pa.Table", rows: Sequence[int], names: Sequence[str]) -> list[list[Any]]:
    """
    The values of some rows of a table, one list per column asked for, in the order given.

    Value by value from the chunk that holds it: Arrow's own `take` copies a chunked column whole, and loads its compute
    functions and pandas, half a second that a first match would wait for.
    """
    wanted = np.asarray(rows, dtype=np.int64)
    ends = np.cumsum([len(chunk) for chunk in table.column(names[0]).chunks])
    chunk_of = np.searchsorted(ends, wanted, side="right")
    local = wanted - np.concatenate([[0], ends])[chunk_of]
    places = list(zip(chunk_of.tolist(), local.tolist(), strict=True))
    read = []
    for name in names:
        values = [_reader(chunk) for chunk in table.column(name).chunks]
        read.append([values[number](row) for number, row in places])
    return read


def _reader(chunk: "pa.Array") -> Callable[[int], Any]:
    """Row → value; texts straight from their buffers, which costs a quarter of what making an Arrow scalar does."""
    import pyarrow as pa

    if not (pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type)):
        return lambda row: chunk[row].as_py()
    validity, offsets, content = chunk.buffers()
    starts = memoryview(offsets).cast("i" if pa.types.is_string(chunk.type) else "q")[chunk.offset :]
    texts = memoryview(content or b"")
    if validity is None:
        return lambda row: str(texts[starts[row] : starts[row + 1]], "utf-8")
    bits, first = memoryview(validity).cast("B"), chunk.offset

    def read(row: int) -> str | None:
        at = first + row
        return str(texts[starts[row] : starts[row + 1]], "utf-8") if bits[at >> 3] >> (at & 7) & 1 else None

    return read


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON that a person can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """The value of a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{path} cannot be read as JSON: {error}") from None
