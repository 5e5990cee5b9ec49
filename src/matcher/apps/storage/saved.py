"""What saved briefs and shortlists have in common: an owner, a name, and pages, newest first."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, delete, or_, select, update

from matcher.apps.storage.records import now
from matcher.errors import UnknownSaved
from matcher.records.said import say

Place = tuple[str, str]
"""Where a page ends: time and id of its last line."""


def one(connection: Connection, table: Table, owner: str, saved_id: str) -> RowMapping:
    """A row by its id; raises UnknownSaved where there is none or it is somebody else's."""
    row = connection.execute(select(table).where(table.c.id == saved_id, table.c.owner == owner)).mappings().first()
    if row is None:
        raise unknown(table, saved_id)
    return row


def page(connection: Connection, table: Table, owner: str, count: int, after: Place | None) -> list[RowMapping]:
    """Up to `count` rows of an owner, newest first, from after a place on."""
    asked = select(table).where(table.c.owner == owner)
    if after is not None:
        created_at, saved_id = after
        asked = asked.where(
            or_(table.c.created_at < created_at, and_(table.c.created_at == created_at, table.c.id < saved_id))
        )
    asked = asked.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(count)
    return list(connection.execute(asked).mappings())


def change(connection: Connection, table: Table, owner: str, saved_id: str, values: dict[str, Any]) -> None:
    """Set columns of a row; raises UnknownSaved."""
    asked = update(table).where(table.c.id == saved_id, table.c.owner == owner).values(values | {"updated_at": now()})
    if not connection.execute(asked).rowcount:
        raise unknown(table, saved_id)


def remove(connection: Connection, table: Table, owner: str, saved_id: str) -> None:
    """Delete a row; raises UnknownSaved."""
    if not connection.execute(delete(table).where(table.c.id == saved_id, table.c.owner == owner)).rowcount:
        raise unknown(table, saved_id)


def unknown(table: Table, saved_id: str) -> UnknownSaved:
    """The error for an id that is not there."""
    if table.name == "briefs":
        return UnknownSaved(say("there is no brief {id!r} here; list them with GET /v1/briefs", id=saved_id[:64]))
    return UnknownSaved(say("there is no shortlist {id!r} here; list them with GET /v1/shortlists", id=saved_id[:64]))


def as_json(document: Any) -> str:
    """A document as it is stored: ASCII, so that no database stumbles over a character."""
    return json.dumps(document, ensure_ascii=True, allow_nan=False)
