"""API keys: shown once when they are made, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from matcher.apps.storage.database import Database
from matcher.apps.storage.records import new_id, now
from matcher.apps.storage.tables import keys
from matcher.errors import InputError, UnknownSaved

PREFIX = "mk_"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key; not the key itself."""

    id: str
    name: str
    scopes: tuple[str, ...]
    requests_per_minute: int | None
    """None is the service's own limit."""
    max_body_bytes: int | None
    created_at: str
    revoked_at: str | None

    def allows(self, scope: str) -> bool:
        """Whether the key may be used for this."""
        return scope in self.scopes or "admin" in self.scopes


def make_key(
    database: Database,
    name: str,
    scopes: tuple[str, ...],
    requests_per_minute: int | None = None,
    max_body_bytes: int | None = None,
) -> tuple[ApiKey, str]:
    """
    A new key, and its secret, which is not kept: 256 random bits, so that a plain hash of it is enough.

    Raises InputError for a blank name.
    """
    if not name.strip():
        raise InputError(f"the name of a key is {name!r}; say whose it is, so that it can be found and revoked later")
    secret = PREFIX + secrets.token_urlsafe(32)
    row: dict[str, Any] = {"id": new_id("k"), "name": name, "scopes": " ".join(scopes), "created_at": now()}
    row |= {"requests_per_minute": requests_per_minute, "max_body_bytes": max_body_bytes, "revoked_at": None}
    with database.begin() as connection:
        connection.execute(insert(keys).values(row | {"digest": _digest(secret)}))
    return _record(row), secret


def find_key(database: Database, secret: str) -> ApiKey | None:
    """The key of a secret; None where there is none, or it was revoked."""
    asked = select(keys).where(keys.c.digest == _digest(secret), keys.c.revoked_at.is_(None))
    with database.read() as connection:
        row = connection.execute(asked).mappings().first()
    return None if row is None else _record(row)


def list_keys(database: Database) -> list[ApiKey]:
    """All keys, revoked ones too, oldest first."""
    with database.begin() as connection:
        return [_record(row) for row in connection.execute(select(keys).order_by(keys.c.created_at)).mappings()]


def revoke_key(database: Database, key_id: str) -> None:
    """Make a key useless for good; raises UnknownSaved where there is none, or it is useless already."""
    asked = update(keys).where(keys.c.id == key_id, keys.c.revoked_at.is_(None)).values(revoked_at=now())
    with database.begin() as connection:
        if not connection.execute(asked).rowcount:
            raise UnknownSaved(
                f"there is no key {key_id[:64]!r} that could be revoked; list them with matcher keys list"
            )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _record(row: RowMapping | dict[str, Any]) -> ApiKey:
    return ApiKey(
        id=row["id"],
        name=row["name"],
        scopes=tuple(row["scopes"].split()),
        requests_per_minute=row["requests_per_minute"],
        max_body_bytes=row["max_body_bytes"],
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
    )
