"""/v1/briefs: briefs under a name."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel

from matcher.apps.service.caller import Owner
from matcher.apps.service.cursors import pack_cursor, unpack_cursor
from matcher.apps.service.depends import GUARD, Storage, json_only, may_answer
from matcher.apps.service.fields import BriefId, Count, Cursor, InnerBrief, Title
from matcher.apps.service.requests import SHORT_BRIEF, examples
from matcher.apps.storage import briefs
from matcher.apps.storage.records import SavedBrief
from matcher.records import Brief
from matcher.records.base import Record

router = APIRouter(prefix="/v1/briefs", tags=["briefs"], responses=may_answer(*GUARD, 422, 500, 503))


class NewBrief(Record):
    """A brief to keep; without a name it goes by its `brief_id`."""

    name: Title | None = None
    brief: InnerBrief


class BriefChange(Record):
    """What is to be different; what is left out stays."""

    name: Title | None = None
    brief: InnerBrief | None = None


class BriefPage(BaseModel):
    """Saved briefs, newest first."""

    items: list[SavedBrief]
    next_cursor: str | None
    """Null on the last page."""


NewBody = Annotated[
    NewBrief, Body(openapi_examples=examples(one=("Keep one", {"name": "Spring", "brief": SHORT_BRIEF})))
]
ChangeBody = Annotated[BriefChange, Body(openapi_examples=examples(name=("Rename", {"name": "Spring, second try"})))]


@router.post("", operation_id="create_brief", status_code=201, dependencies=[Depends(json_only)],
             responses=may_answer(400, 408, 413, 415))  # fmt: skip
def create_brief(body: NewBody, storage: Storage, owner: Owner) -> SavedBrief:
    """Keep a brief."""
    return briefs.save_brief(storage, owner, body.name or body.brief.brief_id[:200], document(body.brief))


@router.get("", operation_id="list_briefs")
def list_briefs(storage: Storage, owner: Owner, limit: Count = 50, cursor: Cursor = None) -> BriefPage:
    """List the saved briefs, newest first."""
    after = unpack_cursor(cursor, str, str) if cursor else None
    found = briefs.list_briefs(storage, owner, limit + 1, after)
    more = pack_cursor(found[limit - 1].created_at, found[limit - 1].id) if len(found) > limit else None
    return BriefPage(items=found[:limit], next_cursor=more)


@router.get("/{brief_id}", operation_id="get_brief", responses=may_answer(404))
def get_brief(brief_id: BriefId, storage: Storage, owner: Owner) -> SavedBrief:
    """Show a saved brief."""
    return briefs.get_brief(storage, owner, brief_id)


@router.patch("/{brief_id}", operation_id="change_brief", dependencies=[Depends(json_only)],
              responses=may_answer(400, 404, 408, 413, 415))  # fmt: skip
def change_brief(brief_id: BriefId, body: ChangeBody, storage: Storage, owner: Owner) -> SavedBrief:
    """Rename a saved brief, or put another in its place."""
    brief = None if body.brief is None else document(body.brief)
    return briefs.change_brief(storage, owner, brief_id, name=body.name, brief=brief)


@router.delete("/{brief_id}", operation_id="delete_brief", status_code=204, responses=may_answer(404))
def delete_brief(brief_id: BriefId, storage: Storage, owner: Owner) -> None:
    """Forget a saved brief."""
    briefs.delete_brief(storage, owner, brief_id)


def document(brief: Brief) -> dict[str, Any]:
    """A brief as it is kept: what was said, and no more."""
    return brief.model_dump(mode="json", exclude_unset=True)
