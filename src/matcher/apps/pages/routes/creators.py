"""GET /creators and /similar: one creator, and others like it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.apps.pages.brief_link import unpack
from matcher.apps.pages.creator_view import profile, reasons
from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.rendering import render
from matcher.apps.service.depends import Source
from matcher.errors import BriefError

router = APIRouter(route_class=PageRoute, include_in_schema=False)
SIMILAR = 24


@router.get("/creators/{creator_id:path}")
def show_creator(request: Request, source: Source, creator_id: str, b: str = "", contacts: bool = False) -> Response:
    """A creator: profile, posts, audience, engagement, and with a brief why it is in or out."""
    matcher, brief = source(), unpack(b) if b else None
    context = {
        "creator": profile(matcher, creator_id, contacts),
        "brief": brief,
        "why": reasons(matcher, brief, creator_id) if brief else None,
        "with_contacts": contacts,
    }
    return render(request, "creator.html", context)


@router.get("/similar/{creator_id:path}")
def show_similar(request: Request, source: Source, creator_id: str, b: str = "", by: str = "content") -> Response:
    """Creators like one, by what they post or by whom they reach."""
    matcher, by = source(), by if by in ("content", "audience") else "content"
    like = profile(matcher, creator_id).profile
    try:
        found, problem = matcher.similar(creator_id, SIMILAR, by), None  # type: ignore[arg-type]
    except BriefError as error:  # nothing is known to compare by
        found, problem = None, error.message
    return render(request, "similar.html", {"like": like, "found": found, "by": by, "problem": problem})
