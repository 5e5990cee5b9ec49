"""Columns that grow on disk, batch by batch, and are memory-mapped when they are whole."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


class ColumnFiles:
    """One file of raw numbers per column in a folder of its own; write in a `with` block, then `open`."""

    def __init__(self, folder: Path, dtypes: dict[str, Any]) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._dtypes = {name: np.dtype(dtype) for name, dtype in dtypes.items()}
        self._files = {name: (folder / f"{name}.bin").open("wb") for name in dtypes}
        self._rows = 0

    def append(self, columns: dict[str, NDArray[Any]]) -> None:
        """Add the same number of rows to every column."""
        for name, dtype in self._dtypes.items():
            self._files[name].write(np.ascontiguousarray(columns[name], dtype=dtype).data)
        self._rows += len(next(iter(columns.values())))

    def open(self) -> dict[str, NDArray[Any]]:
        """Every column [rows], read-only and memory-mapped."""
        if not self._rows:
            return {name: np.empty(0, dtype) for name, dtype in self._dtypes.items()}
        return {
            name: np.asarray(np.memmap(self._folder / f"{name}.bin", dtype=dtype, mode="r"))
            for name, dtype in self._dtypes.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ExitStack() as closed:
            for file in self._files.values():
                closed.enter_context(closing(file))
