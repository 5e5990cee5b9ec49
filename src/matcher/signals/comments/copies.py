"""
Near-duplicates: the same comment, perhaps with a word or an emoji changed, under many posts.

MinHash (Broder 1997) over the five-character shingles of the folded text, in bands (Leskovec, Rajaraman & Ullman,
Mining of Massive Datasets, ch. 3): two texts with a Jaccard similarity of 0.9 share a band with probability 0.97, of
0.8 with 0.80, of 0.5 with 0.12. Texts under LEAST_CHARACTERS are left out: short phrases are common property.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.comments.characters import Characters
from matcher.signals.comments.distinct import distinct
from matcher.signals.comments.spam import mixed

SHINGLE = 5
BANDS, ROWS = 4, 5
LEAST_CHARACTERS = 32
"""Characters of a folded text from which copies are looked for."""
LEAST_POSTS = 3
"""A text under so many different posts is a copy."""
NO_BAND = np.uint32(0)

_ODD = np.random.default_rng(2026).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_ADD = np.random.default_rng(1997).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64)
_BLOCK = 1 << 18


def bands(folded: Characters) -> NDArray[np.uint32]:
    """The band keys of n folded texts, uint32 [n, BANDS]; NO_BAND for texts that are too short."""
    found = np.zeros((folded.n, BANDS), np.uint32)
    sizes = np.bincount(folded.owner, minlength=folded.n)
    starts = np.cumsum(sizes) - sizes
    rows = np.flatnonzero(sizes >= LEAST_CHARACTERS)
    total = np.cumsum(sizes[rows])
    for block in np.split(rows, np.searchsorted(total, np.arange(_BLOCK, total[-1] if len(total) else 0, _BLOCK))):
        if len(block):
            found[block] = _band_keys(folded.code.astype(np.uint64), starts[block], sizes[block] - SHINGLE + 1)
    return found


def _band_keys(code: NDArray[np.uint64], starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Band keys of texts whose `counts` shingles begin at `starts`."""
    first = np.cumsum(counts) - counts
    at = np.repeat(starts - first, counts) + np.arange(counts.sum())
    shingle = code[at]
    for step in range(1, SHINGLE):
        shingle = shingle * np.uint64(1_000_003) + code[at + step]
    shingle = mixed(shingle)
    keys = np.zeros((len(starts), BANDS), np.uint32)
    for band in range(BANDS):
        key = np.zeros(len(starts), np.uint64)
        for row in range(band * ROWS, (band + 1) * ROWS):
            lowest = np.minimum.reduceat((shingle * _ODD[row] + _ADD[row]) >> np.uint64(16), first)
            key = mixed(key ^ lowest)
        keys[:, band] = np.maximum(key >> np.uint64(32), 1)
    return keys


def copied(keys: NDArray[np.uint32], post: NDArray[np.int64], least: int = LEAST_POSTS) -> NDArray[np.bool_]:
    """Which of m comments stand, nearly the same, under `least` different posts; `keys` [m, BANDS], `post` [m]."""
    found = np.zeros(len(keys), dtype=np.bool_)
    for band in range(keys.shape[1]):
        rows = np.flatnonzero(keys[:, band] != NO_BAND)
        key = keys[rows, band].astype(np.uint64)
        places = distinct(key << np.uint64(32) | post[rows].astype(np.uint64))
        texts, posts = np.unique(places >> np.uint64(32), return_counts=True)
        found[rows] |= np.isin(key, texts[posts >= least])
    return found
