#!/usr/bin/env python3
"""
How soon does a reader see the first result, and how heavy is the page?

    python benchmarks/page/run.py [--rounds 10]

The service as a process of its own on the index of the demo world, and a real Chromium: open the form with an example,
press the button, and wait until the first creator is painted. The very first of a process stands apart, from several
starts: it comes as soon as `/readyz` says so, from a browser that has been there before. Then what every page weighs,
as it came over the wire.
"""

import os
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, parser, python_env, quantiles, report, run_matcher, scratch

from matcher.apps.pages.brief_link import pack
from matcher.demo import briefs
from matcher.records import Brief
from matcher.snapshot import SnapshotStore

LINK = pack(Brief.parse(briefs()[0]))
FIRST_RESULT_MS, PAGE_BYTES = 300, 400_000
STARTS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


@contextmanager
def service(indexes: Path) -> Iterator[tuple[str, int]]:
    """`matcher serve` on a free port; gives its address and its process id."""
    command = [sys.executable, "-c", "from matcher.apps.cli import main; main()", "serve", "--indexes", str(indexes)]
    environ = python_env() | {"MATCHER_PORT": "0", "MATCHER_DATABASE": "sqlite://"}
    process = subprocess.Popen(command, env=os.environ | environ, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"listening on (http://\S+?),", line):
                Thread(target=deque, args=(process.stderr, 0), daemon=True).start()  # a full pipe would stop it
                yield found[1], process.pid
                return
        raise SystemExit("the service did not start")
    finally:
        process.kill()
        process.wait()


def seconds_until_ready(address: str) -> float:
    """How long after it began to listen the service says that it is ready."""
    began = time.perf_counter()
    while True:
        try:
            with urlopen(f"{address}/readyz", timeout=60):
                return time.perf_counter() - began
        except HTTPError:
            time.sleep(0.02)


def first_result(browser: Any, address: str, brief_id: str) -> tuple[float, float]:
    """Seconds from pressing the button to the first creator on the screen; CPU time is not known here."""
    context = browser.new_context(base_url=address, locale="en-US")
    page = context.new_page()
    page.goto(f"/?example={brief_id}")
    page.wait_for_timeout(300)  # a reader reads
    began = time.perf_counter()
    page.locator("button.primary").click(no_wait_after=True)
    page.locator(".card .score").first.wait_for()
    seconds = time.perf_counter() - began
    context.close()
    return seconds, seconds


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def weights(browser: Any, address: str) -> list[tuple[str, int, int, int]]:
    """(page, bytes with an empty cache, requests, of them to other places); the service does not compress."""
    found = []
    for name, path in (("form", "/"), ("shortlist", f"/shortlist?b={LINK}"), ("index", "/index")):
        context = browser.new_context(base_url=address, locale="en-US")
        page, sizes, strange = context.new_page(), list[int](), list[str]()
        page.on("response", lambda r, s=sizes: s.append(len(r.body())))
        page.on("request", lambda r, s=strange: s.append(r.url) if not r.url.startswith(address) else None)
        page.goto(path)
        page.wait_for_timeout(300)
        found.append((name, sum(sizes), len(sizes), len(strange)))
        context.close()
    return found


def main() -> None:
    """Measure, and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--rounds", type=int, default=10)
    given = options.parse_args()
    chromium = which("chromium")
    if chromium is None:
        raise SystemExit("Skipped: no Chromium here.")
    from playwright.sync_api import sync_playwright

    with scratch(given.indexes) as folder, sync_playwright() as driver:
        indexes = folder / "indexes"
        if not SnapshotStore(indexes).ids():
            run_matcher("demo", "--folder", folder)
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        ids = [str(brief["brief_id"]) for brief in briefs()]
        firsts, ready = [], []
        for _ in range(STARTS + 1):
            with service(indexes) as (address, _):
                ready.append(seconds_until_ready(address))
                firsts.append(first_result(browser, address, ids[0]))
        first, ready_s = quantiles(firsts[1:]), float(np.median(ready))  # the browser's own beginning left out
        with service(indexes) as (address, pid):
            seconds_until_ready(address)
            before = cpu_s(pid)
            times = [first_result(browser, address, one) for _ in range(given.rounds) for one in ids]
            cpu_ms = (cpu_s(pid) - before) / len(times) * 1000
            heavy = weights(browser, address)
        browser.close()
        warm = quantiles(times)
        results = {
            "first_result_ms": warm,
            "service_cpu_ms": round(cpu_ms, 1),
            "first_of_a_process_ms": first,
            "ready_after_s": round(ready_s, 2),
            "pages": heavy,
        }
        rows = [
            ("first result after the button, p50, ms", warm["p50"], FIRST_RESULT_MS, warm["p50"] <= FIRST_RESULT_MS),
            (
                "of it the service's CPU, the form included, ms",
                round(cpu_ms, 1),
                FIRST_RESULT_MS,
                cpu_ms <= FIRST_RESULT_MS,
            ),
            (
                f"the first of a process, p50 of {STARTS} starts, ms",
                first["p50"],
                FIRST_RESULT_MS,
                first["p50"] <= FIRST_RESULT_MS,
            ),
            *((f"{name}: bytes, uncompressed", size, PAGE_BYTES, size <= PAGE_BYTES) for name, size, _, _ in heavy),
            ("requests to other places", sum(strange for *_, strange in heavy), 0, not sum(s for *_, s in heavy)),
        ]
        start = Table("Start", ("what", "found"), [("from listening to ready, s", round(ready_s, 2))])
        table = Table("What it must reach", ("what", "found", "limit", "reached"), rows)
        manifest = SnapshotStore(indexes).manifest()
        report(
            "How soon is the first result on the page, and how heavy is it?",
            given.out,
            results,
            [table, start],
            manifest,
        )


if __name__ == "__main__":
    main()
