"""Rate limits: a bucket of tokens for each key, filled evenly."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock


class Rates:
    """At most so many requests a minute for each owner, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, owner: str, per_minute: int) -> int | None:
        """Take one token; None where there was one, else the whole seconds until there is. 0 a minute is no limit."""
        if per_minute <= 0:
            return None
        per_second, at = per_minute / 60, self._clock()
        with self._lock:
            left, before = self._buckets.get(owner, (float(per_minute), at))
            left = min(float(per_minute), left + (at - before) * per_second)
            if left < 1:
                self._buckets[owner] = (left, at)
                return max(1, math.ceil((1 - left) / per_second))
            self._buckets[owner] = (left - 1, at)
            return None
