"""The service killed in the middle of everything, and told to stop in the middle of a request."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from tests.apps.service.running import Running, running, until

from matcher.demo import World
from matcher.snapshot import SnapshotStore

BRIEF = {"text": "gentle sunscreen", "k": 5}


@pytest.fixture
def settings(indexes: Path, world: World, tmp_path: Path) -> dict[str, Any]:
    """A service with an index of its own, a database in a file, and tables to read again."""
    copied = shutil.copytree(indexes, tmp_path / "indexes")
    tables = {name.upper(): world.table(name) for name in ("creators", "posts")}
    return {"INDEXES": copied, "DATABASE": f"sqlite:///{tmp_path / 'service.db'}", "REQUESTS_PER_MINUTE": 0, **tables}


def read_through(indexes: Path) -> dict[str, bytes]:
    """Every file of the index that is in use, and its name."""
    current = SnapshotStore(indexes).current()
    files = [indexes / "current", *sorted((indexes / current).rglob("*"))]
    return {str(path.relative_to(indexes)): path.read_bytes() for path in files if path.is_file()}


def write_until_it_dies(service: Running, stop: Event) -> dict[str, str]:
    """Save shortlists and decide on them without a pause; gives the reason by the id of what was acknowledged."""
    kept: dict[str, str] = {}
    with service.client() as client:
        while not stop.is_set():
            try:
                made = client.post("/v1/shortlists", json={"brief": BRIEF, "name": f"n{len(kept)}"})
                if made.status_code != 201:
                    raise AssertionError(made.text)
                one, first = made.json()["id"], made.json()["shortlist"]["entries"][0]["creator_id"]
                decision = {"state": "rejected", "reason": f"reason of {one}"}
                answer = client.put(f"/v1/shortlists/{one}/decisions/{first}", json=decision)
                assert answer.status_code == 200, answer.text
                kept[one] = decision["reason"]
            except httpx.TransportError:
                return kept
    return kept


def read_until_it_dies(service: Running, stop: Event) -> int:
    done = 0
    with service.client() as client:
        while not stop.is_set():
            try:
                assert client.post("/v1/match", json=BRIEF).status_code == 200
                done += 1
            except httpx.TransportError:
                break
    return done


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_in_the_middle_of_requests_writes_and_a_reindex(
    settings: dict[str, Any], tmp_path: Path, workers: int
) -> None:
    stop, indexes = Event(), Path(settings["INDEXES"])
    patient = settings | {"WORKERS": workers, "STOP_WITHIN_S": 150}  # workers left alone answer what is under way
    with running(tmp_path / "log", **patient) as service, ThreadPoolExecutor(6) as threads:
        service.until_ready()
        with service.client() as client:
            before, answer = read_through(indexes), client.post("/v1/match", json=BRIEF).json()
            job = client.post("/v1/reindex", json={"full": True}).json()["id"]
            writers = [threads.submit(write_until_it_dies, service, stop) for _ in range(3)]
            readers = [threads.submit(read_until_it_dies, service, stop) for _ in range(3)]
            until(lambda: client.get(f"/v1/jobs/{job}").json()["stage"] != "start" or None)
            time.sleep(0.3)
            job_state = client.get(f"/v1/jobs/{job}").json()["state"]
        service.process.kill()
        service.process.wait()
        written, matched = [one.result(120) for one in writers], [one.result(120) for one in readers]
        stop.set()
        kept = {one: reason for found in written for one, reason in found.items()}
    assert job_state == "running" and kept and all(matched)

    until(lambda: None if [name for name in os.listdir(indexes) if name.startswith(".building-")
                           and _written_lately(indexes / name)] else True)  # fmt: skip
    assert read_through(indexes) == before
    with sqlite3.connect(tmp_path / "service.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with running(tmp_path / "log2", **settings | {"PORT": service.port}, WORKERS=workers) as again:  # at the same place
        again.until_ready()
        with again.client() as client:
            given = client.post("/v1/match", json=BRIEF).json()
            assert given | {"created_at": ""} == answer | {"created_at": ""}
            assert client.get(f"/v1/jobs/{job}").json()["state"] == "broken"
            for one, reason in kept.items():  # whatever was acknowledged is there
                saved = client.get(f"/v1/shortlists/{one}").json()
                assert [decision["reason"] for decision in saved["decisions"]] == [reason]
            assert client.post("/v1/shortlists", json={"brief": BRIEF}).status_code == 201  # and more can be written
            next_job = client.post("/v1/reindex", json={"full": True}).json()["id"]
            until(lambda: client.get(f"/v1/jobs/{next_job}").json()["ended_at"])
            assert client.get(f"/v1/jobs/{next_job}").json()["state"] == "done"
    assert not [name for name in os.listdir(indexes) if name.startswith((".building-", ".trash-"))]


def _written_lately(folder: Path) -> bool:
    """Whether the reindex that was cut off still writes: it ends when it hears that its service is gone."""
    try:
        return time.time() - max(path.stat().st_mtime for path in (folder, *folder.rglob("*"))) < 2
    except FileNotFoundError:
        return True


@pytest.fixture
def service(settings: dict[str, Any], tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "log", **settings, STOP_WITHIN_S=150) as service:  # a busy machine is no failure
        service.until_ready()
        yield service


def half_sent(service: Running, body: bytes) -> socket.socket:
    """A request that the service waits for the body of, as its `100 Continue` says."""
    one = socket.create_connection(("127.0.0.1", service.port), timeout=60)
    head = (
        f"POST /v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    )
    one.sendall(f"{head}\r\nExpect: 100-continue\r\n\r\n".encode())
    assert one.recv(100).startswith(b"HTTP/1.1 100")
    one.sendall(body[:5])
    return one


def test_told_to_stop_it_finishes_what_it_has_begun(service: Running) -> None:
    body = json.dumps(BRIEF).encode()
    with ExitStack() as open_ones:
        begun = [open_ones.enter_context(half_sent(service, body)) for _ in range(8)]
        service.process.send_signal(signal.SIGTERM)
        until(lambda: _refused(service.port) or None)  # nothing new is begun
        assert service.process.poll() is None
        for one in begun:
            one.settimeout(150)
            one.sendall(body[5:])
        for one in begun:
            answer = open_ones.enter_context(one.makefile("rb"))
            assert answer.readline().startswith(b"HTTP/1.1 200")
            headers = dict(line.split(b": ") for line in iter(lambda: answer.readline().strip(), b""))  # noqa: B023
            assert len(json.loads(answer.read(int(headers[b"content-length"])))["entries"]) == 5
    assert service.process.wait(150) in (0, -signal.SIGTERM)
    assert "Traceback" not in service.log.read_text()


def test_a_client_that_never_ends_does_not_keep_it_from_stopping(settings: dict[str, Any], tmp_path: Path) -> None:
    with running(tmp_path / "log", **settings, STOP_WITHIN_S=1) as service:
        service.until_ready()
        with half_sent(service, b"x" * 50):
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(60) in (0, -signal.SIGTERM)


def _refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return False
    except ConnectionRefusedError:
        return True
