"""Healthz, readyz and metrics."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from tests.apps.local import TestClient

from matcher.apps.service.app import create_app
from matcher.apps.service.source import LiveMatcher
from matcher.matching import Matcher


def test_health_needs_no_index(tmp_path: Path) -> None:
    client = TestClient(create_app(LiveMatcher(tmp_path)))
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"status": "ok"})
    assert client.get("/v1/dictionaries/goals").status_code == 200


def test_not_ready_without_an_index_then_ready(tmp_path: Path, build: Callable[[Path], str]) -> None:
    client = TestClient(create_app(LiveMatcher(tmp_path, check_every_s=0.0)))
    expected = {
        "type": "urn:matcher:problem:no-index",
        "title": "There is no index yet",
        "status": 503,
        "detail": f"{tmp_path} holds no index yet.\n"
        f"Make one:  matcher reindex --creators … --posts … --indexes {tmp_path}",
        "errors": [],
        "request_id": "r",
    }
    for method, path in (("GET", "/readyz"), ("GET", "/v1/index"), ("GET", "/v1/creators/a"), ("POST", "/v1/match")):
        body = {"text": "serum"} if method == "POST" else None
        answer = client.request(method, path, json=body, headers={"X-Request-ID": "r"})
        assert (answer.status_code, answer.json()) == (503, expected)
    made = build(tmp_path)
    assert client.get("/readyz").json() == {"status": "ready", "snapshot_id": made}
    assert client.post("/v1/match", json={"text": "serum"}).json()["snapshot_id"] == made


def test_an_encoder_that_is_not_there_is_not_ready(indexes: Path) -> None:
    answer = TestClient(create_app(LiveMatcher(indexes, "./no/such/encoder"))).get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:matcher:problem:engine-failure")
    assert "no encoder folder './no/such/encoder'" in answer.json()["detail"]


def test_metrics_count_requests_by_route_and_status(matcher: Matcher) -> None:
    client = TestClient(create_app(lambda: matcher))
    for creator_id in ("c000000", "c000001", "nobody"):
        client.get(f"/v1/creators/{creator_id}")
    client.get("/v1/match")
    client.get("/wp-admin.php")
    client.request("BREW", "/coffee")
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    counted = [line for line in answer.text.splitlines() if line.startswith("matcher_http_requests_total")]
    assert counted == [
        'matcher_http_requests_total{method="GET",path="/v1/creators/{creator_id}",status="200"} 2.0',
        'matcher_http_requests_total{method="GET",path="/v1/creators/{creator_id}",status="404"} 1.0',
        'matcher_http_requests_total{method="GET",path="/v1/match",status="405"} 1.0',
        'matcher_http_requests_total{method="GET",path="unknown",status="404"} 1.0',
        'matcher_http_requests_total{method="other",path="unknown",status="404"} 1.0',
    ]
    timed = 'matcher_http_request_seconds_count{method="GET",path="/v1/creators/{creator_id}"} 3.0'
    assert timed in answer.text.splitlines()
    assert "nobody" not in answer.text


def test_not_ready_while_the_first_snapshot_is_being_warmed(indexes: Path) -> None:
    begun, go_on = Event(), Event()

    def warm(matcher: Matcher) -> None:
        begun.set()
        go_on.wait(30)

    source = LiveMatcher(indexes, warm=warm)
    client = TestClient(create_app(source))
    source.watch()
    assert begun.wait(30)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:matcher:problem:index-opening")
    assert answer.headers["retry-after"] == "1"
    assert client.get("/healthz").status_code == 200
    go_on.set()
    assert client.post("/v1/match", json={"text": "serum"}).status_code == 200  # whoever cannot wait waits here
    assert client.get("/readyz").status_code == 200
