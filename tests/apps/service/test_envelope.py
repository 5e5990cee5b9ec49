"""Ids, limits and bodies that mean harm."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

JSON = {"Content-Type": "application/json"}
MIB = 1 << 20


def body_of(size: int) -> bytes:
    frame = b'{"text": "sunscreen", "brief_id": ""}'
    return b'{"text": "sunscreen", "brief_id": "%b"}' % (b"x" * (size - len(frame)))


def test_a_request_id_comes_back(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "trace-1.2_A"}).headers["x-request-id"] == "trace-1.2_A"


@pytest.mark.parametrize("given", [None, "", "two words", "x" * 129, "a\tb", "<b>"])
def test_a_missing_or_odd_request_id_is_replaced(client: TestClient, given: str | None) -> None:
    made = [client.get("/nowhere", headers={} if given is None else {"X-Request-ID": given}) for _ in range(2)]
    ids = [answer.headers["x-request-id"] for answer in made]
    assert ids == [answer.json()["request_id"] for answer in made]
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in ids)
    assert ids[0] != ids[1]


def test_a_body_of_exactly_the_limit_is_read(client: TestClient) -> None:
    answer = client.post("/v1/match", content=body_of(MIB), headers=JSON)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, "brief_id")


def test_a_body_above_the_limit_is_refused_by_its_declared_length(client: TestClient) -> None:
    answer = client.post("/v1/match", content=body_of(MIB + 1), headers=JSON)
    assert (answer.status_code, answer.json()["title"]) == (413, "Content Too Large")
    assert answer.json()["detail"] == "A body may have up to 1,048,576 bytes; this one is 1048577 bytes."


def test_a_body_above_the_limit_is_refused_while_it_comes_in(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b" " * (MIB // 2)] * 3

    answer = client.post("/v1/match", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        pytest.param(b"{bad", "The body is not JSON: Expecting property name", id="not JSON"),
        pytest.param(b'{"text": "\xff"}', "There was an error parsing the body", id="not UTF-8"),
        pytest.param(b"[" * 200_000, "There was an error parsing the body", id="nested without end"),
        pytest.param(b'{"text": "a", "k": ' + b"9" * 5000 + b"}", "There was an error parsing", id="endless number"),
    ],
)
def test_a_body_that_is_not_json(client: TestClient, content: bytes, detail: str) -> None:
    answer = client.post("/v1/match", content=content, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["title"] == "Bad Request"
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_a_body_has_to_call_itself_json(client: TestClient, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = client.post("/v1/match", content=b'{"text": "sunscreen"}', headers=headers)
    assert answer.status_code == 415
    assert answer.json()["detail"] == "Send JSON, with the header Content-Type: application/json."


def test_json_by_another_name_is_json(client: TestClient) -> None:
    headers = {"Content-Type": "application/vnd.brief+json; charset=utf-8"}
    assert client.post("/v1/match", content=b'{"text": "sunscreen"}', headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/v1/match", "/v1/explain", "/v1/similar"])
def test_deep_bodies_never_break_the_service(client: TestClient, path: str) -> None:
    # Just below the depth at which a body cannot be read, it can be read but not shown in an error.
    for depth in (50, 500, *range(900, 1000, 2)):
        deep = "[" * depth + "1" + "]" * depth
        for body in (deep, f'{{"text": {deep}}}', f'{{"brief": {{"text": {deep}}}, "creator_id": "a"}}'):
            assert client.post(path, content=body.encode(), headers=JSON).status_code in (400, 422)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"\\ud800": 1, "text": "a"}', id="half a surrogate as a field"),
        pytest.param('{"text": "\\ud800"}', id="half a surrogate as text"),
        pytest.param('{"text": "a", "weights": {"relevance": NaN}}', id="NaN"),
        pytest.param('{"text": "a", "budget": {"amount": 1e999, "currency": "USD"}}', id="infinity"),
        pytest.param('{"text": "a", "must": {"platforms": [null]}}', id="null in a list"),
    ],
)
def test_odd_values_are_named(client: TestClient, body: str) -> None:
    answer = client.post("/v1/match", content=body.encode(), headers=JSON)
    assert answer.status_code == 422
    assert len(json.loads(answer.content)["errors"]) == 1
