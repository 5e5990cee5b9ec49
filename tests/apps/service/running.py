"""The service as a process of its own, over a real socket."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

T = TypeVar("T")
RUN = "import os; from matcher.apps.service.app import serve; from matcher.apps.settings import Settings; \
serve(Settings.from_environment(os.environ))"


@dataclass(frozen=True)
class Running:
    """A service that listens."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=180, trust_env=False, **options)  # type: ignore[arg-type]

    def until_ready(self) -> None:
        with self.client() as client:
            until(lambda: client.get("/readyz").status_code == 200 or None)


def until(what: Callable[[], T | None], seconds: float = 180.0) -> T:
    """The first answer that is not None."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (found := what()) is not None:
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came in {seconds} s")


@contextmanager
def running(log: Path, **settings: object) -> Iterator[Running]:
    """A service with these settings (`INDEXES="…"`), on a free port unless one is named; killed at the end."""
    environ = os.environ | {"MATCHER_PORT": "0"} | {f"MATCHER_{name}": str(value) for name, value in settings.items()}
    with log.open("w") as stderr:
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environ, stderr=stderr, text=True)

    def address() -> str | None:
        assert process.poll() is None, log.read_text()
        found = re.search(r"listening on (http://[\d.]+:\d+),", log.read_text())
        return found[1] if found else None

    try:
        yield Running(process, until(address), log)
    finally:
        process.kill()
        process.wait()
