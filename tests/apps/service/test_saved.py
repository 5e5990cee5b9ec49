"""Saved briefs and shortlists over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.apps.service.conftest import Saved

from matcher.apps.service.cursors import pack_cursor

NOWHERE = {"brief_id": "b_0", "shortlist_id": "s_0", "creator_id": "c000001", "token": "t"}


def test_a_brief_is_kept_as_it_was_said(client: TestClient) -> None:
    brief = {"text": "防曬", "must": {"countries": ["tw"]}, "k": 3}
    made = client.post("/v1/briefs", json={"brief": brief | {"brief_id": "serum"}})
    assert made.status_code == 201
    assert made.json()["name"] == "serum"
    assert made.json()["brief"] == {"brief_id": "serum", "text": "防曬", "must": {"countries": ["TW"]}, "k": 3}
    assert client.get(f"/v1/briefs/{made.json()['id']}").json() == made.json()


def test_pages_of_a_list(client: TestClient) -> None:
    made = [client.post("/v1/briefs", json={"name": f"{n}", "brief": {"text": "a"}}).json()["id"] for n in range(5)]
    first = client.get("/v1/briefs", params={"limit": 3}).json()
    second = client.get("/v1/briefs", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert client.get("/v1/briefs", params={"limit": 200}).json()["next_cursor"] is None


@pytest.mark.parametrize("path", ["/v1/briefs", "/v1/shortlists", "/v1/jobs"])
@pytest.mark.parametrize("place", [["\ud800", "b_1"], ["2026", "\udfff"], ["\x00", "b_1"]])
def test_a_cursor_that_no_database_could_be_asked_with(client: TestClient, path: str, place: list[str]) -> None:
    answer = client.get(path, params={"cursor": pack_cursor(*place)})
    assert (answer.status_code, "is none of this list" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize("cursor", ["x", "WzFd", "[]", "W10", "é", "bnVsbA", "WyJhIl0", "' OR 1=1"])
def test_a_cursor_that_is_none_of_ours(client: TestClient, cursor: str) -> None:
    for path in ("/v1/briefs", "/v1/shortlists"):
        answer = client.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_shortlist_keeps_its_answer(client: TestClient) -> None:
    brief = {"text": "sunscreen", "k": 4, "brief_id": "serum"}
    made = client.post("/v1/shortlists", json={"name": "Spring", "note": "for Mei", "brief": brief})
    assert made.status_code == 201
    kept = made.json()
    answered = client.post("/v1/match", json=brief).json()
    assert kept["shortlist"] | {"created_at": ""} == answered | {"created_at": ""}
    assert (kept["name"], kept["note"], kept["brief"]["k"], kept["share_token"]) == ("Spring", "for Mei", 4, None)
    line = client.get("/v1/shortlists").json()["items"][0]
    assert (line["id"], line["entries"], line["brief_id"]) == (kept["id"], 4, "serum")


def test_a_rejection_needs_a_reason(client: TestClient, saved: Saved) -> None:
    kept = saved()
    path = f"/v1/shortlists/{kept['shortlist_id']}/decisions/{kept['creator_id']}"
    refused = client.put(path, json={"state": "rejected"})
    assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, "reason")
    assert client.put(path, json={"state": "contacted"}).status_code == 200
    assert client.put(path, json={"state": "maybe"}).status_code == 422
    assert client.get(f"/v1/shortlists/{kept['shortlist_id']}").json()["decisions"][0]["state"] == "contacted"


def test_a_creator_that_is_not_in_the_shortlist(client: TestClient, saved: Saved) -> None:
    answer = client.put(f"/v1/shortlists/{saved()['shortlist_id']}/decisions/nobody", json={"state": "agreed"})
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:matcher:problem:unknown-creator")


def test_a_link_shows_the_shortlist_until_it_is_taken_back(client: TestClient, saved: Saved) -> None:
    kept = saved()
    assert client.get(f"/v1/shared/{kept['token']}").json()["id"] == kept["shortlist_id"]
    client.delete(f"/v1/shortlists/{kept['shortlist_id']}/share")
    gone = client.get(f"/v1/shared/{kept['token']}")
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:matcher:problem:unknown-object")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/briefs/{brief_id}", None),
        ("PATCH", "/v1/briefs/{brief_id}", {"name": "a"}),
        ("DELETE", "/v1/briefs/{brief_id}", None),
        ("GET", "/v1/shortlists/{shortlist_id}", None),
        ("PATCH", "/v1/shortlists/{shortlist_id}", {"name": "a"}),
        ("DELETE", "/v1/shortlists/{shortlist_id}", None),
        ("PUT", "/v1/shortlists/{shortlist_id}/decisions/{creator_id}", {"state": "agreed"}),
        ("DELETE", "/v1/shortlists/{shortlist_id}/decisions/{creator_id}", None),
        ("PUT", "/v1/shortlists/{shortlist_id}/share", None),
        ("DELETE", "/v1/shortlists/{shortlist_id}/share", None),
        ("GET", "/v1/shared/{token}", None),
    ],
)
def test_what_is_not_there(client: TestClient, method: str, path: str, body: Any) -> None:
    answer = client.request(method, path.format(**NOWHERE), json=body)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:matcher:problem:unknown-object")


@pytest.mark.parametrize(
    ("path", "body", "loc"),
    [
        ("/v1/briefs", {"brief": {"text": ""}}, "brief.text"),
        ("/v1/briefs", {"name": "", "brief": {"text": "a"}}, "name"),
        ("/v1/briefs", {"name": "a\x00b", "brief": {"text": "a"}}, "name"),
        ("/v1/briefs", {"name": "a" * 201, "brief": {"text": "a"}}, "name"),
        ("/v1/briefs", {"name": "a"}, "brief"),
        ("/v1/shortlists", {"brief": {"text": "a"}, "note": "b" * 5001}, "note"),
        ("/v1/shortlists", {"brief": {"text": "a", "k": 0}}, "brief.k"),
        ("/v1/shortlists", {"brief": {"text": "a"}, "owner": "ann"}, "owner"),
    ],
)
def test_what_cannot_be_kept(client: TestClient, path: str, body: dict[str, Any], loc: str) -> None:
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, loc)
