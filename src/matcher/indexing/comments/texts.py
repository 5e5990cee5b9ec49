"""Texts of comments, judged once: what the snapshot before knows, and what a batch repeats, is not read again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.catalog.keys import hash_strings
from matcher.indexing.lookup import Lookup
from matcher.signals.comments.quality import JUDGED, judge
from matcher.snapshot import load_array, save_array

NO_TEXT = np.uint64(0)
_FILES = ("texts.hash.npy", "texts.judged.npy")


@dataclass(frozen=True)
class KnownTexts:
    """Texts that were judged before, by the hash of each."""

    lookup: Lookup
    judged: NDArray[Any]
    """JUDGED [n]."""

    @classmethod
    def open(cls, folder: Path | None) -> KnownTexts:
        """Those of a snapshot's `comments` folder, none without one."""
        if folder is None:
            return cls(Lookup.of(np.empty(0, np.uint64)), np.empty(0, JUDGED))
        hashes = np.asarray(load_array(folder / _FILES[0]))
        return cls(Lookup(hashes, np.arange(len(hashes))), load_array(folder / _FILES[1]))

    def judge(self, texts: pa.Array) -> tuple[NDArray[np.uint64], NDArray[Any]]:
        """Hash uint64 [n] and JUDGED [n] of each text; NO_TEXT and zeros for a null."""
        there = np.flatnonzero(np.asarray(texts.is_valid()))
        hashes = np.full(len(texts), NO_TEXT)
        hashes[there] = np.maximum(hash_strings(texts), 1)[there]
        distinct, first, inverse = np.unique(hashes[there], return_index=True, return_inverse=True)
        rows = self.lookup.rows(distinct)
        found = np.zeros(len(distinct), JUDGED)
        found[rows >= 0] = self.judged[rows[rows >= 0]]
        new = np.flatnonzero(rows < 0)
        if len(new):
            found[new] = judge(texts.take(pa.array(there[first[new]])).to_pylist())
        judged = np.zeros(len(texts), JUDGED)
        judged[there] = found[inverse]
        return hashes, judged


def save_texts(folder: Path, hashes: NDArray[np.uint64], judged: NDArray[Any]) -> None:
    """Keep the texts of m comments for the next reindex: hashes in order, nothing that says whose they are."""
    distinct, first = np.unique(hashes, return_index=True)
    start = int(np.searchsorted(distinct, NO_TEXT, side="right"))
    save_array(folder / _FILES[0], distinct[start:])
    save_array(folder / _FILES[1], judged[first[start:]])
