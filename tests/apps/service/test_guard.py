"""Keys: needed, checked, limited; and what the guard keeps out."""

import asyncio
import fcntl
import io
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fastapi import FastAPI
from tests.apps.local import TestClient

from matcher.apps.scopes import SCOPES
from matcher.apps.service import guard, rates
from matcher.apps.service.app import create_app
from matcher.apps.service.logs import JsonLines
from matcher.apps.service.rates import Rates, SharedBuckets
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import ApiKey, find_key, make_key, revoke_key
from matcher.matching import Matcher

SETTINGS = Settings(require_key=True, requests_per_minute=0)
Make = Callable[..., dict[str, str]]


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def app(matcher: Matcher, database: Database) -> FastAPI:
    return create_app(lambda: matcher, database, SETTINGS)


@pytest.fixture
def guarded(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def key(database: Database) -> Make:
    """Makes a key; gives the header that it is sent in."""

    def make(*scopes: str, **limits: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {make_key(database, 'a key', scopes, **limits)[1]}"}

    return make


@pytest.mark.parametrize(
    ("method", "path", "body", "scope"),
    [
        ("POST", "/v1/match", {"text": "a"}, "match"),
        ("POST", "/v1/briefs:parse", {"text": "a"}, "match"),
        ("GET", "/v1/shortlists", None, "match"),
        ("GET", "/v1/index", None, "read"),
        ("GET", "/v1/creators/c000001", None, "read"),
        ("GET", "/metrics", None, "read"),
        ("GET", "/v1/jobs", None, "admin"),
        ("GET", "/v1/not-there-yet", None, "admin"),
    ],
)
def test_a_key_may_do_what_its_scopes_say(
    guarded: TestClient, key: Make, method: str, path: str, body: Any, scope: str
) -> None:
    for one in ("match", "read", "contacts", "admin"):
        answer = guarded.request(method, path, json=body, headers=key(one))
        assert (answer.status_code != 403) is (one in (scope, "admin"))
        if answer.status_code == 403:
            assert answer.json()["type"] == "urn:matcher:problem:scope-missing"


@pytest.mark.parametrize(
    "query", ["contacts=true", "contacts=1", "contacts=false&contacts=yes", "contacts=ON", "%63ontacts=t"]
)
def test_contacts_need_a_scope_of_their_own(guarded: TestClient, key: Make, query: str) -> None:
    path = f"/v1/creators/c000001?{query}"
    assert guarded.get(path, headers=key("read")).status_code == 403
    answer = guarded.get(path, headers=key("read", "contacts"))
    assert answer.json()["contacts"] is not None
    assert guarded.get("/v1/creators/c000001", headers=key("read")).json()["contacts"] is None


def test_a_key_comes_in_three_ways(guarded: TestClient, key: Make) -> None:
    secret = key("read")["Authorization"].removeprefix("Bearer ")
    assert guarded.get("/v1/index", headers={"X-API-Key": secret}).status_code == 200
    assert guarded.get("/v1/index", auth=("anyone", secret)).status_code == 200
    assert guarded.get("/v1/index", params={"key": secret}).status_code == 401


def test_a_revoked_key_is_none(guarded: TestClient, database: Database) -> None:
    made, secret = make_key(database, "a", ("read",))
    revoke_key(database, made.id)
    assert guarded.get("/v1/index", headers={"X-API-Key": secret}).status_code == 401


def test_a_key_is_told_when_to_ask_again(guarded: TestClient, key: Make) -> None:
    slow = key("read", requests_per_minute=2)
    assert [guarded.get("/v1/index", headers=slow).status_code for _ in range(3)] == [200, 200, 429]
    answer = guarded.get("/v1/index", headers=slow)
    assert answer.json()["type"] == "urn:matcher:problem:too-many-requests"
    assert 1 <= int(answer.headers["retry-after"]) <= 30


@pytest.mark.parametrize("shared", [False, True])
def test_a_bucket_fills_evenly(tmp_path: Path, shared: bool) -> None:
    now = [0.0]
    own = Rates(SharedBuckets(tmp_path) if shared else None, lambda: now[0])
    assert [own.take("a", 2) for _ in range(3)] == [None, None, 30]
    assert own.take("b", 2) is None
    now[0] = 29.0
    assert own.take("a", 2) == 1
    now[0] = 30.0
    assert [own.take("a", 2), own.take("a", 0)] == [None, None]


def test_processes_take_from_one_bucket(tmp_path: Path) -> None:
    one, two = (Rates(SharedBuckets(tmp_path), lambda: 7.0) for _ in range(2))
    with ThreadPoolExecutor(8) as threads:
        took = list(threads.map(lambda n: (one, two)[n % 2].take("k", 10), range(40)))
    assert sum(wait is None for wait in took) == 10


def test_a_lock_that_is_never_given_back_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_TRIES", 3)
    with (tmp_path / "a").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        took: list[int | None] = []
        asks = Thread(target=lambda: took.append(Rates(SharedBuckets(tmp_path)).take("a", 2)), daemon=True)
        asks.start()
        asks.join(20)
        assert took == [None]


def test_the_loop_never_waits_for_a_bucket(matcher: Matcher, database: Database, key: Make) -> None:
    class Watched(Rates):
        def take(self, owner: str, per_minute: int) -> int | None:
            with pytest.raises(RuntimeError, match="no running event loop"):
                asyncio.get_running_loop()
            return super().take(owner, per_minute)

    client = TestClient(create_app(lambda: matcher, database, SETTINGS, Watched()))
    limited = key("read", requests_per_minute=1)
    assert [client.get("/v1/index", headers=limited).status_code for _ in range(2)] == [200, 429]


def test_a_key_has_its_own_limit_of_a_body(guarded: TestClient, key: Make) -> None:
    small = key("match", max_body_bytes=100)
    assert guarded.post("/v1/match", json={"text": "a" * 50}, headers=small).status_code == 200
    answer = guarded.post("/v1/match", json={"text": "a" * 200}, headers=small)
    assert answer.status_code == 413
    assert "up to 100 bytes" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 201),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 201),
        ({}, 201),
    ],
)
def test_another_sites_page_changes_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/v1/briefs", json={"brief": {"text": "a"}}, headers=headers)
    assert answer.status_code == status
    form = {"text": "a"}
    assert (client.post("/", data=form, headers=headers).status_code == 403) is (status == 403)


def test_other_sites_are_let_in_by_name_alone(matcher: Matcher) -> None:
    settings = replace(Settings(), cors_origins=("https://app.example",))
    with TestClient(create_app(lambda: matcher, settings=settings)) as client:
        for origin, allowed in (("https://app.example", "https://app.example"), ("https://evil.example", None)):
            answer = client.post("/v1/match", json={"text": "a"}, headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == allowed
            assert answer.status_code == (200 if allowed else 403)


def test_without_settings_no_other_site_reads(client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for answer in (client.options("/v1/match", headers=asked), client.get("/v1/index", headers=asked)):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/healthz", "/v1/index", "/nowhere", "/v1/jobs/x"])
def test_every_answer_has_the_headers_of_security(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_logs_are_json_lines_without_briefs_contacts_and_keys(guarded: TestClient, key: Make) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("matcher")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        header = key("admin")
        guarded.post("/v1/match", json={"text": "secret sunscreen"}, headers=header | {"X-Request-ID": "r1"})
        guarded.get("/v1/creators/c000001?contacts=true", headers=header)
        guarded.get("/v1/shared/token-of-a-link")
    finally:
        logger.removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(one["method"], one["path"], one["status"]) for one in lines] == [
        ("POST", "/v1/match", 200), ("GET", "/v1/creators/{creator_id}", 200), ("GET", "/v1/shared/{token}", 404),
    ]  # fmt: skip
    assert (lines[0]["request_id"], lines[0]["level"], lines[0]["owner"][:2]) == ("r1", "info", "k_")
    said = stream.getvalue()
    assert not any(
        word in said for word in ("sunscreen", "c000001", "@", "token-of-a-link", header["Authorization"][-20:])
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8321", 200),
        ("LOCALHOST.", 200),
        ("127.0.0.1:8321", 200),
        ("127.8.9.1", 200),
        ("[::1]:8321", 200),
        ("matcher.example:80", 200),
        ("evil.example", 403),
        ("evil.example:8321", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("192.168.0.7", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
def test_without_a_key_only_our_own_names_are_answered(matcher: Matcher, host: str, status: int) -> None:
    app = create_app(lambda: matcher, settings=Settings(hosts=("matcher.example",)))
    with TestClient(app) as client:
        answer = client.get("/v1/creators/c000001?contacts=1", headers={"Host": host})
        assert answer.status_code == status
        assert ("@" in answer.text) is (status == 200)
        assert client.get("/", headers={"Host": host}).status_code == status


def test_with_a_key_the_name_does_not_matter(guarded: TestClient, key: Make) -> None:
    assert guarded.get("/v1/index", headers=key("read") | {"Host": "evil.example"}).status_code == 200


def test_what_the_guard_asks_for_are_scopes_that_a_key_can_have() -> None:
    assert {scope for _, scope in guard._SCOPES} | {"contacts"} == set(SCOPES)


def test_a_key_that_is_none_is_looked_up_once(guarded: TestClient, key: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(database: Database, secret: str) -> ApiKey | None:
        asked.append(secret)
        return find_key(database, secret)

    monkeypatch.setattr(guard, "find_key", counted)
    monkeypatch.setattr(guard, "_MOST_KNOWN", 3)
    for secret in ("mk_a", "mk_a", "mk_b", "mk_a", "mk_b"):
        assert guarded.get("/v1/index", headers={"X-API-Key": secret}).status_code == 401
    assert asked == ["mk_a", "mk_b"]
    assert guarded.get("/v1/index", headers=key("read")).status_code == 200
    assert guarded.get("/v1/index", headers={"X-API-Key": "mk_c"}).status_code == 401
    assert guarded.get("/v1/index", headers={"X-API-Key": "mk_a"}).status_code == 401
    assert asked[3:] == ["mk_c", "mk_a"]
