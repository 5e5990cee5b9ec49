"""The OpenAPI document: complete, and its examples run."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

OPERATIONS = {
    ("post", "/v1/match"): "match_brief",
    ("post", "/v1/briefs:parse"): "parse_brief",
    ("post", "/v1/explain"): "explain_creator",
    ("post", "/v1/similar"): "find_similar",
    ("get", "/v1/creators/{creator_id}"): "get_creator",
    ("get", "/v1/index"): "get_index",
    ("get", "/v1/dictionaries/{name}"): "get_dictionary",
    ("get", "/healthz"): "get_health",
    ("get", "/readyz"): "get_readiness",
    ("get", "/metrics"): "get_metrics",
}


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(method, path): op for path, ops in document["paths"].items() for method, op in ops.items()}


def test_every_operation_has_its_id(document: dict[str, Any]) -> None:
    assert {place: op["operationId"] for place, op in operations(document).items()} == OPERATIONS


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    for operation in operations(document).values():
        assert operation["summary"]
        assert operation["description"]


def test_every_problem_is_a_problem_document(document: dict[str, Any]) -> None:
    expected = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operation in operations(document).values():
        problems = {status: r["content"] for status, r in operation["responses"].items() if status[0] in "45"}
        assert problems
        assert all(content == expected for content in problems.values())
    assert set(document["components"]["schemas"]["Problem"]["properties"]) == {
        "type", "title", "status", "detail", "errors", "request_id",
    }  # fmt: skip
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_the_statuses_of_match(document: dict[str, Any]) -> None:
    assert sorted(document["paths"]["/v1/match"]["post"]["responses"]) == [
        "200", "400", "413", "415", "422", "500", "503",
    ]  # fmt: skip


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    used = {part.split('"')[0] for part in json.dumps(document).split('"$ref": "')[1:]}
    assert used - names == set()


def test_match_takes_a_brief_and_gives_a_shortlist(document: dict[str, Any]) -> None:
    operation, schemas = document["paths"]["/v1/match"]["post"], document["components"]["schemas"]
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    given = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert (asked["$ref"], given["$ref"]) == ("#/components/schemas/Brief", "#/components/schemas/Shortlist")
    assert schemas["Brief"]["required"] == ["text"]
    assert schemas["Brief"]["additionalProperties"] is False
    assert {"entries", "funnel", "warnings", "snapshot_id"} <= set(schemas["Shortlist"]["properties"])


def test_the_examples_run(client: TestClient, document: dict[str, Any]) -> None:
    ran = 0
    for (method, path), operation in operations(document).items():
        if method == "post":
            for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
                answer = client.post(path, json=example["value"])
                assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
                ran += 1
        else:
            parameters = [p for p in operation.get("parameters", []) if p["in"] == "path"]
            filled = {p["name"]: p["schema"]["examples"][0] for p in parameters}
            assert client.get(path.format(**filled)).status_code == 200
            ran += 1
    assert ran == 9 + 6


def test_pages_that_would_load_scripts_from_elsewhere_are_off(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
