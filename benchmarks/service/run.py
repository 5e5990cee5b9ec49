"""
What does HTTP cost?

    python benchmarks/service/run.py --indexes FOLDER

Overhead: the wall time of a match over HTTP at one client, less the time that the engine says it took.
Throughput: 8 clients and 2 workers, against two processes that match without HTTP; the clients run on the same cores.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import Table, parser, python_env, real_indexes, report

from matcher.demo import briefs
from matcher.matching import Matcher

SECONDS = 15.0
ENGINE = """
import json, sys, time
from pydantic import TypeAdapter
from matcher.demo import briefs
from matcher.matching import Matcher
from matcher.records import Shortlist
matcher, dump, asked = Matcher.open(sys.argv[1]), TypeAdapter(Shortlist).dump_json, briefs()
for brief in asked:
    matcher.match(brief)
print("ready", flush=True)
sys.stdin.readline()
end, done = time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end:
    dump(matcher.match(asked[done % len(asked)]))
    done += 1
print(done)
"""


@contextmanager
def service(indexes: Path, workers: int) -> Iterator[int]:
    """A running service; gives its port."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        env = os.environ | python_env() | {"MATCHER_PORT": "0", "MATCHER_WORKERS": str(workers)}
        env |= {"MATCHER_INDEXES": str(indexes), "MATCHER_DATABASE": f"sqlite:///{folder}/service.db"}
        code = "from matcher.apps.cli import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--indexes", str(indexes)], env=env, stderr=log
        )
        try:
            port = None
            while port is None:
                time.sleep(0.1)
                text = Path(log.name).read_text(encoding="utf-8")
                port = (
                    int(text.split("listening on http://127.0.0.1:")[1].split(",")[0])
                    if "listening on" in text
                    else None
                )
            until_ready(port)
            time.sleep(3 * (workers - 1))  # the workers start one after the other
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def until_ready(port: int) -> None:
    """Wait until the service says that it can answer."""
    while True:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        asked.request("GET", "/readyz")
        status = asked.getresponse().status
        asked.close()
        if status == 200:
            return
        time.sleep(0.1)


class Client:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def match(self, body: bytes) -> tuple[int, float, str]:
        """Status, milliseconds of the engine, and the snapshot that answered."""
        self._connection.request("POST", "/v1/match", body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = answer.read()
        timing = answer.getheader("Server-Timing") or "engine;dur=nan"
        snapshot = content.partition(b'"snapshot_id":"')[2].partition(b'"')[0].decode()
        return answer.status, float(timing.partition("dur=")[2]), snapshot


def bodies() -> list[bytes]:
    """The sample briefs, ready to send."""
    return [json.dumps(brief).encode() for brief in briefs()]


def overhead(indexes: Path, requests: int = 200) -> dict[str, float]:
    """Milliseconds that HTTP adds, at one client."""
    asked = bodies()
    with service(indexes, 1) as port:
        client = Client(port)
        for body in asked * 3:
            client.match(body)
        added, engine = [], []
        for number in range(requests):
            began = time.perf_counter()
            _, engine_ms, _ = client.match(asked[number % len(asked)])
            added.append((time.perf_counter() - began) * 1000 - engine_ms)
            engine.append(engine_ms)
    found = {"n": requests, "p50_ms": np.quantile(added, 0.5), "p90_ms": np.quantile(added, 0.9)}
    found["engine_p50_ms"] = np.quantile(engine, 0.5)
    return {name: round(float(value), 2) for name, value in found.items()}


def engine_alone(indexes: Path, processes: int = 2) -> float:
    """Matches a second of processes without HTTP."""
    command = [sys.executable, "-c", ENGINE, str(indexes), str(SECONDS)]
    pipe = subprocess.PIPE
    env = os.environ | python_env()
    started = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=env) for _ in range(processes)]
    for one in started:
        assert one.stdout is not None
        one.stdout.readline()
    answers = []
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in started:
        answers.append(int(one.communicate()[0].strip()))
    return sum(answers) / SECONDS


def over_http(indexes: Path, clients: int = 8, workers: int = 2) -> tuple[float, Counter[int]]:
    """Matches a second over HTTP, and how they ended."""
    with service(indexes, workers) as port:
        for _ in range(8):
            for body in bodies():
                Client(port).match(body)
        end, ended = time.monotonic() + SECONDS, Counter[int]()
        ask_until(port, clients, lambda: time.monotonic() < end, ended, Counter())
    return sum(ended.values()) / SECONDS, ended


def ask_until(port: int, clients: int, going: Any, ended: Counter[Any], snapshots: Counter[str]) -> None:
    """Let clients ask one brief after another as long as `going()`; an exception counts by its name."""
    threads = [
        threading.Thread(target=ask, args=(port, number, going, ended, snapshots, [])) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def ask(port: int, first: int, going: Any, ended: Counter[Any], snapshots: Counter[str], took: list[float]) -> None:
    """One client: its requests by how they ended, the snapshots that answered, and the seconds of each."""
    asked, client, number = bodies(), Client(port), first
    while going():
        began = time.monotonic()
        try:
            status, _, snapshot = client.match(asked[number % len(asked)])
            snapshots[snapshot] += 1
        except Exception as error:
            status, client = type(error).__name__, Client(port)  # type: ignore[assignment]
        ended[status] += 1
        took.append(time.monotonic() - began)
        number += 1


def main() -> None:
    """Measure, and write the results."""
    options = parser(__doc__, Path(__file__).parent)
    given = options.parse_args()
    with real_indexes(given.indexes) as indexes:
        manifest = Matcher.open(indexes).index.manifest
        added = overhead(indexes)
        rounds = []
        for _ in range(2):  # one after the other, twice: the machine may be busy with something else
            alone = engine_alone(indexes)
            served, ended = over_http(indexes)
            rounds.append({"engine_per_s": round(alone, 1), "http_per_s": round(served, 1),
                           "share": round(served / alone, 3), "not_200": sum(ended.values()) - ended[200]})  # fmt: skip
        results: dict[str, Any] = {"overhead": added, "throughput": rounds}
        tables = [
            Table("Added by HTTP, one client, ms", tuple(added), [tuple(added.values())]),
            Table("8 clients, 2 workers, against 2 processes without HTTP", tuple(rounds[0]),
                  [tuple(one.values()) for one in rounds]),
        ]  # fmt: skip
        report("What does HTTP cost?", given.out, results, tables, manifest)


if __name__ == "__main__":
    main()
