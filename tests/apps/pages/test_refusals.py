"""Whoever is turned away in a browser gets a page that says what to do; programs get a problem document."""

from typing import Any

import pytest

from matcher.apps.service.app import create_app
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.apps.storage.keys import make_key
from matcher.matching import Matcher
from tests.apps.local import TestClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
REFUSALS: list[tuple[str, str, dict[str, Any], int, str, str]] = [
    ("GET", "/", {}, 401, "A key is needed", '<a class="button" href="/">Try again</a>'),
    ("GET", "/saved?b=x", {"headers": {"X-API-Key": "mk_wrong"}}, 401, "A key is needed",
     'href="/saved?b=x">Try again</a>'),
    ("GET", "/index", {"key": {}}, 403, "Your key may not do this", "this needs read"),
    ("GET", "/saved", {"key": {"requests_per_minute": 1}}, 429, "Too many requests", 'href="/saved">Try again</a>'),
    ("POST", "/saved", {"key": {}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403,
     "This did not come from our own page", "Nothing was changed"),
    ("POST", "/", {"key": {"max_body_bytes": 9}, "data": {"text": "a" * 99}}, 413,
     "That is too much at once", "shorten the text"),
    ("GET", "/nowhere", {"key": {"scopes": ("admin",)}}, 404, "There is nothing at this address",
     'href="/">New brief</a>'),
    ("PUT", "/saved", {"key": {}}, 405, "This page cannot be shown", "takes GET"),
]  # fmt: skip


@pytest.fixture
def guarded(matcher: Matcher, database: Database) -> TestClient:
    app = create_app(lambda: matcher, database, Settings(require_key=True))
    return TestClient(app, headers=BROWSER, follow_redirects=False)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: f"{one[3]} {one[4]}")
def test_a_browser_that_is_turned_away_gets_a_page(guarded: TestClient, database: Database, refusal: Any) -> None:
    method, path, asked, status, title, said = refusal
    asked = dict(asked)
    if "key" in asked:
        limits = {"scopes": ("match",)} | asked.pop("key")
        asked["auth"] = ("reader", make_key(database, "a key", **limits)[1])
        if status == 429:
            assert guarded.request(method, path, **asked).status_code == 200
    answer = guarded.request(method, path, **asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in answer.text and said in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert ("Basic" in answer.headers.get("www-authenticate", "")) is (status == 401)
    assert ("retry-after" in answer.headers) is (status == 429)

    plain = guarded.request(method, path, **asked | {"headers": asked.get("headers", {}) | {"Accept": "*/*"}})
    if status != 413:  # the form's own route found that out, and answers with a page whoever asks
        assert (plain.status_code, plain.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/match", "/v1/nowhere", "/v1/jobs/x", "/metrics", "/openapi.json"])
def test_addresses_of_programs_answer_programs(guarded: TestClient, path: str) -> None:
    answer = guarded.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("host", ["evil.example", "[::1", ""])
def test_a_name_that_is_not_ours_is_said_on_a_page(matcher: Matcher, host: str) -> None:
    client = TestClient(create_app(lambda: matcher), headers=BROWSER)
    answer = client.get("/shortlist", headers={"Host": host, "Accept-Language": "zh-TW"})
    assert (answer.status_code, '<html lang="zh-Hant"' in answer.text) == (403, True)
    assert "localhost" in answer.text


def test_a_database_that_does_not_answer_is_said_on_a_page(matcher: Matcher) -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none")
    client = TestClient(create_app(lambda: matcher, away), headers=BROWSER)
    answer = client.get("/saved")
    assert (answer.status_code, "The database does not answer" in answer.text) == (503, True)
    assert client.get("/").status_code == 200  # briefs are answered all the same
    guarded = TestClient(create_app(lambda: matcher, away, Settings(require_key=True)), headers=BROWSER)
    answer = guarded.get("/", auth=("reader", "mk_some"))
    assert (answer.status_code, "The database does not answer" in answer.text) == (503, True)


def test_what_breaks_is_a_page_too_and_says_nothing_of_the_inside(matcher: Matcher) -> None:
    def broken() -> Matcher:
        raise ZeroDivisionError("secret inside")

    client = TestClient(create_app(broken), headers=BROWSER)
    answer = client.get("/")
    assert (answer.status_code, "Something went wrong" in answer.text) == (500, True)
    assert answer.headers["x-request-id"] in answer.text
    assert "secret" not in answer.text
