"""GET /index: the snapshots, and what the last load could not use."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.index_view import index_view, rejects
from matcher.apps.pages.rendering import render
from matcher.apps.service.depends import Source

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/index")
def show_index(request: Request, source: Source, table: str = "", page: int = 1) -> Response:
    """The snapshots of the indexes folder, and the rejected rows of the last load."""
    matcher = source()
    indexes = matcher.index.folder.parent
    context = {"index": index_view(matcher), "rejects": rejects(indexes, table, max(page, 1))}
    return render(request, "index.html", context)
