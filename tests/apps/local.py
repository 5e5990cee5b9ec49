"""A client that asks under a name of this machine, as a browser on it does."""

from typing import Any

import fastapi.testclient
from starlette.types import ASGIApp


class TestClient(fastapi.testclient.TestClient):
    """FastAPI's, addressed as localhost: without a key the service answers to no other name."""

    __test__ = False

    def __init__(self, app: ASGIApp, **options: Any) -> None:
        super().__init__(app, **({"base_url": "http://localhost"} | options))
