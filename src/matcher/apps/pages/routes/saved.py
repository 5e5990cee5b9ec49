"""GET and POST /saved, GET /shared: shortlists that are kept, with a decision for each creator."""

from __future__ import annotations

import re
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from matcher.apps.pages.brief_link import unpack
from matcher.apps.pages.exports import as_file
from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.forms import Form
from matcher.apps.pages.rendering import redirect, render
from matcher.apps.pages.saved_view import STATES, SavedView, saved_view
from matcher.apps.service.caller import Owner
from matcher.apps.service.depends import Source, Storage
from matcher.apps.service.exports import FORMS
from matcher.apps.storage import shortlists
from matcher.apps.storage.records import DecisionState
from matcher.records import Shortlist
from matcher.records.said import say

router = APIRouter(route_class=PageRoute, include_in_schema=False)
MOST_LISTED = 200
MAX_NAME = 200
MAX_TEXT = 2_000


@router.get("/saved")
def list_saved(request: Request, storage: Storage, owner: Owner) -> Response:
    """The saved shortlists, newest first."""
    return render(request, "saved_list.html", {"lines": shortlists.list_shortlists(storage, owner, MOST_LISTED)})


@router.post("/saved")
def save(source: Source, storage: Storage, owner: Owner, form: Form) -> Response:
    """
    Keep the answer to a brief. With `pin` or `reject` it is a decision about one creator, which goes to the list that
    was saved of this answer before, where there is one.
    """
    brief = unpack(form.one("b"))
    pinned, rejected = form.one("pin"), form.one("reject")
    found = source().match(brief)
    said = brief.model_dump(mode="json", exclude_defaults=True)
    name = (brief.brand.name or shorten(brief.text))[:MAX_NAME]
    if pinned or rejected:
        kept = shortlists.keep_answer(storage, owner, name, said, found.to_dict())
    else:
        kept = shortlists.save_shortlist(storage, owner, name, said, found.to_dict()).id
    if pinned:
        shortlists.decide(storage, owner, kept, pinned, "shortlisted", "", "")
    answer = redirect(f"/saved/{kept}", decide=rejected)
    answer.headers["location"] += _anchor(found, pinned or rejected)
    return answer


@router.get("/saved/{shortlist_id}")
def show_saved(
    request: Request, storage: Storage, owner: Owner, shortlist_id: str, state: str | None = None, decide: str = ""
) -> Response:
    """A saved shortlist: the answer as it was, and what was decided."""
    view = saved_view(shortlists.get_shortlist(storage, owner, shortlist_id), state if state in ("", *STATES) else None)
    return _page(request, view, state, decide)


@router.post("/saved/{shortlist_id}/decide")
def decide(storage: Storage, owner: Owner, shortlist_id: str, form: Form) -> Response:
    """Decide about one creator, or take the decision back."""
    creator_id, state = form.one("creator_id"), form.one("state")
    reason, note = form.one("reason").strip()[:MAX_TEXT], form.one("note").strip()[:MAX_TEXT]
    if state == "rejected" and not reason:
        raise HTTPException(422, say("A creator is rejected with a reason, for whoever reads the list later."))
    if state in STATES:
        shortlists.decide(storage, owner, shortlist_id, creator_id, cast(DecisionState, state), reason, note)
    else:
        shortlists.undecide(storage, owner, shortlist_id, creator_id)
    answer = redirect(f"/saved/{shortlist_id}")
    answer.headers["location"] += f"#{form.one('at')}" if re.fullmatch("c[0-9]+", form.one("at")) else ""
    return answer


@router.post("/saved/{shortlist_id}/change")
def change(storage: Storage, owner: Owner, shortlist_id: str, form: Form) -> Response:
    """Rename a saved shortlist and write its note."""
    name, note = form.one("name").strip()[:MAX_NAME], form.one("note").strip()[:MAX_TEXT]
    shortlists.change_shortlist(storage, owner, shortlist_id, name=name or None, note=note)
    return redirect(f"/saved/{shortlist_id}")


@router.post("/saved/{shortlist_id}/share")
def share(storage: Storage, owner: Owner, shortlist_id: str, form: Form) -> Response:
    """Give the shortlist a link for others, or take it back."""
    if form.one("stop"):
        shortlists.unshare(storage, owner, shortlist_id)
    else:
        shortlists.share(storage, owner, shortlist_id)
    return redirect(f"/saved/{shortlist_id}")


@router.post("/saved/{shortlist_id}/delete")
def delete(storage: Storage, owner: Owner, shortlist_id: str, form: Form) -> Response:
    """Forget a saved shortlist."""
    shortlists.delete_shortlist(storage, owner, shortlist_id)
    return redirect("/saved")


@router.get("/saved/{shortlist_id}/export")
def export(
    storage: Storage, owner: Owner, shortlist_id: str, form: Annotated[str, Query(alias="format")] = "csv"
) -> Response:
    """A saved shortlist as a file."""
    return as_file(shortlists.get_shortlist(storage, owner, shortlist_id), form)


@router.get("/shared/{token}")
def show_shared(request: Request, storage: Storage, token: str) -> Response:
    """A shortlist that somebody shares, to read."""
    return _page(request, saved_view(shortlists.shared_shortlist(storage, token)), None, "", read_only=True)


def shorten(text: str, most: int = 60) -> str:
    """The beginning of a text as a name: one line, cut where a word ends if there is such a place."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > most // 2 else head).rstrip(" ,，、;；") + "…"


def _page(request: Request, view: SavedView, state: str | None, decide: str, read_only: bool = False) -> Response:
    context = {"view": view, "state": state, "states": STATES, "deciding": decide, "read_only": read_only}
    context |= {"exports": tuple(FORMS)}
    return render(request, "saved.html", context | {"brief_link": "" if read_only else view.link})


def _anchor(shortlist: Shortlist, creator_id: str) -> str:
    return next((f"#c{entry.rank}" for entry in shortlist.entries if entry.creator_id == creator_id), "")
