"""Names to codes, in order of first use, and lists per creator as offsets and codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass
class Vocabulary:
    """Gives each name a code when it is first seen."""

    codes: dict[Any, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Any]) -> Vocabulary:
        """A vocabulary with these names, in this order."""
        return cls({name: code for code, name in enumerate(dict.fromkeys(names))})

    def code(self, name: Any) -> int:
        """The code of a name, new or known; -1 for None."""
        return -1 if name is None else self.codes.setdefault(name, len(self.codes))

    def encode(self, names: Iterable[Any], dtype: type[np.signedinteger[Any]]) -> NDArray[Any]:
        """Codes [n] of names, new or known; -1 for None."""
        given = list(names)
        codes = {name: self.code(name) for name in dict.fromkeys(given)}
        return np.fromiter(map(codes.__getitem__, given), dtype=dtype, count=len(given))

    def names(self) -> list[Any]:
        """Names in order of their codes."""
        return list(self.codes)


def grouped(
    owner: Sequence[int] | NDArray[Any], n: int, *values: NDArray[Any]
) -> tuple[NDArray[np.int64], tuple[NDArray[Any], ...]]:
    """Offsets int64 [n + 1] and the values sorted by their owner (stable), for values given in any order."""
    owners = np.asarray(owner, dtype=np.int64)
    order = np.argsort(owners, kind="stable")
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(owners, minlength=n), out=start[1:])
    return start, tuple(value[order] for value in values)
