"""GET /look: language and theme, kept in cookies; GET /static: our own files."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException

from matcher.apps.pages import locales
from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.rendering import HEADERS, STATIC, THEME_COOKIE, THEMES
from matcher.records.said import say

router = APIRouter(route_class=PageRoute, include_in_schema=False)
YEAR_S = 365 * 86_400
_MEDIA = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@router.get("/look")
def choose_look(request: Request, lang: str = "", theme: str = "", back: str = "/") -> Response:
    """Keep a language or a theme, and go back to where the reader was."""
    inside = re.fullmatch(r"/(?![/\\])[^\s\\]*", back)  # never to another site
    answer = RedirectResponse(back if inside else "/", 303, headers=HEADERS)
    for cookie, value, known in ((locales.COOKIE, lang, locales.LANGUAGES), (THEME_COOKIE, theme, THEMES)):
        if value in known:
            answer.set_cookie(cookie, value, max_age=YEAR_S, samesite="lax", httponly=True)
    return answer


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """One of our own files; its address changes with its content, so it is kept for good."""
    path = STATIC / name
    if not re.fullmatch(r"[a-z0-9.-]{1,40}", name) or path.suffix not in _MEDIA or not path.is_file():
        raise HTTPException(404, say("There is no file {name!r} here.", name=name[:40]))
    headers = HEADERS | {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    return FileResponse(path, headers=headers, media_type=_MEDIA[path.suffix])


@router.get("/favicon.ico")
def favicon() -> Response:
    """Browsers that ask for one without being told."""
    return static_file("icon.svg")
