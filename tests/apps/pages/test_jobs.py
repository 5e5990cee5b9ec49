"""The reindex panel of the index page."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.apps.service.app import create_app
from matcher.apps.service.source import LiveMatcher
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.matching import Matcher
from tests.apps.local import TestClient

SLEEPER = 'import time; print(\'{"stage": "probe", "done": 3, "total": 4}\', flush=True); time.sleep(60)'


@pytest.fixture
def page(tmp_path: Path) -> Iterator[TestClient]:
    """A service that was told of tables, and has no index yet."""
    for name in ("creators", "posts"):
        (tmp_path / f"{name}.jsonl").touch()
    tables = {name: tmp_path / f"{name}.jsonl" for name in ("creators", "posts")}
    settings = Settings(tmp_path / "indexes", tables=tables)
    database = Database(settings.database_url)
    with TestClient(create_app(LiveMatcher(settings.indexes), database, settings), follow_redirects=False) as client:
        client.app.state.reindexer.command = (sys.executable, "-c", SLEEPER)  # type: ignore[attr-defined]
        yield client
    database.close()


def until(page: TestClient, said: str) -> str:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if said in (html := page.get("/index/jobs").text):
            return html
        time.sleep(0.05)
    raise AssertionError(html)


def test_a_reindex_is_started_followed_and_stopped(page: TestClient) -> None:
    first = page.get("/index")
    assert first.status_code == 200  # here an index can be made, so the page is there without one
    assert "There is no index yet" in first.text and "Read the tables again" in first.text
    assert page.post("/index/reindex", data={"start": "1"}).headers["location"] == "/index"
    html = until(page, "Checking it")
    assert 'hx-trigger="every 1s"' in html and '<progress value="0.75"' in html and "3 / 4" in html
    again = page.post("/index/reindex", data={"start": "1"})
    assert again.status_code == 409 and "Another reindex is running" in again.text
    stop = html.partition('action="/index/jobs/')[2].partition('"')[0]
    assert page.post(f"/index/jobs/{stop}", data={"sure": "1"}).status_code == 303
    ended = until(page, "Stopped")
    assert "every 1s" not in ended and "Read the tables again" in ended


def test_a_service_that_was_told_of_no_tables_says_so(matcher: Matcher) -> None:
    with TestClient(create_app(lambda: matcher)) as client:
        html = client.get("/index").text
        assert "MATCHER_CREATORS" in html and "Read the tables again" not in html
        answer = client.post("/index/reindex", data={"start": "1"})
        assert answer.status_code == 409 and "MATCHER_CREATORS" in answer.text


def test_a_job_that_is_not_there(page: TestClient) -> None:
    assert page.post("/index/jobs/j_0/cancel", data={"sure": "1"}).status_code == 404
