"""Progress of long work: bars with rate and time left on stderr, nothing when stderr is not a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Progress:
    """Counts rows of named stages, and the seconds that each took."""

    show: bool = True
    seconds: dict[str, float] = field(default_factory=dict)
    _bars: Any = None
    _task: Any = None

    def __enter__(self) -> Progress:
        if self.show and sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        """One step of the work; `advance` counts its rows."""
        before = time.perf_counter()
        if self._bars is not None:
            self._task = self._bars.add_task(name, total=total)
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - before, 3)
            if self._bars is not None and total is None:
                done = self._bars.tasks[-1].completed
                self._bars.update(self._task, total=done or 1, completed=done or 1)

    def advance(self, rows: int) -> None:
        """So many more rows of the stage under way are done."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, rows)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    return Bars(
        TextColumn("{task.description:>12}"),
        BarColumn(),
        MofNCompleteColumn(),
        _rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _rate() -> Any:
    """A column with the rows per second."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")

    return Rate()
