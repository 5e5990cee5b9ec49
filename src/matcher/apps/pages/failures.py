"""What a reader sees when a page cannot be made: no index yet, no such creator, a broken link, no key."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from matcher.apps.pages.rendering import language_of, render
from matcher.apps.pages.wording import wording
from matcher.errors import (
    BriefError,
    MatcherError,
    NoSnapshot,
    SnapshotError,
    StorageError,
    UnknownCreator,
    UnknownSaved,
)
from matcher.records.said import Said

log = logging.getLogger("matcher.pages")
FAMILY: tuple[tuple[type[MatcherError], int, str], ...] = (
    (NoSnapshot, 503, "no_index"),
    (SnapshotError, 503, "index_unusable"),
    (StorageError, 503, "storage_unavailable"),
    (UnknownCreator, 404, "unknown_creator"),
    (UnknownSaved, 404, "unknown_saved"),
    (BriefError, 400, "broken_link"),
    (MatcherError, 500, "engine_failure"),
)
_REFUSALS = {"key-needed", "scope-missing", "unknown-host", "cross-site", "too-many-requests", "storage-unavailable"}
"""Problems by which the service turns a request away before it comes to a page."""
_BY_STATUS = {404: "nothing_here", 413: "too_large", 500: "engine_failure"}
_PASSING = {"key_needed", "too_many_requests", "storage_unavailable", "engine_failure", "index_unusable"}
"""Failures that may be over when the same is asked once more."""
_MACHINES = ("/v1", "/metrics", "/openapi.json", "/healthz", "/readyz")
"""Addresses of programs: what they are told of is a problem document, whoever asks."""


class PageRoute(APIRoute):
    """A route whose errors are pages, not problem documents."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint, with every error on the way turned into a page."""
        handle = super().get_route_handler()

        async def handle_with_page(request: Request) -> Response:
            try:
                return await handle(request)
            except MatcherError as error:
                status, kind = next((status, kind) for family, status, kind in FAMILY if isinstance(error, family))
                return failure(request, status, kind, error.message)
            except HTTPException as error:
                kind = _BY_STATUS.get(error.status_code, "refused")
                return failure(request, error.status_code, kind, error.detail, error.headers)
            except RequestValidationError:
                return failure(request, 400, "broken_link", "")

        return handle_with_page


def _wants_page(request: Request) -> bool:
    """Whether a browser asks for a page, which a problem document would be lost on."""
    path: str = request.scope["path"]
    if any(path == one or path.startswith(f"{one}/") for one in _MACHINES):
        return False
    return "text/html" in request.headers.get("accept", "")


def page_of_problem(
    request: Request, status: int, name: str | None, detail: str, headers: Mapping[str, str] | None
) -> Response | None:
    """
    A problem of the service as a page, where a browser asked for one; it was met before, or beside, the page's routes.
    """
    if not _wants_page(request):
        return None
    kind = name.replace("-", "_") if name in _REFUSALS and name else _BY_STATUS.get(status, "refused")
    return failure(request, status, kind, detail, headers)


def failure(
    request: Request, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The page that says what is wrong and what to do next."""
    again = request.method == "GET" and kind in _PASSING
    text = wording(language_of(request)).line(detail).encode("utf-8", "replace").decode()
    context = {"kind": kind, "detail": text, "in_english": not isinstance(detail, Said), "again": again}
    answer = render(request, "failure.html", context, status)
    answer.headers.update(headers or {})
    return answer
