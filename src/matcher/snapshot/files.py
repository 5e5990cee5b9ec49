"""The kinds of file that a snapshot is made of: NumPy arrays and Arrow tables, both memory-mapped, and JSON."""

import json
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


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON that a person can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """The value of a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{path} cannot be read as JSON: {error}") from None
