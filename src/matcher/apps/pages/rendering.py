"""Templates and answers: a page in the reader's language, with headers that allow nothing but our own files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from matcher.apps.pages import locales
from matcher.apps.pages.labels import label, problem_words
from matcher.apps.pages.wording import wording
from matcher.records.said import Said

ROOM = Path(__file__).parent
WIDEST_SAID = 0.5
"""An interval of a value from 0 to 1 that is wider than this is not said on the page; JSON has it."""
STATIC = ROOM / "static"
THEME_COOKIE = "matcher_theme"
THEMES = ("auto", "light", "dark")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an address may hold a brief: it is nobody else's business
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Cookie",
}


def render(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page, or a part of one for htmx, in the language that the request asks for."""
    language = language_of(request)
    theme = request.cookies.get(THEME_COOKIE, "auto")
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    page = {
        "language": language,
        "theme": theme if theme in THEMES else "auto",
        "here": _inside(path) + (f"?{query}" if query else ""),
        "path": path,
        "brief_link": context.get("brief_link") or request.query_params.get("b", ""),
    }
    html = environment(language).get_template(template).render(page | dict(context))
    return HTMLResponse(html, status, headers=HEADERS | {"Content-Language": language})


def redirect(path: str, **query: str) -> RedirectResponse:
    """Go on to another page with GET, so that reload and back repeat nothing."""
    return RedirectResponse(link(path, **query), 303, headers=HEADERS)


def language_of(request: Request) -> str:
    """One of locales.LANGUAGES."""
    return locales.choose(request.cookies.get(locales.COOKIE), request.headers.get("accept-language"))


@cache
def environment(language: str) -> Environment:
    """The templates in one language; everything is escaped that a template does not mark as markup itself."""
    env = Environment(
        loader=FileSystemLoader(ROOM / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,  # templates that were replaced below a running service belong to other code than its own
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations = locales.catalogue(language)
    env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(locales.formats(language).filters())
    env.filters["label"] = lambda code, table: translations.gettext(label(table, code))
    env.filters["interest"] = lambda name: wording(language).interest(name)
    env.filters["city"] = lambda name: wording(language).city(name)
    env.filters["problem"] = lambda said: (words := problem_words(said)) and translations.gettext(words)
    env.filters["worded"] = wording(language)
    env.filters["line"] = wording(language).line
    env.filters["reread"] = wording(language).reread
    env.tests["said"] = lambda text: isinstance(text, Said)
    env.tests["telling"] = telling
    env.filters["web"] = web_address
    env.globals.update(languages=locales.LANGUAGES, themes=THEMES, link=link, static=static)
    return env


def link(path: str, **query: str | int | None) -> str:
    """An address on this page, with the parts of its query that are given."""
    said = urlencode({name: value for name, value in query.items() if value not in (None, "")})
    return f"{_inside(path)}?{said}" if said else _inside(path)


def _inside(path: str) -> str:
    """A path as a link within this site: two slashes at its beginning would name another one."""
    return "/" + quote(path).lstrip("/")


def telling(interval: tuple[float, float] | None) -> bool:
    """Whether the interval of a value is worth a sentence: "between 0.00 and 0.84" says nothing."""
    return interval is not None and interval[1] - interval[0] <= WIDEST_SAID


def web_address(url: str | None) -> str | None:
    """An address that a browser may go to: http and https only, never `javascript:` out of somebody's table."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the content, so that it may be kept for good."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"
