"""POST briefs:parse over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PATH = "/v1/briefs:parse"


def test_a_text_becomes_a_brief_that_match_takes(client: TestClient) -> None:
    text = "Creators in Taiwan, ideally on TikTok, not on YouTube, budget US$5k"
    answer = client.post(PATH, json={"text": text})
    assert answer.status_code == 200
    found = answer.json()
    assert found["brief"] == {
        "text": text, "language": "en", "must": {"countries": ["TW"]}, "should": {"platforms": ["tiktok"]},
        "budget": {"amount": 5000, "currency": "USD"},
    }  # fmt: skip
    assert found["understood"][0] == {
        "field": "must.countries", "value": "TW", "words": "Taiwan", "start": 12, "end": 18,
    }  # fmt: skip
    assert [(one["words"], one["start"]) for one in found["left_out"]] == [("YouTube", 46)]
    assert client.post("/v1/match", json=found["brief"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "loc"),
    [({}, "text"), ({"text": ""}, "text"), ({"text": "  "}, "text"), ({"text": 5}, "text"),
     ({"text": "a", "k": 3}, "k"),
     ({"text": "a" * 100_001}, "text")],
)  # fmt: skip
def test_what_cannot_be_read(client: TestClient, body: dict[str, Any], loc: str) -> None:
    answer = client.post(PATH, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, loc)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_no_text_breaks_it(client: TestClient, text: str) -> None:
    assert client.post(PATH, json={"text": text}).status_code in (200, 422)
