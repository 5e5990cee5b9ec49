"""Whatever goes wrong, the answer is a problem document; these are compared whole."""

import logging
from typing import Any, NoReturn

import pytest
from tests.apps.local import TestClient

from matcher.apps.service.app import create_app
from matcher.errors import (
    EncoderDamaged,
    InputError,
    MatcherError,
    NoSnapshot,
    SnapshotDamaged,
    SnapshotMismatch,
    StorageError,
    UnknownSaved,
)
from matcher.matching import Matcher

ID = {"X-Request-ID": "test-1"}
INVALID = {"type": "urn:matcher:problem:invalid-request", "title": "The request cannot be used", "status": 422}
UNKNOWN_FIELD = "not a known field; did you mean 'followers'?"


def plain(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "errors": []}


def invalid(detail: str, *errors: tuple[str, str]) -> dict[str, Any]:
    return INVALID | {"detail": detail, "errors": [{"loc": loc, "msg": msg} for loc, msg in errors]}


POSTS = [
    pytest.param(
        "/v1/match", {"text": "serum", "must": {"follwers": {"min": 1}}},
        invalid(f"the brief cannot be used:\n  must.follwers: {UNKNOWN_FIELD}", ("must.follwers", UNKNOWN_FIELD)),
        id="unknown field of a brief",
    ),
    pytest.param(
        "/v1/match", {"brief_id": "b1"},
        invalid("brief 'b1' cannot be used:\n  text: is required", ("text", "is required")), id="no text",
    ),
    pytest.param(
        "/v1/match", ["serum"], invalid("a brief must be an object with at least 'text', not a list"),
        id="not an object",
    ),
    pytest.param(
        "/v1/explain", {"brief": {}, "creator_id": "c000001"},
        invalid("the brief cannot be used:\n  text: is required", ("brief.text", "is required")),
        id="a brief inside a body",
    ),
    pytest.param(
        "/v1/explain", {"brief": {"text": "serum"}},
        invalid("the request cannot be used:\n  creator_id: is required", ("creator_id", "is required")),
        id="no creator to explain",
    ),
    pytest.param(
        "/v1/similar", {"creator_ids": ["c000001"], "by": "face", "top": 3},
        invalid(
            "the request cannot be used:\n  by: must be 'content' or 'audience' (got 'face')\n  top: not a known field",
            ("by", "must be 'content' or 'audience' (got 'face')"), ("top", "not a known field"),
        ),
        id="two mistakes",
    ),
    pytest.param(
        "/v1/similar", {"creator_ids": []},
        invalid("the request cannot be used:\n  creator_ids: must have at least 1 item",
                ("creator_ids", "must have at least 1 item")),
        id="nobody to be like",
    ),
    pytest.param(
        "/v1/overlap", {"creator_ids": ["c"] * 101},
        invalid("the request cannot be used:\n  creator_ids: must have at most 100 items",
                ("creator_ids", "must have at most 100 items")),
        id="too many",
    ),
    pytest.param(
        "/v1/briefs:parse", {"text": ""},
        invalid("the request cannot be used:\n  text: must have at least 1 character (got '')",
                ("text", "must have at least 1 character (got '')")),
        id="no words to parse",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "expected"), POSTS)
def test_a_body_that_cannot_be_used(client: TestClient, path: str, body: Any, expected: dict[str, Any]) -> None:
    answer = client.post(path, json=body, headers=ID)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == expected | {"request_id": "test-1"}
    assert answer.status_code == 422


def test_a_parameter_that_cannot_be_used(client: TestClient) -> None:
    answer = client.get("/v1/creators/c000001?contacts=perhaps", headers=ID)
    what = "must be a valid boolean, unable to interpret input (got 'perhaps')"
    expected = invalid(f"the request cannot be used:\n  contacts: {what}", ("contacts", what))
    assert answer.json() == expected | {"request_id": "test-1"}


def test_a_creator_that_is_not_there(client: TestClient, matcher: Matcher) -> None:
    expected = {
        "type": "urn:matcher:problem:unknown-creator",
        "title": "No such creator",
        "status": 404,
        "detail": f"snapshot {matcher.snapshot_id} holds no creator '../../etc/passwd'; "
        "the key is creator_id, not the handle",
        "errors": [],
        "request_id": "test-1",
    }
    asked = "../../etc/passwd"
    for answer in (
        client.get("/v1/creators/..%2F..%2Fetc%2Fpasswd", headers=ID),
        client.post("/v1/explain", json={"brief": {"text": "serum"}, "creator_id": asked}, headers=ID),
        client.post("/v1/similar", json={"creator_ids": [asked]}, headers=ID),
    ):
        assert (answer.status_code, answer.json()) == (404, expected)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/v2/match", plain(404, "Not Found", "There is nothing at /v2/match.")),
        ("GET", "/v1/match", plain(405, "Method Not Allowed", "/v1/match takes POST, not GET.")),
        ("DELETE", "/v1/index", plain(405, "Method Not Allowed", "/v1/index takes GET, not DELETE.")),
        (
            "GET",
            "/v1/dictionaries/colours",
            plain(
                404,
                "Not Found",
                "There is no dictionary 'colours'; there are account_kinds, brand_safety, categories, countries, "
                "goals, languages, platforms, signals, tiers.",
            ),
        ),
    ],
)
def test_a_place_that_is_not_there(client: TestClient, method: str, path: str, expected: dict[str, Any]) -> None:
    answer = client.request(method, path, headers=ID)
    assert answer.json() == expected | {"request_id": "test-1"}
    assert answer.status_code == expected["status"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_405_says_what_is_allowed(client: TestClient) -> None:
    assert client.get("/v1/match").headers["allow"] == "POST"


def failing(error: Exception) -> TestClient:
    def source() -> NoReturn:
        raise error

    return TestClient(create_app(source))


FAMILY = [
    pytest.param(NoSnapshot("make one"), 503, "no-index", "There is no index yet", id="no index"),
    pytest.param(SnapshotDamaged("a file"), 503, "index-unusable", "The index cannot be used", id="damaged"),
    pytest.param(SnapshotMismatch("encoder"), 503, "index-unusable", "The index cannot be used", id="mismatch"),
    pytest.param(EncoderDamaged("a row"), 500, "engine-failure", "The engine cannot answer", id="encoder"),
    pytest.param(InputError("none"), 409, "tables-unset", "The service has no tables to read", id="input"),
    pytest.param(UnknownSaved("a"), 404, "unknown-object", "Nothing is saved here", id="saved"),
    pytest.param(StorageError("down"), 503, "storage-unavailable", "The database cannot be used", id="storage"),
    pytest.param(MatcherError("something"), 500, "engine-failure", "The engine cannot answer", id="root"),
]


@pytest.mark.parametrize(("error", "status", "name", "title"), FAMILY)
def test_errors_of_the_family(error: MatcherError, status: int, name: str, title: str) -> None:
    answer = failing(error).post("/v1/match", json={"text": "serum"}, headers=ID)
    assert answer.status_code == status
    assert answer.json() == {
        "type": f"urn:matcher:problem:{name}",
        "title": title,
        "status": status,
        "detail": str(error),
        "errors": [],
        "request_id": "test-1",
    }


def test_an_error_that_nobody_foresaw_keeps_its_inside_to_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "matcher.service"):
        answer = failing(ZeroDivisionError("password 1234")).post("/v1/match", json={"text": "serum"}, headers=ID)
    detail = "Something broke on our side. The log has it under request id test-1."
    assert answer.json() == plain(500, "Internal Server Error", detail) | {"request_id": "test-1"}
    assert (answer.status_code, answer.headers["x-request-id"]) == (500, "test-1")
    assert caplog.messages == ["request test-1 broke"]
    assert "password 1234" in caplog.text
