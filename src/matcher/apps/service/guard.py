"""
The guard: who asks, whether that key may ask for this, how often, from which site, and under which name.

It stands before every route, so that a route cannot forget it; a path that is not listed needs the most.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from matcher.apps.service.problems import matcher_problem, problem
from matcher.apps.service.rates import Rates
from matcher.apps.storage import Database
from matcher.apps.storage.keys import ApiKey, find_key
from matcher.apps.storage.records import OWNER_WITHOUT_KEY
from matcher.errors import MatcherError
from matcher.records.said import listed, say

OPEN = ("/healthz", "/readyz", "/v1/shared", "/shared", "/static", "/favicon.ico")
"""Paths that need no key, with all below them."""
_SCOPES = (
    ("/v1/match", "match"), ("/v1/explain", "match"), ("/v1/similar", "match"), ("/v1/overlap", "match"),
    ("/v1/briefs:parse", "match"), ("/v1/briefs", "match"), ("/v1/shortlists", "match"),
    ("/v1/creators", "read"), ("/v1/index", "read"), ("/v1/dictionaries", "read"),
    ("/metrics", "read"), ("/openapi.json", "read"),
    ("/creators", "read"), ("/index/jobs", "admin"), ("/index", "read"),
)  # fmt: skip
_SAFE = ("GET", "HEAD", "OPTIONS")
_KNOWN_FOR_S = 5.0
"""How long what was found of a key is taken for good; so long a revoked one may still be used."""
_MOST_KNOWN = 4_096


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard holds to."""

    keys_needed: bool = False
    requests_per_minute: int = 0
    """For keys that have no limit of their own; 0 is none. Without a key there is none either."""
    cors_origins: Sequence[str] = ()
    hosts: Sequence[str] = ()
    """Names, besides those of this machine itself, that may be asked without a key."""


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, database: Database, rules: Rules, rates: Rates) -> None:
        self._app, self._database, self._rules, self._rates = app, database, rules, rates
        self._known = dict[str, tuple[ApiKey | None, float]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            refusal = self._cross_site(request) or await self._refusal(request)
        except MatcherError as error:
            refusal = matcher_problem(request, error)
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> ASGIApp | None:
        request.state.owner, request.state.admin = OWNER_WITHOUT_KEY, True
        path = request.scope["path"]
        if _below(path, OPEN):
            return None
        secret = _secret(request.headers)
        if secret is None:
            if self._rules.keys_needed:
                return _unknown(request, say("This service needs a key"))
            return self._strange_host(request)
        key = await self._key(secret)
        if key is None:
            return _unknown(request, say("There is no such key, or it was revoked"))
        needed = _needed(request.method, path, request.scope["query_string"])
        for scope in needed:
            if not key.allows(scope):
                detail = say(
                    "key {key} may do {scopes}; this needs {scope}.", key=key.id, scopes=listed(key.scopes), scope=scope
                )
                return problem(request, 403, detail, name="scope-missing", title="The key may not do this")
        limit = self._rules.requests_per_minute if key.requests_per_minute is None else key.requests_per_minute
        wait_s = await run_in_threadpool(self._rates.take, key.id, limit) if limit > 0 else None
        if wait_s is not None:
            detail = say(
                "Key {key} may ask {limit} times a minute; ask again in {wait} s.", key=key.id, limit=limit, wait=wait_s
            )
            headers = {"Retry-After": str(wait_s)}
            return problem(request, 429, detail, name="too-many-requests", title="Too many requests", headers=headers)
        request.state.owner, request.state.admin = key.id, key.allows("admin")
        if key.max_body_bytes is not None:
            request.state.max_body_bytes = key.max_body_bytes
        return None

    async def _key(self, secret: str) -> ApiKey | None:
        key, until = self._known.get(secret, (None, 0.0))
        if time.monotonic() < until:
            return key
        key = await run_in_threadpool(find_key, self._database, secret)
        if len(self._known) >= _MOST_KNOWN:  # somebody is guessing
            self._known.clear()
        self._known[secret] = (key, time.monotonic() + _KNOWN_FOR_S)
        return key

    def _strange_host(self, request: Request) -> ASGIApp | None:
        """
        A request without a key, under a name that is none of ours: a page of another site may have let its own name
        lead to this machine (DNS rebinding), and its browser takes the two for one site.
        """
        name = _host_name(request.headers.get("host", ""))
        if _is_this_machine(name) or name in [host.lower() for host in self._rules.hosts]:
            return None
        detail = say(
            "Without a key this service answers as localhost or under a name it was told, not as {name!r}. "
            "Ask for it as localhost, send a key, or add the name to MATCHER_HOSTS.",
            name=name[:100],
        )
        return problem(request, 403, detail, name="unknown-host", title="The service is not known under this name")

    def _cross_site(self, request: Request) -> ASGIApp | None:
        """A browser that changes something for another site's page: forms need no token where this is refused."""
        if request.method in _SAFE:
            return None
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        if origin in self._rules.cors_origins and origin is not None:
            return None
        strange = site in ("cross-site", "same-site")
        if site is None and origin is not None:
            strange = urlsplit(origin).netloc != request.headers.get("host")
        if not strange:
            return None
        detail = say("This came from a page of another site; only this service's own pages may send forms.")
        return problem(request, 403, detail, name="cross-site", title="Another site's page may not do this")


def _needed(method: str, path: str, query: bytes) -> list[str]:
    """The scopes that a request needs."""
    scope = next((scope for prefix, scope in _SCOPES if _below(path, (prefix,))), None)
    if scope is None:
        scope = "admin" if path.startswith("/v1") else "match"  # the rest are the page's addresses
    if path.startswith("/index") and method not in _SAFE:
        scope = "admin"
    wants = parse_qs(query.decode("latin-1"), keep_blank_values=True).get("contacts", ["false"])[-1]
    shows = _below(path, ("/v1/creators", "/creators")) and wants.lower() not in ("false", "0", "off", "f", "n", "no")
    return [scope, "contacts"] if shows else [scope]


def _below(path: str, prefixes: Sequence[str]) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)


def _host_name(header: str) -> str:
    """The name or address of a Host header, without its port; empty where there is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_this_machine(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _secret(headers: Headers) -> str | None:
    """The key that came along: as a bearer token, as X-API-Key, or as the password that a browser asked for."""
    if given := headers.get("x-api-key"):
        return given[:200]
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()[:200]
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2][:200]
        except (binascii.Error, ValueError):
            return ""
    return None


def _unknown(request: Request, what: str) -> ASGIApp:
    detail = say("{what}. Send Authorization: Bearer KEY; matcher keys make NAME makes one.", what=what)
    ways = 'Bearer realm="matcher", Basic realm="matcher", charset="UTF-8"'
    return problem(request, 401, detail, name="key-needed", title="A key is needed", headers={"WWW-Authenticate": ways})
