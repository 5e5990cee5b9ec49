"""Saved briefs."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping, insert

from matcher.apps.storage import saved
from matcher.apps.storage.database import Database
from matcher.apps.storage.records import SavedBrief, new_id, now
from matcher.apps.storage.tables import briefs


def save_brief(database: Database, owner: str, name: str, brief: dict[str, Any]) -> SavedBrief:
    """Keep a brief under a new id."""
    row = {"id": new_id("b"), "owner": owner, "name": name, "brief": saved.as_json(brief), "created_at": now()}
    row["updated_at"] = row["created_at"]
    with database.begin() as connection:
        connection.execute(insert(briefs).values(row))
    return _record(row)


def get_brief(database: Database, owner: str, brief_id: str) -> SavedBrief:
    """A saved brief; raises UnknownSaved."""
    with database.begin() as connection:
        return _record(saved.one(connection, briefs, owner, brief_id))


def list_briefs(database: Database, owner: str, count: int, after: saved.Place | None = None) -> list[SavedBrief]:
    """Saved briefs, newest first."""
    with database.begin() as connection:
        return [_record(row) for row in saved.page(connection, briefs, owner, count, after)]


def change_brief(
    database: Database, owner: str, brief_id: str, *, name: str | None = None, brief: dict[str, Any] | None = None
) -> SavedBrief:
    """Rename a saved brief, or put another in its place; raises UnknownSaved."""
    values = {"name": name, "brief": None if brief is None else saved.as_json(brief)}
    with database.begin() as connection:
        saved.change(connection, briefs, owner, brief_id, {k: v for k, v in values.items() if v is not None})
        return _record(saved.one(connection, briefs, owner, brief_id))


def delete_brief(database: Database, owner: str, brief_id: str) -> None:
    """Forget a saved brief; raises UnknownSaved."""
    with database.begin() as connection:
        saved.remove(connection, briefs, owner, brief_id)


def _record(row: RowMapping | dict[str, Any]) -> SavedBrief:
    return SavedBrief(row["id"], row["name"], json.loads(row["brief"]), row["created_at"], row["updated_at"])
