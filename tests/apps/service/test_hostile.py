"""Requests that mean harm: none gets a 500, a file, or somebody else's rows."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.service.conftest import Saved

SQL = ["' OR '1'='1", "'; DROP TABLE briefs; --", '" OR ""="', "1 UNION SELECT * FROM keys", "%' AND 1=1 --", "\\'; --"]
TRAVERSAL = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "..\\..\\x",
    "a%00b",
    ".",
]


@pytest.mark.parametrize("text", SQL)
def test_sql_in_every_field_is_text(client: TestClient, saved: Saved, text: str) -> None:
    kept = saved()
    before = len(client.get("/v1/briefs", params={"limit": 200}).json()["items"])
    brief = {"text": text, "brief_id": text, "brand": {"name": text, "handles": [text]},
             "must": {"keywords": [text], "platforms": [text], "categories": [text]},
             "must_not": {"creator_ids": [text], "keywords": [text], "worked_with": [text]}}  # fmt: skip
    assert client.post("/v1/match", json=brief).status_code == 200
    made = client.post("/v1/briefs", json={"name": text, "brief": brief})
    assert (made.status_code, made.json()["name"]) == (201, text)
    shortlist = client.post("/v1/shortlists", json={"name": text, "note": text, "brief": brief})
    assert (shortlist.status_code, shortlist.json()["note"]) == (201, text)
    decision = {"state": "rejected", "reason": text, "note": text}
    path = f"/v1/shortlists/{kept['shortlist_id']}/decisions/{kept['creator_id']}"
    assert client.put(path, json=decision).json()["reason"] == text
    for where in ("/v1/briefs", "/v1/shortlists", "/v1/jobs", "/v1/shared", "/v1/creators", "/v1/dictionaries"):
        assert client.get(f"{where}/{text}").status_code == 404
        assert client.get(where, params={"cursor": text, "limit": text}).status_code in (404, 422)
    assert client.put(f"/v1/shortlists/{text}/decisions/{text}", json=decision).status_code == 404
    assert client.post("/v1/similar", json={"creator_ids": [text]}).status_code == 404
    assert client.post("/v1/explain", json={"brief": brief, "creator_id": text}).status_code == 404
    assert client.get("/v1/index", headers={"X-API-Key": text}).status_code == 401
    assert len(client.get("/v1/briefs", params={"limit": 200}).json()["items"]) == before + 1


@pytest.mark.parametrize("path", TRAVERSAL)
@pytest.mark.parametrize(
    "where",
    ["/v1/creators/{}", "/v1/briefs/{}", "/v1/shortlists/{}", "/v1/shortlists/{}/export", "/v1/jobs/{}", "/v1/jobs/{}/log",
     "/v1/shared/{}", "/v1/dictionaries/{}", "/static/{}"],
)  # fmt: skip
def test_no_path_leads_out(client: TestClient, where: str, path: str) -> None:
    answer = client.get(where.format(path))
    assert answer.status_code in (404, 405, 422) or "root:" not in answer.text
    assert answer.status_code < 500
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/v1/briefs", "/v1/shortlists", "/v1/briefs:parse", "/v1/reindex", "/v1/overlap"])
@pytest.mark.parametrize(
    "body",
    [
        b'{"brief": ' * 5_000 + b"{}" + b"}" * 5_000,
        b"[" * 100_000,
        b'{"brief": {"text": "a", "k": ' + b"9" * 6000 + b"}}",
        b'{"text": "\\ud800"}',
        b'{"brief": {"text": "a\\u0000b"}, "name": "\\u0000"}',
        b'{"a": 1, "a": 2}',
        b"NaN",
        b'"text"',
        b"null",
        b"",
        b"\xff\xfe",
    ],
    ids=[
        "nested brief",
        "nested list",
        "endless number",
        "surrogate",
        "nul",
        "twice",
        "nan",
        "text",
        "null",
        "empty",
        "bytes",
    ],
)
def test_odd_bodies(client: TestClient, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400, 422)
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
                       max_leaves=6)  # fmt: skip
_FIELDS = st.sampled_from(
    ["brief_id", "language", "brand", "goal", "target_audience", "must", "should", "must_not", "budget", "k", "weights"]
)
_CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "platforms": st.lists(st.text(max_size=8), max_size=2), "countries": st.lists(st.sampled_from(["TW", "vn", "zz"])),
        "followers": st.fixed_dictionaries({}, optional={"min": st.floats(), "max": st.integers()}),
        "keywords": st.lists(st.text(max_size=8), max_size=3), "languages": st.lists(st.text(max_size=5), max_size=2),
        "price": st.fixed_dictionaries({"max": st.floats(), "currency": st.text(max_size=3)}),
        "last_post_within_days": st.integers(), "tiers": st.lists(st.sampled_from(["micro", "mega", "x"])),
        "audience_country": st.dictionaries(st.sampled_from(["TW", "VN"]), st.floats(0, 1)),
    },
)  # fmt: skip
_BRIEFS = st.fixed_dictionaries(
    {"text": st.text(max_size=60)},
    optional={"must": _CONDITIONS, "should": _CONDITIONS, "k": st.integers(-1, 600),
              "weights": st.dictionaries(st.sampled_from(["relevance", "audience", "x"]), st.floats(-1, 9))},
)  # fmt: skip


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(brief=_BRIEFS | st.dictionaries(_FIELDS, _VALUES, max_size=4).map(lambda fields: {"text": "a", **fields}))
def test_no_brief_breaks_it(client: TestClient, brief: dict[str, Any]) -> None:
    content = json.dumps(brief).encode()
    answer = client.post("/v1/match", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400, 422), answer.text
