"""Saved shortlists: the answer as it was, notes, a decision for each creator, and a link to share."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, insert, select, update

from matcher.apps.storage import saved
from matcher.apps.storage.database import Database, in_turn
from matcher.apps.storage.records import Decision, DecisionState, SavedShortlist, ShortlistLine, new_id, now
from matcher.apps.storage.tables import decisions, shortlists
from matcher.errors import UnknownCreator, UnknownSaved
from matcher.records.said import packed, say, unpacked


def save_shortlist(
    database: Database, owner: str, name: str, brief: dict[str, Any], shortlist: dict[str, Any], note: str = ""
) -> SavedShortlist:
    """Keep a shortlist under a new id; its sentences keep their templates."""
    with database.begin() as connection:
        return _record(_insert(connection, owner, name, brief, shortlist, note), ())


def keep_answer(database: Database, owner: str, name: str, brief: dict[str, Any], shortlist: dict[str, Any]) -> str:
    """
    The id of the newest shortlist that an owner saved of this brief on this snapshot; saved now where there is none.

    Whoever asks for the same at the same moment, on this worker or another, gets the same id.
    """
    said, snapshot_id = saved.as_json(brief), shortlist["snapshot_id"]
    asked = select(shortlists.c.id, shortlists.c.shortlist).where(
        shortlists.c.owner == owner, shortlists.c.brief == said
    )
    with database.begin() as connection:
        in_turn(connection, f"{owner}\n{snapshot_id}\n{said}")
        rows = connection.execute(asked.order_by(shortlists.c.created_at.desc(), shortlists.c.id.desc()))
        for row in rows:
            if json.loads(row.shortlist)["snapshot_id"] == snapshot_id:
                return str(row.id)
        return str(_insert(connection, owner, name, brief, shortlist, "")["id"])


def get_shortlist(database: Database, owner: str, shortlist_id: str) -> SavedShortlist:
    """A saved shortlist; raises UnknownSaved."""
    with database.begin() as connection:
        return _read(connection, saved.one(connection, shortlists, owner, shortlist_id))


def list_shortlists(
    database: Database, owner: str, count: int, after: saved.Place | None = None
) -> list[ShortlistLine]:
    """Saved shortlists without their entries, newest first."""
    with database.begin() as connection:
        rows = saved.page(connection, shortlists, owner, count, after)
        asked = select(decisions.c.shortlist_id, decisions.c.state).where(
            decisions.c.shortlist_id.in_([row["id"] for row in rows])
        )
        states: dict[str, Counter[str]] = {}
        for shortlist_id, state in connection.execute(asked):
            states.setdefault(shortlist_id, Counter())[state] += 1
    return [_line(row, states.get(row["id"], Counter())) for row in rows]


def change_shortlist(
    database: Database, owner: str, shortlist_id: str, *, name: str | None = None, note: str | None = None
) -> SavedShortlist:
    """Rename a shortlist, or write another note on it; raises UnknownSaved."""
    values = {key: value for key, value in {"name": name, "note": note}.items() if value is not None}
    with database.begin() as connection:
        saved.change(connection, shortlists, owner, shortlist_id, values)
        return _read(connection, saved.one(connection, shortlists, owner, shortlist_id))


def delete_shortlist(database: Database, owner: str, shortlist_id: str) -> None:
    """Forget a shortlist with its decisions; raises UnknownSaved."""
    with database.begin() as connection:
        saved.remove(connection, shortlists, owner, shortlist_id)


def decide(
    database: Database, owner: str, shortlist_id: str, creator_id: str, state: DecisionState, reason: str, note: str
) -> Decision:
    """Decide about a creator of a shortlist, anew if need be; raises UnknownSaved or UnknownCreator."""
    made = Decision(creator_id, state, reason, note, now())
    with database.begin() as connection:
        _check_creator(saved.one(connection, shortlists, owner, shortlist_id), creator_id)
        saved.change(connection, shortlists, owner, shortlist_id, {})  # first: the next who decides waits for this row
        _forget(connection, shortlist_id, creator_id)
        values = {
            "creator_id": creator_id,
            "state": state,
            "reason": reason,
            "note": note,
            "updated_at": made.updated_at,
        }
        connection.execute(insert(decisions).values(shortlist_id=shortlist_id, **values))
    return made


def undecide(database: Database, owner: str, shortlist_id: str, creator_id: str) -> None:
    """Take a decision back; raises UnknownSaved or UnknownCreator."""
    with database.begin() as connection:
        _check_creator(saved.one(connection, shortlists, owner, shortlist_id), creator_id)
        _forget(connection, shortlist_id, creator_id)
        saved.change(connection, shortlists, owner, shortlist_id, {})


def share(database: Database, owner: str, shortlist_id: str) -> str:
    """The token by which anyone may read a shortlist; the same each time until `unshare`. Raises UnknownSaved."""
    with database.begin() as connection:
        unshared = and_(
            shortlists.c.id == shortlist_id, shortlists.c.owner == owner, shortlists.c.share_token.is_(None)
        )
        values = {"share_token": secrets.token_urlsafe(24), "updated_at": now()}
        connection.execute(update(shortlists).where(unshared).values(values))
        return str(saved.one(connection, shortlists, owner, shortlist_id)["share_token"])


def unshare(database: Database, owner: str, shortlist_id: str) -> None:
    """Make the link of a shortlist lead nowhere; raises UnknownSaved."""
    with database.begin() as connection:
        saved.change(connection, shortlists, owner, shortlist_id, {"share_token": None})


def shared_shortlist(database: Database, token: str) -> SavedShortlist:
    """The shortlist that a token was given for; raises UnknownSaved."""
    with database.begin() as connection:
        row = connection.execute(select(shortlists).where(shortlists.c.share_token == token)).mappings().first()
        if row is None:
            raise UnknownSaved(say("this link leads nowhere: it was taken back, or its shortlist deleted"))
        return _read(connection, row)


def _insert(
    connection: Connection, owner: str, name: str, brief: dict[str, Any], shortlist: dict[str, Any], note: str
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": new_id("s"), "owner": owner, "name": name, "note": note, "share_token": None}
    row |= {"brief": saved.as_json(brief), "shortlist": saved.as_json(packed(shortlist)), "created_at": now()}
    row["updated_at"] = row["created_at"]
    connection.execute(insert(shortlists).values(row))
    return row


def _check_creator(row: RowMapping, creator_id: str) -> None:
    if all(entry["creator_id"] != creator_id for entry in json.loads(row["shortlist"])["entries"]):
        raise UnknownCreator(say("shortlist {id} has no creator {creator!r}", id=row["id"], creator=creator_id[:80]))


def _forget(connection: Connection, shortlist_id: str, creator_id: str) -> None:
    connection.execute(
        delete(decisions).where(decisions.c.shortlist_id == shortlist_id, decisions.c.creator_id == creator_id)
    )


def _read(connection: Connection, row: RowMapping) -> SavedShortlist:
    asked = select(decisions).where(decisions.c.shortlist_id == row["id"]).order_by(decisions.c.creator_id)
    made = connection.execute(asked).mappings()
    names = ("creator_id", "state", "reason", "note", "updated_at")
    return _record(row, tuple(Decision(*(one[name] for name in names)) for one in made))


def _record(row: RowMapping | dict[str, Any], made: tuple[Decision, ...]) -> SavedShortlist:
    return SavedShortlist(
        id=row["id"],
        name=row["name"],
        note=row["note"],
        brief=json.loads(row["brief"]),
        shortlist=unpacked(json.loads(row["shortlist"])),
        share_token=row["share_token"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        decisions=made,
    )


def _line(row: RowMapping, states: Counter[str]) -> ShortlistLine:
    shortlist = json.loads(row["shortlist"])
    return ShortlistLine(
        id=row["id"],
        name=row["name"],
        brief_id=shortlist["brief_id"],
        snapshot_id=shortlist["snapshot_id"],
        entries=len(shortlist["entries"]),
        decisions=dict(sorted(states.items())),
        shared=row["share_token"] is not None,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
