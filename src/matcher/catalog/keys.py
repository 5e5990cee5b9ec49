"""
Keys as 64-bit hashes: which row a creator is, and which posts have been seen.

Eight bytes a key, so that twenty million posts fit; at that number two different keys share a hash
with a probability of about one in 100,000.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import xxhash

Hashes = npt.NDArray[np.uint64]
_LONG = 256
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def hash_strings(array: pa.Array) -> Hashes:
    """Hash every string of an Arrow array, eight bytes of each at a time; a null hashes like an empty string."""
    _, offsets_buffer, data = array.buffers()
    if not len(array) or offsets_buffer is None:
        return np.zeros(len(array), dtype=np.uint64)
    bounds = np.frombuffer(offsets_buffer, np.int32, len(array) + 1, array.offset * 4).astype(np.int64)
    starts, sizes = bounds[:-1], np.diff(bounds)
    if array.null_count:
        sizes = np.where(array.is_null().to_numpy(zero_copy_only=False), 0, sizes)
    octets = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    padded = np.concatenate((octets[bounds[0] : bounds[-1]], np.zeros(8, np.uint8)))
    words = np.ndarray((len(padded) - 7,), "<u8", padded.data, strides=(1,))
    hashes = _mixed(sizes.astype(np.uint64) * _GOLDEN)
    short = np.where(sizes > _LONG, 0, sizes)
    for at in range(0, int(short.max()), 8):
        rows = np.flatnonzero(short > at)
        word = words[starts[rows] - bounds[0] + at]
        spare = np.maximum(0, 8 - (short[rows] - at)).astype(np.uint64) * np.uint64(8)
        hashes[rows] = _mixed((hashes[rows] ^ ((word << spare) >> spare)) + _GOLDEN)
    for i in np.flatnonzero(sizes > _LONG).tolist():
        hashes[i] = xxhash.xxh3_64_intdigest(array[i].as_py().encode("utf-8"))
    return hashes


def _mixed(values: Hashes) -> Hashes:
    """SplitMix64's finaliser (Steele, Lea & Flood 2014): every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


class KeyIndex:
    """Key -> row number."""

    def __init__(self, keys: pa.ChunkedArray) -> None:
        hashes = [hash_strings(chunk) for chunk in keys.chunks]
        self._hashes = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
        self._rows = np.argsort(self._hashes, kind="stable").astype(np.int32)
        self._hashes = self._hashes[self._rows]

    def rows(self, hashes: Hashes) -> npt.NDArray[np.int32]:
        """Return the row of each key, -1 for one that is not there."""
        if not len(self._hashes):
            return np.full(len(hashes), -1, np.int32)
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        rows: npt.NDArray[np.int32] = np.where(self._hashes[at] == hashes, self._rows[at], np.int32(-1))
        return rows


class KeySet:
    """A growing set of keys, held as a few sorted runs that are merged as they grow alike."""

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

    def contains(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Say of each key whether it has been added."""
        found = np.zeros(len(hashes), dtype=bool)
        order = np.argsort(hashes)  # searching in order walks each run once: several times faster on large runs
        ordered = hashes[order]
        for run in self._runs:
            at = np.minimum(np.searchsorted(run, ordered), len(run) - 1)
            found[order] |= run[at] == ordered
        return found

    def add_new(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Add keys and say of each whether it was new; of equal ones within `hashes` the first is."""
        first = np.zeros(len(hashes), dtype=bool)
        first[np.unique(hashes, return_index=True)[1]] = True
        new: npt.NDArray[np.bool_] = first & ~self.contains(hashes)
        if new.any():
            self._runs.append(np.sort(hashes[new]))
        while len(self._runs) > 1 and len(self._runs[-1]) * 2 > len(self._runs[-2]):
            self._runs.append(np.sort(np.concatenate((self._runs.pop(), self._runs.pop())), kind="stable"))
        return new
