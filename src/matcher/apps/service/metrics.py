"""Metrics: how many requests, how they ended, how long they took, in the text format of Prometheus."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the workers of one service count together; prometheus_client looks for it in the environment when loaded."""
BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one service. Paths are templates (`/v1/creators/{creator_id}`), so that no id becomes a label."""

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
        """Everything counted so far, by all workers."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
