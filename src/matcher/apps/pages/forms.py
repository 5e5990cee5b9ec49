"""Fields of forms as browsers send them, and tick boxes in addresses."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from matcher.apps.pages.brief_form import Values

MAX_FIELDS = 2_000


def _refuse_other_sites(request: Request) -> None:
    """
    Refuse a form that another site sends in a reader's name.

    Browsers say where a form comes from: by Sec-Fetch-Site, older ones by Origin. What says neither is no browser, and
    has nobody's cookies.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = site in ("same-origin", "none") if site else not origin or urlsplit(origin).netloc == request.url.netloc
    if not ours:
        raise HTTPException(403, "This form was sent by another site.")


async def _form(request: Request) -> Values:
    _refuse_other_sites(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "Send a form: Content-Type: application/x-www-form-urlencoded.")
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return Values(parse_qsl(body, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace"))
    except ValueError:
        raise HTTPException(413, f"A form may have up to {MAX_FIELDS} fields.") from None


Form = Annotated[Values, Depends(_form)]
"""The body of a form that a page of ours sent; other kinds of bodies, and forms of other sites, are refused."""
