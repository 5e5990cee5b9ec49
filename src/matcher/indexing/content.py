"""Content hashes: what is embedded of a post, so that it is never embedded twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray


def content_hashes(texts: Sequence[str | None], *more: Sequence[object]) -> NDArray[np.uint64]:
    """
    xxh3_128 of each text together with whatever else decides its vector, as uint64 [n, 2].

    Counts are not among them: a post whose likes changed is not embedded again.
    """
    digest = xxhash.xxh3_128_digest
    rest = zip(*more, strict=True) if more else ((),) * len(texts)
    joined = b"".join(
        digest(repr((text, *extra)).encode("utf-8", "surrogatepass")) for text, extra in zip(texts, rest, strict=True)
    )
    return np.frombuffer(joined, dtype=np.uint64).reshape(-1, 2).copy()


def id_hashes(ids: Sequence[str]) -> NDArray[np.uint64]:
    """xxh3_64 of each id, uint64 [n]."""
    return np.fromiter(
        (xxhash.xxh3_64_intdigest(i.encode("utf-8", "surrogatepass")) for i in ids), dtype=np.uint64, count=len(ids)
    )


@dataclass(frozen=True, slots=True)
class KnownContent:
    """Looks up the rows of contents that are known already."""

    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    order: NDArray[np.int64]

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> KnownContent:
        """From the hashes uint64 [n, 2] of the known rows."""
        order = np.argsort(hashes[:, 0], kind="stable")
        return cls(hashes[order, 0], hashes[order, 1], order)

    def rows(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The known row of each hash [m, 2], int64 [m]; -1 for a content that is new."""
        if not len(self.first):
            return np.full(len(hashes), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.first, hashes[:, 0]), len(self.first) - 1)
        same = (self.first[at] == hashes[:, 0]) & (self.second[at] == hashes[:, 1])
        return np.where(same, self.order[at], -1)
