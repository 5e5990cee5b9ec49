"""The service as a process of its own, over a real socket."""

import json
import os
import re
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from tests.apps.service.running import Running, running, until

from matcher.apps.service import app
from matcher.apps.service.app import serve
from matcher.apps.service.metrics import SHARED_FOLDER
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import make_key
from matcher.demo import briefs
from matcher.errors import MatcherError
from matcher.matching import Matcher


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Running, Path]]:
    """A running service over an indexes folder that is still empty."""
    with running(tmp_path / "log", INDEXES=tmp_path / "indexes") as service:
        yield service, tmp_path


def test_the_main_path(server: tuple[Running, Path], build: Callable[[Path], str]) -> None:
    service, folder = server
    with service.client() as client:
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

    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(60) in (0, -signal.SIGTERM)
    log = service.log.read_text()
    assert "Traceback" not in log
    assert briefs()[0]["text"] not in log


def test_a_port_that_is_taken_is_an_error_that_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MatcherError, match=f"cannot listen on 127.0.0.1:{port}: .*in use"):
            serve(Settings(indexes=tmp_path, port=port))


def test_workers_leave_nothing_behind_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        def __init__(self, config: object, sockets: object) -> None: ...

        def run(self) -> None:
            assert Path(os.environ[SHARED_FOLDER]).is_dir()
            raise KeyboardInterrupt

    monkeypatch.delenv(SHARED_FOLDER, raising=False)
    monkeypatch.setattr(app, "Multiprocess", Stopped)
    monkeypatch.setattr(uvicorn.Config, "configure_logging", lambda _: None)  # other tests read what is logged
    with pytest.raises(KeyboardInterrupt):
        serve(Settings(indexes=tmp_path, port=0, workers=2))
    assert SHARED_FOLDER not in os.environ


def test_answers_do_not_wait_for_acknowledgements(server: tuple[Running, Path]) -> None:
    with server[0].client() as client:
        client.get("/healthz")
        took_s = []
        for _ in range(15):
            began = time.perf_counter()
            client.get("/healthz")
            took_s.append(time.perf_counter() - began)
    assert min(took_s[3:]) < 0.03  # 0.04 for every answer where TCP_NODELAY is off


def test_several_workers_share_address_database_and_index(indexes: Path, tmp_path: Path) -> None:
    log, database = tmp_path / "log", f"sqlite:///{tmp_path / 'service.db'}"
    key = make_key(Database(database), "tester", ("match", "read"))[1]
    with running(log, INDEXES=indexes, WORKERS=2, REQUIRE_KEY=1, DATABASE=database) as service:
        service.until_ready()
        with service.client(headers={"X-API-Key": key}) as client:
            made = [client.post("/v1/briefs", json={"brief": {"text": f"{n}"}}).json()["id"] for n in range(8)]
            assert [one["id"] for one in client.get("/v1/briefs").json()["items"]] == made[::-1]
            answer = client.post("/v1/match", json=briefs()[0])
            assert answer.status_code == 200
            assert re.fullmatch(r"engine;dur=\d+\.\d\d", answer.headers["server-timing"])
        slow = {"X-API-Key": make_key(Database(database), "slow", ("match", "read"), requests_per_minute=3)[1]}
        asked: list[int] = []
        for _ in range(8):  # a connection each, so that both workers are asked
            with service.client(headers=slow) as client:
                asked.append(client.get("/v1/index").status_code)
        assert Counter(asked)[200] <= 4 and asked[-1] == 429  # one may have come in meanwhile
        with service.client(headers={"X-API-Key": key}) as client:
            counted = client.get("/metrics").text
        found = re.findall(r'requests_total{method="GET",path="/v1/index",status="200"} (\d+)', counted)
        assert found == [str(Counter(asked)[200])]
        assert 'requests_total{method="POST",path="/v1/briefs",status="201"} 8.0' in counted
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(60) in (0, -signal.SIGTERM)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert not any("exception" in line for line in lines)


def test_off_loopback_a_key_is_always_needed(tmp_path: Path) -> None:
    with running(tmp_path / "log", INDEXES=tmp_path / "indexes", HOST="0.0.0.0") as service:
        with service.client() as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/v1/index").status_code == 401
            assert client.get("/").status_code == 401
    assert "matcher keys make NAME" in service.log.read_text()
