"""Pages of a shortlist: each bound to the snapshot that the first one came from, so that no creator is lost between."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Annotated

from fastapi import Query
from starlette.exceptions import HTTPException

from matcher.apps.service.cursors import pack_cursor, unpack_cursor
from matcher.records import Brief, Shortlist
from matcher.records.brief import MAX_K

NEXT_CURSOR = "X-Next-Cursor"
PageSize = Annotated[int | None, Query(ge=1, le=MAX_K, description="Entries in this answer; all `k` without it.")]


def page_of(
    brief: Brief, shortlist: Shortlist, page_size: int | None, cursor: str | None
) -> tuple[Shortlist, str | None]:
    """
    One page of a brief's shortlist, and the cursor of the next.

    Answers 410 where the cursor's snapshot is no longer the current one, 422 where the cursor is of another brief.
    """
    start, asked = 0, _digest(brief)
    if cursor is not None:
        snapshot_id, digest, start, given = unpack_cursor(cursor, str, str, int, int)
        page_size = page_size or given
        if snapshot_id != shortlist.snapshot_id:
            raise HTTPException(
                410,
                f"The cursor leads into snapshot {snapshot_id}; by now {shortlist.snapshot_id} answers. Begin again "
                "without a cursor.",
            )
        if digest != asked or not 0 < start <= MAX_K or not 0 < page_size <= MAX_K:
            raise HTTPException(422, "The cursor is of another brief; send the brief that it came with.")
    size = page_size or len(shortlist.entries)
    shown = dataclasses.replace(shortlist, entries=shortlist.entries[start : start + size])
    end = start + size
    more = pack_cursor(shortlist.snapshot_id, asked, end, size) if end < len(shortlist.entries) else None
    return shown, more


def _digest(brief: Brief) -> str:
    said = brief.model_dump_json(exclude_unset=True)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
