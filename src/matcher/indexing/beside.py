"""Work that goes on beside the stages of a reindex: much of it runs outside of Python, and there is a second core."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

from matcher.indexing.progress import Progress

T = TypeVar("T")


class Beside:
    """One thread; its works are done in the order in which they were started, and over when the block ends."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def start(self, name: str, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """
        Begin; returns a function that waits for the result and raises what the work raised.

        The seconds of the work are kept under its name, those of waiting for it under "wait".
        """

        def timed() -> T:
            before = time.perf_counter()
            try:
                return work(*arguments)
            finally:
                self._progress.seconds[name] = round(time.perf_counter() - before, 3)

        future = self._pool.submit(timed)

        def result() -> T:
            with self._progress.stage("wait"):
                return future.result()

        return result
