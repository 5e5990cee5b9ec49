"""Metrics: how many requests, how they ended, how long they took, in the text format of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one app. Paths are templates (`/v1/creators/{creator_id}`), so that no id becomes a label."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "matcher_http_requests", "Requests answered.", ("method", "path", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "matcher_http_request_seconds",
            "Time from a request's headers to the last of its answer.",
            ("method", "path"),
            buckets=BUCKETS_S,
            registry=self._registry,
        )

    def record(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, path, str(status)).inc()
        self._seconds.labels(method, path).observe(seconds)

    def text(self) -> bytes:
        """Everything counted so far."""
        return generate_latest(self._registry)
