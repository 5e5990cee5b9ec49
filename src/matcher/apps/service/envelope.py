"""
What every request goes through: an id in and out, a limit on its body, a line in the metrics, and an answer even when
something breaks.
"""

import logging
import re
import secrets
from time import perf_counter

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.apps.service.metrics import Metrics
from matcher.apps.service.problems import problem

MAX_BODY_BYTES = 1 << 20
REQUEST_ID = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = logging.getLogger("matcher.service")


class Envelope:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; what is not HTTP goes straight through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 0
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, _limited(receive, headers.get("content-length")), send_with_id)
        except Exception:
            log.exception("request %s broke", request_id)
            if status:
                raise
            detail = f"Something broke on our side. The log has it under request id {request_id}."
            await problem(Request(scope), 500, detail)(scope, receive, send_with_id)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            path = getattr(scope.get("route"), "path_format", "unknown")
            self._metrics.record(method, path, status, perf_counter() - began)


def _request_id(given: str | None) -> str:
    """The caller's id where it is short and plain, so that it can stand in logs; else a new one."""
    return given if given and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given) else secrets.token_hex(16)


def _limited(receive: Receive, declared: str | None) -> Receive:
    """`receive` that refuses a body above the limit, by its declared length or else while it comes in."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        if declared and declared.isdecimal() and (len(declared) > 15 or int(declared) > MAX_BODY_BYTES):
            raise _too_large(f"{declared} bytes")
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise _too_large("larger")
        return message

    return limited


def _too_large(found: str) -> HTTPException:
    return HTTPException(413, f"A body may have up to {MAX_BODY_BYTES:,} bytes; this one is {found}.")
