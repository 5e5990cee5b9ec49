"""A shortlist as a file to keep: CSV for spreadsheets, JSON for programs, Markdown to send on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from fastapi import Response
from starlette.exceptions import HTTPException

from matcher.apps.cli.markdown import markdown
from matcher.apps.cli.render import safe_cell
from matcher.apps.pages.rendering import HEADERS
from matcher.records import Brief, Shortlist
from matcher.records.shortlist import flat_row


def csv_text(brief: Brief, shortlist: Shortlist) -> str:
    """One line per creator; cells that a spreadsheet would run as formulas are quoted."""
    rows = [{"brief_id": brief.brief_id} | flat_row(entry) for entry in shortlist.entries]
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()  # the mark by which spreadsheets know UTF-8


Writer = Callable[[Brief, Shortlist], str]
FORMS: dict[str, tuple[Writer, str]] = {
    "csv": (csv_text, "text/csv; charset=utf-8"),
    "json": (lambda _, shortlist: shortlist.to_json(indent=1), "application/json"),
    "md": (markdown, "text/markdown; charset=utf-8"),
}
"""Ending of the file → what writes it, and its media type."""


def as_file(brief: Brief, shortlist: Shortlist, form: str) -> Response:
    """A shortlist as an answer that a browser saves; raises HTTPException for a form that there is not."""
    if form not in FORMS:
        raise HTTPException(404, f"A shortlist can be had as {', '.join(FORMS)}, not as {form[:40]!r}.")
    name = "".join(ch for ch in brief.brief_id if ch.isascii() and (ch.isalnum() or ch in "-_"))[:80] or "shortlist"
    text, media_type = FORMS[form]
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(text(brief, shortlist), headers=headers, media_type=media_type)
