"""A shortlist as a file that the browser keeps, in the forms of the service; a fresh one goes as if it were saved."""

from __future__ import annotations

from fastapi import Response
from starlette.exceptions import HTTPException

from matcher.apps.pages.rendering import HEADERS
from matcher.apps.service.exports import FORMS, disposition
from matcher.apps.storage.records import SavedShortlist
from matcher.records import Brief, Shortlist
from matcher.records.said import listed, say


def unsaved(brief: Brief, shortlist: Shortlist) -> SavedShortlist:
    """A fresh shortlist as one that nothing was decided about yet."""
    at, said = shortlist.created_at, brief.model_dump(mode="json", exclude_defaults=True)
    return SavedShortlist("", brief.brief_id, "", said, shortlist.to_dict(), None, at, at)


def as_file(saved: SavedShortlist, form: str) -> Response:
    """A shortlist as an answer that a browser saves; raises HTTPException for a form that there is not."""
    if form not in FORMS:
        raise HTTPException(
            404, say("A shortlist can be had as {forms}, not as {form!r}.", forms=listed(FORMS), form=form[:40])
        )
    write, media_type = FORMS[form]
    headers = HEADERS | {"Content-Disposition": disposition(saved, form)}
    return Response(write(saved), headers=headers, media_type=media_type)
