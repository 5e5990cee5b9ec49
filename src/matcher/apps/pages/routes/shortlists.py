"""GET /shortlist, /reasons, /compare, /export: the answer to a brief, and work with it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from matcher.apps.pages.brief_link import pack, unpack
from matcher.apps.pages.creator_view import reasons, together
from matcher.apps.pages.exports import as_file, unsaved
from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.rendering import redirect, render
from matcher.apps.pages.shortlist_view import shortlist_view
from matcher.apps.service.depends import Source
from matcher.apps.service.exports import FORMS
from matcher.records import Brief
from matcher.records.brief import SIGNALS

router = APIRouter(route_class=PageRoute, include_in_schema=False)
VIEWS = ("cards", "table")
MOST_COMPARED = 4


@router.get("/shortlist")
def show_shortlist(request: Request, source: Source, b: str, view: str = "cards") -> Response:
    """The shortlist of a brief; with weights in the address, go on to the brief that has them."""
    brief, view = unpack(b), view if view in VIEWS else VIEWS[0]
    if weights := _weights(request):
        return redirect("/shortlist", b=pack(_weighed(brief, weights)), view=view)
    matcher = source()
    context = {"found": shortlist_view(matcher, brief), "view": view, "exports": tuple(FORMS), "brief_link": b}
    return render(request, "shortlist.html", context)


@router.get("/reasons/{creator_id:path}")
def show_reasons(request: Request, source: Source, creator_id: str, b: str) -> Response:
    """Why one creator of a shortlist stands there: the part of a card that opens."""
    return render(request, "reasons.html", {"creator": reasons(source(), unpack(b), creator_id), "brief_link": b})


@router.get("/compare")
def compare(
    request: Request, source: Source, b: str, creator_id: Annotated[list[str] | None, Query(alias="id")] = None
) -> Response:
    """Two to four creators side by side."""
    matcher, brief = source(), unpack(b)
    asked = list(dict.fromkeys(creator_id or []))
    chosen = asked[:MOST_COMPARED]
    creators = [reasons(matcher, brief, one) for one in chosen]
    context: dict[str, Any] = {
        "creators": creators,
        "together": together(matcher, creators) if len(chosen) > 1 else None,
        "asked": len(asked),
        "most": MOST_COMPARED,
        "brief_link": b,
        "brief": brief,
    }
    return render(request, "compare.html", context)


def _weights(request: Request) -> dict[str, float]:
    """Weights in percent as the sliders send them (`w.relevance`); what is no number counts as 0."""
    asked = {name.removeprefix("w."): text for name, text in request.query_params.items() if name.startswith("w.")}
    return {name: float(text) if text.isdecimal() and len(text) <= 3 else 0.0 for name, text in asked.items()}


def _weighed(brief: Brief, weights: dict[str, float]) -> Brief:
    """A brief with other weights; without any, when all of them are 0."""
    said = brief.model_dump(exclude_defaults=True)
    said.pop("weights", None)
    chosen = {name: value / 100 for name, value in weights.items() if name in SIGNALS}
    return Brief.parse(said | ({"weights": chosen} if sum(chosen.values()) > 0 else {}))


@router.get("/export")
def export(source: Source, b: str, form: Annotated[str, Query(alias="format")] = "csv") -> Response:
    """The shortlist as a file."""
    brief = unpack(b)
    return as_file(unsaved(brief, source().match(brief)), form)
