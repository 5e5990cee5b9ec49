"""Rate limits: a bucket of tokens for each key, filled evenly, in one process or shared between several."""

from __future__ import annotations

import math
import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

_FORMAT = struct.Struct("dd")
_TRIES, _PAUSE_S = 100, 0.002
"""So often, and so far apart, a bucket's lock is asked for: who holds it longer was stopped midway."""


@dataclass
class Bucket:
    """How many tokens there were, and when; None before anything was taken."""

    left: float | None = None
    at: float = 0.0


class Buckets(Protocol):
    """Where buckets are kept."""

    def held(self, owner: str) -> AbstractContextManager[Bucket]:
        """The bucket of an owner, for nobody else meanwhile; what becomes of it is kept."""


class OwnBuckets:
    """Buckets of one process."""

    def __init__(self) -> None:
        self._all, self._lock = dict[str, Bucket](), Lock()

    @contextmanager
    def held(self, owner: str) -> Iterator[Bucket]:
        """The bucket of an owner, under a lock."""
        with self._lock:
            yield self._all.setdefault(owner, Bucket())


class SharedBuckets:
    """
    Buckets of several processes of one machine, whose clock is the same: a file of 16 bytes for each owner.

    Whoever takes from them may wait a moment, which an event loop must not do itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def held(self, owner: str) -> Iterator[Bucket]:
        """The bucket of an owner, under a lock of its file; without it where that is not to be had in time."""
        file = os.open(self._folder / owner, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
            kept = os.pread(file, _FORMAT.size, 0)
            bucket = Bucket(*_FORMAT.unpack(kept)) if len(kept) == _FORMAT.size else Bucket()
            yield bucket
            os.pwrite(file, _FORMAT.pack(bucket.left, bucket.at), 0)
        finally:
            os.close(file)  # which unlocks it too


def _lock(file: int) -> None:
    """Lock a file, unless it stays somebody else's: a request that is not counted is better than none for good."""
    import fcntl  # not on Windows, where only one process is served from

    for _ in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(_PAUSE_S)


class Rates:
    """At most so many requests a minute for each owner."""

    def __init__(self, buckets: Buckets | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets, self._clock = buckets or OwnBuckets(), clock

    def take(self, owner: str, per_minute: int) -> int | None:
        """Take one token; None where there was one, else the whole seconds until there is. 0 a minute is no limit."""
        if per_minute <= 0:
            return None
        per_second = per_minute / 60
        with self._buckets.held(owner) as bucket:
            at = self._clock()
            left = per_minute if bucket.left is None else bucket.left + (at - bucket.at) * per_second
            left = min(float(per_minute), left)
            bucket.left, bucket.at = (left - 1 if left >= 1 else left), at
        return None if left >= 1 else max(1, math.ceil((1 - left) / per_second))
