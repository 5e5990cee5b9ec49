"""
What every request goes through: an id in and out, limits on its body, a line in the metrics, and an answer even when
something breaks.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.apps.service import patience
from matcher.apps.service.metrics import Metrics
from matcher.apps.service.problems import problem
from matcher.records.said import say

MAX_BODY_BYTES = 1 << 20
REQUEST_ID = "X-Request-ID"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""For answers that do not say otherwise, as pages do."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = logging.getLogger("matcher.service")


class Envelope:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, metrics: Metrics, max_body_bytes: int = MAX_BODY_BYTES) -> None:
        self._app, self._metrics, self._max_body_bytes = app, metrics, max_body_bytes

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
                answer = MutableHeaders(scope=message)
                answer[REQUEST_ID] = request_id
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        try:
            limited = _limited(receive, headers.get("content-length"), lambda: self._limit(scope))
            await self._app(scope, limited, send_with_id)
        except Exception:
            log.exception("request %s broke", request_id)
            if status:
                raise
            detail = say("Something broke on our side. The log has it under request id {id}.", id=request_id)
            await problem(Request(scope), 500, detail)(scope, receive, send_with_id)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            path = getattr(scope.get("route"), "path_format", "unknown")
            took_s = perf_counter() - began
            self._metrics.record(method, path, status, took_s)
            said = {"request_id": request_id, "method": method, "path": path, "status": status}
            said |= {"ms": round(took_s * 1000, 2), "owner": scope["state"].get("owner", "")}
            log.info("answered", extra=said)

    def _limit(self, scope: Scope) -> int:
        """The largest body of a request: its key's own limit, else that of the service."""
        limit: int = scope["state"].get("max_body_bytes", self._max_body_bytes)
        return limit


def _request_id(given: str | None) -> str:
    """The caller's id where it is short and plain, so that it can stand in logs; else a new one."""
    return given if given and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given) else secrets.token_hex(16)


def _limited(receive: Receive, declared: str | None, limit: Callable[[], int]) -> Receive:
    """`receive` that refuses a body above the limit, as declared or as it comes in, and one that dribbles."""
    received, whole, until = 0, False, asyncio.get_running_loop().time() + patience.BODY_WITHIN_S

    async def limited() -> Message:
        nonlocal received, whole
        if whole:
            return await receive()  # it waits for the client to go away
        if declared and declared.isdecimal() and (len(declared) > 15 or int(declared) > limit()):
            raise _too_large(limit(), say("{n} bytes", n=declared))
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            late = say("The body did not come within {seconds:.0f} s.", seconds=patience.BODY_WITHIN_S)
            raise HTTPException(408, late) from None
        received += len(message.get("body", b""))
        if received > limit():
            raise _too_large(limit(), say("larger"))
        whole = not message.get("more_body", False)
        return message

    return limited


def _too_large(limit: int, found: str) -> HTTPException:
    return HTTPException(
        413, say("A body may have up to {limit:,} bytes; this one is {found}.", limit=limit, found=found)
    )
