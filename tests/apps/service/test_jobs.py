"""Reindex as a job: one at a time, told, cancelled, and broken when its service is."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.apps.local import TestClient

from matcher.apps.service import reindexer
from matcher.apps.service.app import create_app
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.service.source import LiveMatcher
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.jobs import Job, get_job, mark_broken, start_job
from matcher.demo import World
from matcher.snapshot import SnapshotStore

SLEEPER = 'import sys, time; print(\'{"stage": "embed", "done": 3, "total": 9}\', flush=True); time.sleep(60)'


@pytest.fixture
def settings(world: World, encoder_folder: Path, tmp_path: Path) -> Settings:
    tables = {"creators": world.table("creators"), "posts": world.table("posts")}
    return Settings(indexes=tmp_path / "indexes", encoder=str(encoder_folder), tables=tables)


@pytest.fixture
def service(settings: Settings) -> Iterator[TestClient]:
    app = create_app(LiveMatcher(settings.indexes), Database(settings.database_url), settings)
    with TestClient(app) as client:
        yield client


def until(client: TestClient, job: dict[str, Any], *states: str) -> dict[str, Any]:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        found: dict[str, Any] = client.get(f"/v1/jobs/{job['id']}").json()
        if found["state"] in states:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{found} in 60 s")


def test_a_job_publishes_a_snapshot_and_tells_of_it(service: TestClient, settings: Settings) -> None:
    asked = service.post("/v1/reindex", json={"keep": 2})
    assert (asked.status_code, asked.headers["location"]) == (202, f"/v1/jobs/{asked.json()['id']}")
    assert (asked.json()["state"], asked.json()["asked"]) == ("running", {"keep": 2})
    done = until(service, asked.json(), "done", "failed")
    assert done["state"] == "done", service.get(f"/v1/jobs/{done['id']}/log").text
    assert done["snapshot_id"] == SnapshotStore(settings.indexes).current() == done["summary"]["snapshot_id"]
    assert done["summary"]["counts"]["creators"] == 60
    assert done["ended_at"] is not None
    log = service.get(f"/v1/jobs/{done['id']}/log")
    assert log.headers["content-type"].startswith("text/plain")
    assert f"published {done['snapshot_id']}" in log.text
    assert service.get("/v1/index").json()["snapshot_id"] == done["snapshot_id"]

    again = until(service, service.post("/v1/reindex", json={}).json(), "done")
    assert again["summary"]["status"] == "unchanged"
    assert [one["id"] for one in service.get("/v1/jobs").json()["items"]] == [again["id"], done["id"]]


def test_one_runs_at_a_time_and_can_be_cancelled(service: TestClient, settings: Settings) -> None:
    runner = service.app.state.reindexer  # type: ignore[attr-defined]
    runner.command = (sys.executable, "-c", SLEEPER)
    job = service.post("/v1/reindex", json={}).json()
    second = service.post("/v1/reindex", json={})
    assert (second.status_code, second.json()["type"]) == (409, "urn:matcher:problem:job-running")
    deadline = time.monotonic() + 30
    while service.get(f"/v1/jobs/{job['id']}").json()["stage"] != "embed" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [service.get(f"/v1/jobs/{job['id']}").json()[name] for name in ("done", "total")] == [3, 9]
    assert service.post(f"/v1/jobs/{job['id']}/cancel", json={}).json()["state"] == "cancelling"
    ended = until(service, job, "cancelled", "failed")
    assert (ended["state"], ended["snapshot_id"]) == ("cancelled", None)
    assert service.post(f"/v1/jobs/{job['id']}/cancel", json={}).json()["state"] == "cancelled"
    assert SnapshotStore(settings.indexes).ids() == []
    runner.command = type(runner).command
    assert until(service, service.post("/v1/reindex", json={}).json(), "done", "failed")["state"] == "done"


def test_a_job_that_fails_says_why(service: TestClient, settings: Settings) -> None:
    with SnapshotStore(settings.indexes).lock():
        failed = until(service, service.post("/v1/reindex", json={}).json(), "failed", "done")
    assert failed["state"] == "failed"
    assert "another reindex is writing to" in service.get(f"/v1/jobs/{failed['id']}/log").text


def test_a_service_that_was_told_of_no_tables(client: TestClient) -> None:
    answer = client.post("/v1/reindex", json={})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:matcher:problem:tables-unset")
    assert "MATCHER_CREATORS" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"creators": "/etc/passwd"}, {"indexes": "/"}, {"keep": 0}, {"max_shrink": 2}])
def test_a_caller_names_options_and_never_files(service: TestClient, body: dict[str, Any]) -> None:
    answer = service.post("/v1/reindex", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, next(iter(body)))


@pytest.mark.parametrize("path", ["/v1/jobs/j_0", "/v1/jobs/j_0/log"])
def test_a_job_that_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).json()["type"] == "urn:matcher:problem:unknown-object"


def test_a_job_whose_service_is_gone_is_broken_and_the_next_may_run(service: TestClient, settings: Settings) -> None:
    database = Database(settings.database_url)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    job = start_job(database, {}, dead.pid)
    assert job is not None
    assert service.get(f"/v1/jobs/{job.id}").json()["state"] == "broken"
    assert until(service, service.post("/v1/reindex", json={}).json(), "done", "failed")["state"] == "done"
    database.close()


def test_a_job_that_nobody_touches_is_broken_wherever_it_ran(settings: Settings) -> None:
    database = Database(settings.database_url)
    job = start_job(database, {}, 1)
    assert job is not None
    assert mark_broken(database, lambda _: True) == []
    assert start_job(database, {}, 1) is None
    assert mark_broken(database, lambda _: True, stale_after_s=-1) == [job.id]
    assert get_job(database, job.id).state == "broken"
    database.close()


def test_the_child_ends_with_the_service(tmp_path: Path, indexes: Path) -> None:
    held = SnapshotStore(tmp_path)
    asked = {"creators": "x", "posts": "x", "indexes": str(tmp_path), "wait_s": 60}
    with held.lock():
        command = [sys.executable, "-m", "matcher.apps.service.reindex_child"]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.close()
        assert child.wait(30) == 143
        child.stdout.close()


def test_pages_of_a_shortlist_are_bound_to_its_snapshot(settings: Settings, build: Callable[[Path], str]) -> None:
    build(settings.indexes)
    source = LiveMatcher(settings.indexes, check_every_s=0.0)
    with TestClient(create_app(source)) as client:
        brief = {"text": "sunscreen", "k": 7}
        whole = client.post("/v1/match", json=brief).json()["entries"]
        first = client.post("/v1/match?page_size=3", json=brief)
        entries, cursor = first.json()["entries"], first.headers.get("x-next-cursor")
        while cursor:
            answer = client.post("/v1/match", params={"cursor": cursor}, json=brief)
            entries, cursor = entries + answer.json()["entries"], answer.headers.get("x-next-cursor")
        assert entries == whole
        cursor = first.headers["x-next-cursor"]
        other = client.post("/v1/match", params={"cursor": cursor}, json={"text": "coffee", "k": 7})
        assert other.status_code == 422

        after = build(settings.indexes)
        while client.get("/v1/index").json()["snapshot_id"] != after:
            time.sleep(0.05)
        gone = client.post("/v1/match", params={"cursor": cursor}, json=brief)
        assert (gone.status_code, gone.json()["title"]) == (410, "Gone")
        assert after in gone.json()["detail"]


def test_a_job_that_is_being_started_is_not_taken_for_broken(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(settings.database_url)
    runner = Reindexer(database, settings.indexes, settings.tables, command=(sys.executable, "-c", ""))
    looking: list[Thread] = []

    def start_slowly(*asked: Any) -> Job | None:
        job = start_job(*asked)
        looking.append(Thread(target=runner.reap))
        looking[0].start()
        looking[0].join(0.3)  # the row is there; that it is ours is not written down yet
        return job

    monkeypatch.setattr(reindexer, "start_job", start_slowly)
    job = runner.start({})
    looking[0].join()
    while get_job(database, job.id).ended_at is None:
        time.sleep(0.02)
    assert get_job(database, job.id).state == "failed"  # its command says nothing; "broken" would be the other's word
    database.close()


def test_a_reindex_takes_the_token_weights_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = (sys.executable, "-c", f"open({str(told)!r}, 'w').write(input())")
    database = Database(settings.database_url)
    tables = {**settings.tables, "accounts": Path("accounts.csv")}
    runner = Reindexer(database, settings.indexes, tables, token_weights=True, command=command)
    job = runner.start({"full": True})
    while get_job(database, job.id).ended_at is None:
        time.sleep(0.02)
    asked = json.loads(told.read_text())
    assert (asked["token_weights"], asked["accounts"], asked["full"]) == (True, "accounts.csv", True)
    database.close()
