"""What a reader sees when a page cannot be made: no index yet, no such creator, a broken link."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from matcher.apps.pages.rendering import render
from matcher.errors import BriefError, MatcherError, NoSnapshot, SnapshotError, UnknownCreator, UnknownSaved

log = logging.getLogger("matcher.pages")
FAMILY: tuple[tuple[type[MatcherError], int, str], ...] = (
    (NoSnapshot, 503, "no_index"),
    (SnapshotError, 503, "index_unusable"),
    (UnknownCreator, 404, "unknown_creator"),
    (UnknownSaved, 404, "unknown_saved"),
    (BriefError, 400, "broken_link"),
    (MatcherError, 500, "engine_failure"),
)


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
                return failure(request, status, kind, str(error))
            except HTTPException as error:
                return failure(request, error.status_code, "refused", str(error.detail))
            except RequestValidationError:
                return failure(request, 400, "broken_link", "")

        return handle_with_page


def failure(request: Request, status: int, kind: str, detail: str) -> Response:
    """The page that says what is wrong and what to do next."""
    context = {"kind": kind, "detail": detail.encode("utf-8", "replace").decode()}
    return render(request, "failure.html", context, status)
