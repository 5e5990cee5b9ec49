"""What is saved, as it travels: frozen records, documents as plain dicts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

DecisionState = Literal["shortlisted", "rejected", "contacted", "agreed"]

OWNER_WITHOUT_KEY = "local"
"""Whose things are that were saved without a key."""


@dataclass(frozen=True, slots=True)
class SavedBrief:
    """A brief under a name."""

    id: str
    name: str
    brief: dict[str, Any]
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one creator of a shortlist."""

    creator_id: str
    state: DecisionState
    reason: str
    note: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class SavedShortlist:
    """A shortlist as it was answered, with what was made of it since."""

    id: str
    name: str
    note: str
    brief: dict[str, Any]
    shortlist: dict[str, Any]
    share_token: str | None
    created_at: str
    updated_at: str
    decisions: tuple[Decision, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ShortlistLine:
    """A shortlist in a list of them."""

    id: str
    name: str
    brief_id: str
    snapshot_id: str
    entries: int
    decisions: dict[str, int]
    shared: bool
    created_at: str
    updated_at: str


def new_id(kind: str) -> str:
    """An id that cannot be guessed; `kind` is its first letter."""
    return f"{kind}_{secrets.token_hex(12)}"


def now() -> str:
    """The time as it is stored: ISO 8601, UTC, to the microsecond."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
