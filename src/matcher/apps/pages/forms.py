"""Fields of forms as browsers send them, and tick boxes in addresses."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from matcher.apps.pages.brief_form import Values
from matcher.records.said import say

MAX_FIELDS = 2_000


async def _form(request: Request) -> Values:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, say("Send a form: Content-Type: application/x-www-form-urlencoded."))
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return Values(parse_qsl(body, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace"))
    except ValueError:
        raise HTTPException(413, say("A form may have up to {n} fields.", n=MAX_FIELDS)) from None


Form = Annotated[Values, Depends(_form)]
"""The body of a form; other kinds are refused. That a page of ours sent it, the service's guard has seen to."""
