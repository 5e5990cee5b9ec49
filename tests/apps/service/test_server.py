"""The service as a process of its own, over a real socket."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from matcher.apps.service.app import serve
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import make_key
from matcher.demo import briefs
from matcher.errors import MatcherError
from matcher.matching import Matcher

T = TypeVar("T")
RUN = "import os; from matcher.apps.service.app import serve; from matcher.apps.settings import Settings; \
serve(Settings.from_environment(os.environ))"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """A running service over an indexes folder that is still empty."""
    log = tmp_path / "log"
    environ = os.environ | {"MATCHER_INDEXES": str(tmp_path / "indexes"), "MATCHER_PORT": "0"}
    with log.open("w") as stderr:
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environ, stderr=stderr, text=True)
    try:
        yield process, address(process, log), tmp_path
    finally:
        process.kill()
        process.wait()


def until(what: Callable[[], T | None], seconds: float = 30.0) -> T:
    """The first answer that is not None."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (found := what()) is not None:
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came in {seconds} s")


def address(process: subprocess.Popen[str], log: Path) -> str:
    def look() -> str | None:
        assert process.poll() is None, log.read_text()
        found = re.search(r"listening on (http://127\.0\.0\.1:\d+),", log.read_text())
        return found[1] if found else None

    return until(look)


def test_the_main_path(server: tuple[subprocess.Popen[str], str, Path], build: Callable[[Path], str]) -> None:
    process, url, folder = server
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        answer = client.get("/readyz")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert "matcher reindex --creators" in answer.json()["detail"]

        first = build(folder / "indexes")
        until(lambda: client.get("/readyz").json().get("snapshot_id"))
        library = Matcher.open(folder / "indexes")
        for brief in briefs():
            given = client.post("/v1/match", json=brief).json()
            expected = json.loads(library.match(brief).to_json())
            assert given | {"created_at": ""} == expected | {"created_at": ""}
            assert given["snapshot_id"] == first

        second = build(folder / "indexes")

        def moved_on() -> bool | None:
            answer = client.post("/v1/match", json=briefs()[0])
            assert answer.status_code == 200
            assert answer.json()["snapshot_id"] in (first, second)
            return True if answer.json()["snapshot_id"] == second else None

        assert until(moved_on)
        assert client.get("/v1/index").json()["snapshot_id"] == second
        assert client.post("/v1/match", content=b" " * 3_000_000).status_code == 413

    process.send_signal(signal.SIGTERM)
    assert process.wait(10) in (0, -signal.SIGTERM)
    log = (folder / "log").read_text()
    assert "Traceback" not in log
    assert briefs()[0]["text"] not in log


def test_a_port_that_is_taken_is_an_error_that_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MatcherError, match=f"cannot listen on 127.0.0.1:{port}: .*in use"):
            serve(Settings(indexes=tmp_path, port=port))


def test_answers_do_not_wait_for_acknowledgements(server: tuple[subprocess.Popen[str], str, Path]) -> None:
    _, url, _ = server
    with httpx.Client(base_url=url, trust_env=False) as client:
        client.get("/healthz")
        took_s = []
        for _ in range(15):
            began = time.perf_counter()
            client.get("/healthz")
            took_s.append(time.perf_counter() - began)
    assert min(took_s[3:]) < 0.03  # 0.04 for every answer where TCP_NODELAY is off


def test_several_workers_share_address_database_and_index(indexes: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    environ = os.environ | {
        "MATCHER_INDEXES": str(indexes), "MATCHER_PORT": "0", "MATCHER_WORKERS": "2", "MATCHER_REQUIRE_KEY": "1",
        "MATCHER_DATABASE": f"sqlite:///{tmp_path / 'service.db'}",
    }  # fmt: skip
    key = make_key(Database(environ["MATCHER_DATABASE"]), "tester", ("match", "read"))[1]
    with log.open("w") as stderr:
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environ, stderr=stderr, text=True)
    try:
        with httpx.Client(
            base_url=address(process, log), headers={"X-API-Key": key}, timeout=30, trust_env=False
        ) as client:
            until(lambda: client.get("/readyz").status_code == 200 or None)
            made = [client.post("/v1/briefs", json={"brief": {"text": f"{n}"}}).json()["id"] for n in range(8)]
            assert [one["id"] for one in client.get("/v1/briefs").json()["items"]] == made[::-1]
            answer = client.post("/v1/match", json=briefs()[0])
            assert answer.status_code == 200
            assert re.fullmatch(r"engine;dur=\d+\.\d\d", answer.headers["server-timing"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        process.wait()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert not any("exception" in line for line in lines)


def test_a_slow_client_holds_up_nobody(server: tuple[subprocess.Popen[str], str, Path]) -> None:
    _, url, _ = server
    port = int(url.rsplit(":", 1)[1])
    head = b"POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
    try:
        for one in slow:
            one.sendall(head)  # and never the rest
        with httpx.Client(base_url=url, timeout=10, trust_env=False) as client:
            assert client.post("/v1/briefs:parse", json={"text": "creators in Taiwan"}).status_code == 200
            assert client.get("/healthz").status_code == 200
    finally:
        for one in slow:
            one.close()


def test_off_loopback_a_key_is_always_needed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    environ = os.environ | {
        "MATCHER_INDEXES": str(tmp_path / "indexes"),
        "MATCHER_PORT": "0",
        "MATCHER_HOST": "0.0.0.0",
    }
    with log.open("w") as stderr:
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environ, stderr=stderr, text=True)
    try:
        port = until(lambda: re.search(r"listening on http://0\.0\.0\.0:(\d+),", log.read_text()))[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False) as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/v1/index").status_code == 401
            assert client.get("/").status_code == 401
    finally:
        process.kill()
        process.wait()
    assert "matcher keys make NAME" in log.read_text()
