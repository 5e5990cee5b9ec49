"""Opaque cursors: where a page of a list ended, so that the next one goes on from there."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from starlette.exceptions import HTTPException


def pack_cursor(*place: str | int) -> str:
    """A place as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def unpack_cursor(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """The place of a cursor; answers 422 where it is none of ours, or none of this list."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        json.dumps(place, ensure_ascii=False).encode()  # half a character can be asked of no database
    except (ValueError, binascii.Error, RecursionError):
        place = None
    if "\\u0000" in json.dumps(place) or not isinstance(place, list) or [type(part) for part in place] != list(kinds):
        raise HTTPException(
            422, f"cursor {cursor[:40]!r} is none of this list; leave it out to begin at the first page."
        )
    return tuple(place)
