"""
The process that a reindex job runs in: settings as JSON on the first line of stdin, progress as JSON lines on stdout.

It ends when stdin closes, so that it never outlives the service that started it; what it has not published by then is
swept away by the next reindex.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from matcher.errors import MatcherError
from matcher.indexing import Progress, ReindexSettings, run
from matcher.records.said import packed

SAY_EVERY_S = 0.3


class ToldProgress(Progress):
    """Progress that is told line by line."""

    def __init__(self) -> None:
        super().__init__(show=False)
        self._name, self._done, self._next = "", 0, 0.0
        self._total: int | None = None

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        """One step of the work."""
        self._name, self._done, self._total = name, 0, total
        self._tell()
        with super().stage(name, total):
            yield

    def advance(self, rows: int) -> None:
        """So many more rows of the stage are done."""
        self._done += rows
        if time.monotonic() >= self._next:
            self._tell()

    def _tell(self) -> None:
        self._next = time.monotonic() + SAY_EVERY_S
        _say({"stage": self._name, "done": self._done, "total": self._total})


def main() -> int:
    """Run one reindex; returns the exit code."""
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    Thread(target=_end_with_the_service, daemon=True).start()
    try:
        settings = ReindexSettings(**asked | {"indexes": Path(asked["indexes"])})
        summary = run(settings, ToldProgress())
    except MatcherError as error:
        _say({"error": str(error)})
        return 2
    for warning in summary.warnings:
        _say({"log": f"Note: {warning}"})
    _say({"summary": packed(dataclasses.asdict(summary))})
    return 0


def _end_with_the_service() -> None:
    sys.stdin.read()
    os._exit(143)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
