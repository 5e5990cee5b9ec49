"""/v1/shortlists: the answer to a brief, kept with notes and a decision for each creator."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from pydantic import BaseModel, Field, ValidationInfo, field_validator

from matcher.apps.service.caller import Owner
from matcher.apps.service.cursors import pack_cursor, unpack_cursor
from matcher.apps.service.depends import GUARD, Source, Storage, json_only, may_answer
from matcher.apps.service.exports import FORMS, disposition
from matcher.apps.service.fields import Count, Cursor, InnerBrief, Note, ShortlistId, Title
from matcher.apps.service.requests import SHORT_BRIEF, examples
from matcher.apps.service.saved_briefs import document
from matcher.apps.storage import shortlists
from matcher.apps.storage.records import Decision, DecisionState, SavedShortlist, ShortlistLine
from matcher.records import Brief, Shortlist
from matcher.records.base import Record

router = APIRouter(prefix="/v1", tags=["shortlists"], responses=may_answer(*GUARD, 422, 500, 503))
_BODY_PROBLEMS = (400, 404, 408, 413, 415)


class NewShortlist(Record):
    """A brief to answer, and to keep the answer of; without a name it goes by the `brief_id`."""

    name: Title | None = None
    note: Note = ""
    brief: InnerBrief


class ShortlistChange(Record):
    """What is to be different; what is left out stays."""

    name: Title | None = None
    note: Note | None = None


class NewDecision(Record):
    """What is decided about a creator."""

    state: DecisionState
    reason: Annotated[Note, Field(validate_default=True)] = ""
    """Has to be given where the creator is rejected."""
    note: Note = ""

    @field_validator("reason")
    @classmethod
    def _reasoned(cls, reason: str, info: ValidationInfo) -> str:
        if info.data.get("state") == "rejected" and not reason:
            raise ValueError("is required where state is rejected: say why, for whoever reads the list later")
        return reason


class SavedShortlistView(BaseModel):
    """A shortlist as it was answered, with what was made of it since."""

    id: str
    name: str
    note: str
    brief: Brief
    shortlist: Shortlist
    decisions: list[Decision]
    share_token: str | None
    """Null where it is not shared."""
    created_at: str
    updated_at: str


class ShortlistPage(BaseModel):
    """Saved shortlists, newest first."""

    items: list[ShortlistLine]
    next_cursor: str | None
    """Null on the last page."""


class ShareLink(BaseModel):
    """Where anyone who knows the link may read the shortlist."""

    token: str
    path: str


NewBody = Annotated[
    NewShortlist, Body(openapi_examples=examples(one=("Answer and keep", {"name": "Spring", "brief": SHORT_BRIEF})))
]
ChangeBody = Annotated[ShortlistChange, Body(openapi_examples=examples(note=("A note", {"note": "Shown to Mei"})))]
DecisionBody = Annotated[
    NewDecision,
    Body(openapi_examples=examples(no=("Reject", {"state": "rejected", "reason": "Works with a competitor"}))),
]
CreatorId = Annotated[str, Path(examples=["c000001"], max_length=500)]
Token = Annotated[str, Path(examples=["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], max_length=100)]


@router.post("/shortlists", operation_id="create_shortlist", status_code=201, dependencies=[Depends(json_only)],
             responses=may_answer(400, 408, 413, 415))  # fmt: skip
def create_shortlist(body: NewBody, source: Source, storage: Storage, owner: Owner) -> SavedShortlistView:
    """Answer a brief and keep the answer; it stays as it is, whatever snapshots come later."""
    found = source().match(body.brief)
    name = body.name or body.brief.brief_id[:200]
    return _view(shortlists.save_shortlist(storage, owner, name, document(body.brief), found.to_dict(), body.note))


@router.get("/shortlists", operation_id="list_shortlists")
def list_shortlists(storage: Storage, owner: Owner, limit: Count = 50, cursor: Cursor = None) -> ShortlistPage:
    """List the saved shortlists, newest first."""
    after = unpack_cursor(cursor, str, str) if cursor else None
    found = shortlists.list_shortlists(storage, owner, limit + 1, after)
    more = pack_cursor(found[limit - 1].created_at, found[limit - 1].id) if len(found) > limit else None
    return ShortlistPage(items=found[:limit], next_cursor=more)


@router.get("/shortlists/{shortlist_id}", operation_id="get_shortlist", responses=may_answer(404))
def get_shortlist(shortlist_id: ShortlistId, storage: Storage, owner: Owner) -> SavedShortlistView:
    """Show a saved shortlist with its decisions."""
    return _view(shortlists.get_shortlist(storage, owner, shortlist_id))


@router.patch("/shortlists/{shortlist_id}", operation_id="change_shortlist", dependencies=[Depends(json_only)],
              responses=may_answer(*_BODY_PROBLEMS))  # fmt: skip
def change_shortlist(shortlist_id: ShortlistId, body: ChangeBody, storage: Storage, owner: Owner) -> SavedShortlistView:
    """Rename a shortlist, or write another note on it."""
    return _view(shortlists.change_shortlist(storage, owner, shortlist_id, name=body.name, note=body.note))


@router.delete("/shortlists/{shortlist_id}", operation_id="delete_shortlist", status_code=204,
               responses=may_answer(404))  # fmt: skip
def delete_shortlist(shortlist_id: ShortlistId, storage: Storage, owner: Owner) -> None:
    """Forget a shortlist with its decisions; its link leads nowhere from then on."""
    shortlists.delete_shortlist(storage, owner, shortlist_id)


@router.put("/shortlists/{shortlist_id}/decisions/{creator_id:path}", operation_id="decide",
            dependencies=[Depends(json_only)], responses=may_answer(*_BODY_PROBLEMS))  # fmt: skip
def decide(
    shortlist_id: ShortlistId, creator_id: CreatorId, body: DecisionBody, storage: Storage, owner: Owner
) -> Decision:
    """Decide about a creator of the shortlist: shortlisted, rejected with a reason, contacted, agreed."""
    return shortlists.decide(storage, owner, shortlist_id, creator_id, body.state, body.reason, body.note)


@router.delete("/shortlists/{shortlist_id}/decisions/{creator_id:path}", operation_id="undecide", status_code=204,
               responses=may_answer(404))  # fmt: skip
def undecide(shortlist_id: ShortlistId, creator_id: CreatorId, storage: Storage, owner: Owner) -> None:
    """Take a decision back."""
    shortlists.undecide(storage, owner, shortlist_id, creator_id)


@router.get(
    "/shortlists/{shortlist_id}/export",
    operation_id="export_shortlist",
    response_class=Response,
    responses=may_answer(404)
    | {200: {"description": "The file.", "content": {kind: {} for _, kind in FORMS.values()}}},
)
def export_shortlist(
    shortlist_id: ShortlistId,
    storage: Storage,
    owner: Owner,
    form: Annotated[Literal["csv", "json", "md", "xlsx"], Query(alias="format")] = "csv",
) -> Response:
    """Give a shortlist with its decisions as a file for spreadsheets, programs or people."""
    saved = shortlists.get_shortlist(storage, owner, shortlist_id)
    write, media_type = FORMS[form]
    named = {"Content-Disposition": disposition(saved, form)}
    return Response(write(saved), media_type=media_type, headers=named)


@router.put("/shortlists/{shortlist_id}/share", operation_id="share_shortlist", responses=may_answer(404))
def share_shortlist(shortlist_id: ShortlistId, storage: Storage, owner: Owner) -> ShareLink:
    """Give the link by which anyone may read the shortlist; the same each time, until it is taken back."""
    token = shortlists.share(storage, owner, shortlist_id)
    return ShareLink(token=token, path=f"/v1/shared/{token}")


@router.delete("/shortlists/{shortlist_id}/share", operation_id="unshare_shortlist", status_code=204,
               responses=may_answer(404))  # fmt: skip
def unshare_shortlist(shortlist_id: ShortlistId, storage: Storage, owner: Owner) -> None:
    """Take the link back."""
    shortlists.unshare(storage, owner, shortlist_id)


@router.get("/shared/{token}", operation_id="get_shared_shortlist", responses=may_answer(404))
def get_shared_shortlist(token: Token, storage: Storage) -> SavedShortlistView:
    """Show the shortlist of a link; no key is needed, the link is one."""
    return _view(shortlists.shared_shortlist(storage, token))


def _view(found: SavedShortlist) -> SavedShortlistView:
    return SavedShortlistView.model_validate(found, from_attributes=True)
