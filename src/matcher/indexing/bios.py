"""What creators say of themselves: name, bio and categories, as one text each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.content import content_hashes
from matcher.indexing.previous import Previous


@dataclass(frozen=True, slots=True)
class Bios:
    """The texts of n creators."""

    texts: list[str]
    """For the encoder and for words; "" where there is nothing."""
    content: NDArray[np.uint64]
    """uint64 [n, 2]."""

    @classmethod
    def of(cls, creators: pa.Table) -> Self:
        """From the creators' table."""
        columns = (creators.column(name).to_pylist() for name in ("display_name", "bio", "categories"))
        texts = [
            ". ".join(part for part in (name, bio, ", ".join(own or ())) if part)
            for name, bio, own in zip(*columns, strict=True)
        ]
        return cls(texts, content_hashes(pa.array(texts, pa.large_string())))

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, rows: slice) -> Bios:
        return Bios(self.texts[rows], self.content[rows])

    def known(self, previous: Previous | None) -> NDArray[np.int64]:
        """The row int64 [n] of the snapshot before that says the same, -1 for none."""
        return previous.bios.rows(self.content) if previous else np.full(len(self), -1, dtype=np.int64)
