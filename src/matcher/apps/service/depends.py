"""What endpoints ask for: the source of the matcher, JSON bodies, and the problems that they may answer with."""

from email.message import Message
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from matcher.apps.service.problems import Problem
from matcher.apps.service.source import MatcherSource
from matcher.apps.storage import Database


async def _source(request: Request) -> MatcherSource:
    source: MatcherSource = request.app.state.matcher_source
    return source


Source = Annotated[MatcherSource, Depends(_source)]
"""The app's matcher source; call it in the endpoint, which runs in a thread, because opening an index takes time."""


async def _storage(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Storage = Annotated[Database, Depends(_storage)]
"""The app's database; use it in the endpoint, which runs in a thread."""


async def json_only(request: Request) -> None:
    """
    Refuse a body that does not call itself JSON.

    It also keeps web pages out: a browser sends this type to another site only after asking for leave.
    """
    header = Message()
    header["content-type"] = request.headers.get("content-type", "none/none")
    kind = header.get_content_type()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise HTTPException(415, "Send JSON, with the header Content-Type: application/json.")


_REASONS = {
    400: "The body is not JSON.",
    401: "A key is needed, or the one sent is none.",
    403: "The key may not do this, or another site's page asked.",
    404: "Nothing of this name, id or path.",
    408: "The body took too long to come.",
    409: "Not now: something else is under way.",
    410: "What the cursor leads to is gone; begin again without it.",
    413: "The body is above the limit.",
    415: "The body does not call itself JSON.",
    422: "The request cannot be used; `errors` names the places.",
    429: "Too many requests; `Retry-After` says when to ask again.",
    500: "Something broke; the log has the details under the request id.",
    503: "There is no index yet, or it cannot be opened; `detail` says what to do.",
}


GUARD = (401, 403, 429)
"""What the guard may answer, whatever the path."""


def may_answer(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses` for problems of these statuses."""
    return {status: {"model": Problem, "description": _REASONS[status]} for status in statuses}
