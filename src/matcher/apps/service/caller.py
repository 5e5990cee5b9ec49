"""Who asks: the owner of what is saved, and whether it may see what only administrators do."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from matcher.apps.storage.records import OWNER_WITHOUT_KEY


async def _owner(request: Request) -> str:
    owner: str = getattr(request.state, "owner", OWNER_WITHOUT_KEY)
    return owner


Owner = Annotated[str, Depends(_owner)]
"""Whose saved briefs and shortlists a request sees: those of its key."""


async def _admin(request: Request) -> bool:
    admin: bool = getattr(request.state, "admin", True)
    return admin


Admin = Annotated[bool, Depends(_admin)]
"""Whether a request has the scope `admin`, or needs no key."""
