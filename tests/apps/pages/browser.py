"""A real browser for tests: Chromium of the system, offline and without anything of its own."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import pytest
import uvicorn

from matcher.apps.service.app import create_app
from matcher.apps.service.source import MatcherSource
from matcher.apps.settings import Settings
from matcher.apps.storage import Database

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--no-first-run", "--disable-component-update", "--disable-sync", "--disable-extensions"]  # fmt: skip
LOCALES = {"en": "en-US", "zh-Hant": "zh-TW", "vi": "vi-VN", "th": "th-TH"}


def launched() -> Iterator[Any]:
    """Chromium while it is needed; skips, with the reason, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the dev extra: playwright")
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(source: MatcherSource, settings: Settings | None = None) -> Iterator[str]:
    """The service and its page on a free port, in a thread; gives its address."""
    app = create_app(source, Database(settings.database_url) if settings else None, settings)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        for _ in range(400):
            if server.started:
                break
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def axe() -> str:
    """The source of axe-core."""
    pytest.importorskip("axe_playwright_python", reason="needs the dev extra: axe-playwright-python")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def findings(page: Any) -> list[str]:
    """What axe-core finds on a page that is serious or critical, one line each."""
    page.evaluate(axe())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
