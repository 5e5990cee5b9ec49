"""What holds for every address, taken from the app, so that a new one cannot be forgotten."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from tests.apps.local import TestClient
from tests.apps.routes import Address, addresses

from matcher.apps.service.app import create_app
from matcher.apps.service.guard import OPEN
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import make_key
from matcher.apps.storage.shortlists import get_shortlist
from matcher.matching import Matcher

LEADS_OUT = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2fetc%2fpasswd",
    "..\\x",
    "a%00b",
    "%ff%fe",
    "x" * 5_000,
]
DEEP = "[" * 100_000
FORM = "application/x-www-form-urlencoded"
READS_A_BODY = {("POST", path) for path in (
    "/v1/match", "/v1/explain", "/v1/similar", "/v1/overlap", "/v1/briefs:parse", "/v1/briefs", "/v1/shortlists",
    "/v1/reindex")} | {("PATCH", "/v1/briefs/{brief_id}"), ("PATCH", "/v1/shortlists/{shortlist_id}"),
    ("PUT", "/v1/shortlists/{shortlist_id}/decisions/{creator_id}")}  # fmt: skip
"""Of /v1; every POST of the page does."""
IGNORES_A_BODY = {("PUT", "/v1/shortlists/{shortlist_id}/share"), ("POST", "/v1/jobs/{job_id}/cancel")}


@pytest.fixture(scope="module")
def database() -> Database:
    return Database()


@pytest.fixture(scope="module")
def app(matcher: Matcher, database: Database) -> FastAPI:
    return create_app(lambda: matcher, database, Settings(require_key=True, requests_per_minute=0))


@pytest.fixture(scope="module")
def guarded(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def admin(database: Database) -> dict[str, str]:
    return {"X-API-Key": make_key(database, "admin", ("admin",))[1]}


def filled(address: Address, value: str) -> str:
    return re.sub(r"\{\w+\}", value.replace("\\", r"\\"), address.path)


def test_there_are_as_many_as_there_were(app: FastAPI) -> None:
    found = {(one.method, one.path) for one in addresses(app)}
    assert {("POST", "/v1/match"), ("GET", "/metrics"), ("GET", "/openapi.json"), ("POST", "/")} <= found
    assert len(found) > 50
    changing = {(one.method, one.path) for one in addresses(app) if one.changes and not one.of_page}
    assert changing == READS_A_BODY | IGNORES_A_BODY


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer mk_wrong"}, {"X-API-Key": "' OR 1=1 --"}, {"Authorization": "Basic !"},
     {"Authorization": "Bearer "}, {"Authorization": "Basic bWtfd3Jvbmc6"}],
)  # fmt: skip
def test_every_route_needs_a_key_but_the_open_ones(guarded: TestClient, app: FastAPI, headers: dict[str, str]) -> None:
    for one in addresses(app):
        path = filled(one, "x")
        opened = any(path == open_ or path.startswith(f"{open_}/") for open_ in OPEN)
        answer = guarded.request(one.method, path, headers=headers)
        assert (answer.status_code == 401) is not opened, one
        if one.method != "HEAD" and not opened:
            assert answer.json()["type"] == "urn:matcher:problem:key-needed"
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_what_is_saved_is_there_for_its_key_alone(guarded: TestClient, app: FastAPI, database: Database) -> None:
    (ann, key), (_, other) = (make_key(database, name, ("match", "admin")) for name in ("Ann", "Ben"))
    hers, his = {"X-API-Key": key}, {"X-API-Key": other}
    brief = guarded.post("/v1/briefs", json={"brief": {"text": "a"}}, headers=hers).json()
    kept = guarded.post("/v1/shortlists", json={"brief": {"text": "a", "k": 1}}, headers=hers).json()
    before = get_shortlist(database, ann.id, kept["id"])
    creator = kept["shortlist"]["entries"][0]["creator_id"]
    ids = {"brief_id": brief["id"], "shortlist_id": kept["id"], "creator_id": creator}
    tried = [one for one in addresses(app) if "{brief_id}" in one.path or "{shortlist_id}" in one.path]
    assert len(tried) >= 17
    for one in tried:
        said: dict[str, Any] = {"name": "b"} if one.method == "PATCH" else {"state": "agreed"}
        form = {"name": "b", "state": "agreed", "creator_id": creator, "start": "1"}
        body = {"data": form} if one.of_page and one.changes else {"json": said} if one.changes else {}
        answer = guarded.request(one.method, one.path.format(**ids), headers=his, **body)  # type: ignore[arg-type]
        assert answer.status_code == 404, (one, answer.text[:300])
    assert get_shortlist(database, ann.id, kept["id"]) == before
    assert guarded.get(f"/v1/briefs/{brief['id']}", headers=hers).json() == brief
    for listed in ("/v1/briefs", "/v1/shortlists", "/saved"):
        assert brief["id"] not in (text := guarded.get(listed, headers=his).text) and kept["id"] not in text


@pytest.mark.parametrize("kind", ["application/json", FORM])
def test_no_route_minds_deep_and_large_bodies(
    guarded: TestClient, app: FastAPI, admin: dict[str, str], kind: str
) -> None:
    headers = admin | {"Content-Type": kind}
    for one in (address for address in addresses(app) if address.changes):
        path = filled(one, "x")
        reads = one.of_page or (one.method, one.path) in READS_A_BODY
        right = kind == (FORM if one.of_page else "application/json")
        for body in (DEEP, '{"brief": ' * 20_000, "a[" * 50_000 + "]=1", "&".join(["a=b"] * 3_000), "\x00", "\ud800"):
            answer = guarded.request(one.method, path, content=body.encode("utf-8", "replace"), headers=headers)
            assert answer.status_code < 500, (one, body[:20])
            assert not (reads and not right) or answer.status_code == 415, one
        answer = guarded.request(one.method, path, content=b" " * ((1 << 20) + 1), headers=headers)
        assert answer.status_code == 413 or not (reads and right), one
        assert answer.status_code < 500, one


@pytest.mark.parametrize("value", LEADS_OUT, ids=lambda value: value[:24])
def test_no_path_leads_out(guarded: TestClient, app: FastAPI, admin: dict[str, str], value: str) -> None:
    tried = [one for one in addresses(app) if "{" in one.path]
    assert len(tried) > 25
    for one in tried:
        for query in ({}, dict.fromkeys(one.query, "../../etc/passwd")):
            answer = guarded.request(
                one.method, filled(one, value), headers=admin, params=query, json={} if one.changes else None
            )
            assert answer.status_code < 500, (one, query, answer.text[:300])
            assert "root:" not in answer.text
