"""Match, explain and similar over HTTP say what the library says."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from matcher.demo import briefs
from matcher.matching import Matcher
from matcher.matching.similar import By

NOBODY = {"text": "sunscreen", "must": {"platforms": ["tiktok"], "followers": {"min": 900_000_000}}}


def without_time(shortlist: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shortlist.items() if name != "created_at"}


@pytest.mark.parametrize("brief", [pytest.param(brief, id=brief["brief_id"]) for brief in briefs()])
def test_match_gives_the_shortlist_of_the_library(client: TestClient, matcher: Matcher, brief: dict[str, Any]) -> None:
    answer = client.post("/v1/match", json=brief)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert without_time(answer.json()) == without_time(json.loads(matcher.match(brief).to_json()))
    assert list(answer.json()) == list(matcher.match(brief).to_dict())


def test_the_demo_briefs_find_somebody(client: TestClient) -> None:
    found = [len(client.post("/v1/match", json={"text": b["text"], "k": 7}).json()["entries"]) for b in briefs()]
    assert found == [7, 7, 7, 7]


def test_nobody_found_is_an_answer_with_its_funnel(client: TestClient) -> None:
    answer = client.post("/v1/match", json=NOBODY)
    assert answer.status_code == 200
    assert answer.json()["entries"] == []
    steps = [(step["step"], step["creators"]) for step in answer.json()["funnel"]]
    assert steps[0] == ("all", 60)
    assert [name for name, _ in steps] == ["all", "must.platforms", "must.followers"]
    assert 0 < steps[1][1] < 60
    assert steps[2][1] == 0


def test_explain_gives_the_explanation_of_the_library(client: TestClient, matcher: Matcher) -> None:
    brief = {"text": "gentle sunscreen", "must": {"countries": ["TW"]}, "k": 3}
    for creator_id in ("c000000", "c000001"):
        answer = client.post("/v1/explain", json={"brief": brief, "creator_id": creator_id})
        assert answer.status_code == 200
        assert answer.json() == json.loads(json.dumps(matcher.explain(brief, creator_id).to_dict()))


def test_explain_names_the_filter_that_took_a_creator_out(client: TestClient) -> None:
    body = {"brief": {"text": "noodles", "must": {"countries": ["TW"]}}, "creator_id": "c000000"}
    answer = client.post("/v1/explain", json=body).json()
    assert (answer["in_shortlist"], answer["rank"]) == (False, None)
    assert answer["failed_filters"] == [{"step": "must.countries", "wanted": "TW", "found": "US"}]


@pytest.mark.parametrize("by", ["content", "audience"])
def test_similar_gives_the_creators_of_the_library(client: TestClient, matcher: Matcher, by: By) -> None:
    answer = client.post("/v1/similar", json={"creator_ids": ["c000000", "c000003"], "k": 4, "by": by})
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(matcher.similar(["c000000", "c000003"], 4, by).to_dict()))
    assert len(answer.json()["entries"]) == 4


def test_similar_has_defaults(client: TestClient) -> None:
    answer = client.post("/v1/similar", json={"creator_ids": ["c000000"]}).json()
    assert (answer["by"], len(answer["entries"])) == ("content", 15)


def test_requests_at_once_do_not_mix(client: TestClient, matcher: Matcher) -> None:
    asked = [{"brief_id": f"b{i}", "text": briefs()[i % 4]["text"], "k": 1 + i % 5} for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda brief: client.post("/v1/match", json=brief).json(), asked))
    expected = [json.loads(shortlist.to_json()) for shortlist in matcher.match_many(asked)]
    assert [without_time(a) for a in answers] == [without_time(e) for e in expected]
