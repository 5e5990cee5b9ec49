"""Problems: every error as an RFC 9457 problem document, whoever raised it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from matcher.errors import (
    BriefError,
    InputError,
    JobRunning,
    MatcherError,
    NoSnapshot,
    SnapshotError,
    StorageError,
    UnknownCreator,
    UnknownSaved,
)
from matcher.records.said import say

MEDIA_TYPE = "application/problem+json"


class ProblemPlace(BaseModel):
    """One thing that is wrong, and where."""

    loc: str
    """Dotted path in the body (`must.followers.min`), or the name of a parameter."""
    msg: str


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:matcher:problem:invalid-request",
                    "title": "The request cannot be used",
                    "status": 422,
                    "detail": "brief 'brief' cannot be used:\n  text: is required",
                    "errors": [{"loc": "text", "msg": "is required"}],
                    "request_id": "5f0c2d9e8a3b4f0f9f6f7f2b4f1f8b9a",
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ProblemPlace] = []
    request_id: str


INVALID = "invalid-request"
INVALID_TITLE = "The request cannot be used"
FAMILY: dict[type[BaseException], tuple[int, str, str]] = {
    BriefError: (422, INVALID, INVALID_TITLE),
    UnknownCreator: (404, "unknown-creator", "No such creator"),
    UnknownSaved: (404, "unknown-object", "Nothing is saved here"),
    JobRunning: (409, "job-running", "Another job is running"),
    InputError: (409, "tables-unset", "The service has no tables to read"),
    StorageError: (503, "storage-unavailable", "The database cannot be used"),
    NoSnapshot: (503, "no-index", "There is no index yet"),
    SnapshotError: (503, "index-unusable", "The index cannot be used"),
    MatcherError: (500, "engine-failure", "The engine cannot answer"),
}
"""Error → status, name of the problem type, title. The nearest ancestor counts."""


def problem(
    request: Request,
    status: int,
    detail: str,
    *,
    name: str | None = None,
    title: str | None = None,
    errors: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """
    A problem document; without a `name` the status says all, and the type is `about:blank`. A browser that asks for a
    page is given one that says the same, by `app.state.problem_page`.
    """
    page: Response | None = request.app.state.problem_page(request, status, name, detail, headers)
    if page is not None:
        return page
    document = Problem(
        type=f"urn:matcher:problem:{name}" if name else "about:blank",
        title=title or ("Content Too Large" if status == 413 else HTTPStatus(status).phrase),
        status=status,
        detail=printable(detail),
        errors=[ProblemPlace(loc=printable(loc), msg=printable(msg)) for loc, msg in errors],
        request_id=request.state.request_id,
    )
    return Response(document.model_dump_json(), status, headers=headers, media_type=MEDIA_TYPE)


def printable(text: str) -> str:
    """Text without halves of surrogate pairs, which a body may smuggle in and UTF-8 cannot carry out."""
    return text.encode("utf-8", "replace").decode("utf-8")


def matcher_problem(request: Request, error: Exception, status: int | None = None) -> Response:
    """An error of the family, as the problem of its nearest ancestor."""
    usual, name, title = next(FAMILY[cls] for cls in type(error).__mro__ if cls in FAMILY)
    errors = error.errors if isinstance(error, BriefError) else ()
    message = error.message if isinstance(error, MatcherError) else str(error)
    return problem(request, status or usual, message, name=name, title=title, errors=errors)


def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail, path = error.detail, request.url.path
    if detail == HTTPStatus(error.status_code).phrase:  # the framework's own, which only says the title again
        allowed = (error.headers or {}).get("Allow")
        detail = say("There is nothing at {path}.", path=path)
        if allowed:
            detail = say("{path} takes {allowed}, not {method}.", path=path, allowed=allowed, method=request.method)
    return problem(request, error.status_code, detail, headers=error.headers)


def _validation_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if found and found[0]["type"] == "json_invalid":
        what = f"The body is not JSON: {found[0]['ctx']['error']} at character {found[0]['loc'][-1]}."
        return problem(request, 400, what)
    places = [_place(detail) for detail in found]
    lines = "\n".join(f"  {loc}: {msg}" for loc, msg in places)
    detail = f"the request cannot be used:\n{lines}"
    return problem(request, 422, detail, name=INVALID, title=INVALID_TITLE, errors=places)


_LENGTHS = {
    "too_short": ("at least", "min_length", "item"),
    "too_long": ("at most", "max_length", "item"),
    "string_too_short": ("at least", "min_length", "character"),
    "string_too_long": ("at most", "max_length", "character"),
}
"""pydantic's errors of a length → how it is bound, the bound's name in the error, what is counted."""


def _place(detail: Mapping[str, Any]) -> tuple[str, str]:
    """One of pydantic's errors as (place, sentence)."""
    place = ".".join(str(part) for part in detail["loc"][1:]) or "body"
    if detail["type"] == "missing":
        return place, "is required"
    if detail["type"] == "extra_forbidden":
        return place, "not a known field"
    message = detail["msg"].removeprefix("Value error, ").replace("Input should", "must")
    if detail["type"] in _LENGTHS:
        how, limit, what = _LENGTHS[detail["type"]]
        n = detail["ctx"][limit]
        message = f"must have {how} {n:,} {what}{'s' if n != 1 else ''}"
    shown = ascii(detail["input"]) if isinstance(detail["input"], str | int | float | None) else ""
    return place, f"{message} (got {shown})" if shown and len(shown) <= 80 else message


def _nested_too_deeply(request: Request, error: Exception) -> Response:
    return problem(request, 400, "The body is nested too deeply.")


def install(app: FastAPI) -> None:
    """Let an app answer every error with a problem document; whoever adds pages sets another `problem_page`."""
    app.state.problem_page = lambda *_: None
    app.add_exception_handler(MatcherError, matcher_problem)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _validation_problem)
    app.add_exception_handler(RecursionError, _nested_too_deeply)
