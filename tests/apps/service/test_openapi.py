"""The OpenAPI document: complete, and its examples run."""

import json
from typing import Any

import pytest
from tests.apps.local import TestClient
from tests.apps.service.conftest import Saved, settle

OPERATIONS = {
    ("post", "/v1/match"): "match_brief",
    ("post", "/v1/briefs:parse"): "parse_brief",
    ("get", "/v1/briefs"): "list_briefs",
    ("post", "/v1/briefs"): "create_brief",
    ("get", "/v1/briefs/{brief_id}"): "get_brief",
    ("patch", "/v1/briefs/{brief_id}"): "change_brief",
    ("delete", "/v1/briefs/{brief_id}"): "delete_brief",
    ("get", "/v1/shortlists"): "list_shortlists",
    ("post", "/v1/shortlists"): "create_shortlist",
    ("get", "/v1/shortlists/{shortlist_id}"): "get_shortlist",
    ("patch", "/v1/shortlists/{shortlist_id}"): "change_shortlist",
    ("delete", "/v1/shortlists/{shortlist_id}"): "delete_shortlist",
    ("put", "/v1/shortlists/{shortlist_id}/decisions/{creator_id}"): "decide",
    ("delete", "/v1/shortlists/{shortlist_id}/decisions/{creator_id}"): "undecide",
    ("get", "/v1/shortlists/{shortlist_id}/export"): "export_shortlist",
    ("post", "/v1/overlap"): "estimate_overlap",
    ("put", "/v1/shortlists/{shortlist_id}/share"): "share_shortlist",
    ("delete", "/v1/shortlists/{shortlist_id}/share"): "unshare_shortlist",
    ("get", "/v1/shared/{token}"): "get_shared_shortlist",
    ("post", "/v1/reindex"): "start_reindex",
    ("get", "/v1/jobs"): "list_jobs",
    ("get", "/v1/jobs/{job_id}"): "get_job",
    ("get", "/v1/jobs/{job_id}/log"): "get_job_log",
    ("post", "/v1/jobs/{job_id}/cancel"): "cancel_job",
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
        "200", "400", "401", "403", "408", "410", "413", "415", "422", "429", "500", "503",
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


def bodies(operation: dict[str, Any]) -> list[Any]:
    """The example bodies of an operation; an empty one where only the type of the body is asked for."""
    if "requestBody" not in operation:
        return [{}]
    return [one["value"] for one in operation["requestBody"]["content"]["application/json"]["examples"].values()]


def test_the_examples_run(client: TestClient, document: dict[str, Any], saved: Saved) -> None:
    ran = []
    for (method, path), operation in sorted(operations(document).items(), key=lambda one: one[0][0] == "delete"):
        for body in bodies(operation):
            kept = saved()
            settle(client)
            parameters = [p for p in operation.get("parameters", []) if p["in"] == "path"]
            filled = {p["name"]: kept.get(p["name"], p["schema"]["examples"][0]) for p in parameters}
            answer = client.request(method, path.format(**filled), json=body)
            expected = next(int(status) for status in operation["responses"] if status[0] == "2")
            assert answer.status_code == expected, (method, path, answer.text)
            ran.append((method, path))
    assert set(ran) == set(OPERATIONS)
    assert len(ran) > len(OPERATIONS)


def test_pages_that_would_load_scripts_from_elsewhere_are_off(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
