"""
Who comments, without saying who: ids become 64-bit numbers under a secret salt that lives with the snapshot.

Equal ids of one snapshot give equal numbers, so that people can be counted; numbers of two indexes cannot be compared.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.erasure import Erased

NOBODY = np.uint64(0)
"""Stands for an author who is not known."""
_FILE = "salt.hex"
_BYTES = 16


@dataclass(frozen=True, slots=True)
class Salt:
    """The key of the hashes of one index; a new one after every erasure."""

    key: bytes

    @classmethod
    def inherited(cls, folder: Path | None) -> Salt:
        """The salt of a snapshot's `comments` folder, a new one where there is none."""
        try:
            key = bytes.fromhex((folder / _FILE).read_text(encoding="ascii")) if folder else b""
        except (OSError, ValueError):
            key = b""
        return cls(key if len(key) == _BYTES else secrets.token_bytes(_BYTES))

    def save(self, folder: Path) -> None:
        """Write it into a snapshot's `comments` folder."""
        (folder / _FILE).write_text(self.key.hex() + "\n", encoding="ascii")

    def hashes(self, ids: Iterable[str]) -> NDArray[np.uint64]:
        """Keyed BLAKE2b of each id (RFC 7693), uint64 [n]; never NOBODY."""
        keyed = hashlib.blake2b(digest_size=8, key=self.key)

        def digest(written: str) -> bytes:
            own = keyed.copy()  # half the time of a new one with the key
            own.update(written.encode("utf-8", "surrogatepass"))
            return own.digest()

        found = np.frombuffer(b"".join(map(digest, ids)), dtype="<u8").astype(np.uint64)
        found[found == NOBODY] = 1
        return found


def author_hashes(column: pa.Array, salt: Salt, erased: Erased) -> NDArray[np.uint64]:
    """The hash of each author, uint64 [n]: each distinct id once; NOBODY for a null and for an erased creator."""
    encoded = column.dictionary_encode()
    ids: Sequence[str] = encoded.dictionary.to_pylist()
    hashes = np.append(salt.hashes(ids), NOBODY)
    if erased.digests:
        hashes[[row for row, author in enumerate(ids) if author in erased]] = NOBODY
    return hashes[np.asarray(encoded.indices.fill_null(len(ids)), dtype=np.int64)]
