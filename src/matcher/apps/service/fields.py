"""Types that several bodies and paths share."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, Field, PlainValidator

from matcher.errors import BriefError
from matcher.records import Brief

MAX_PAGE = 200


def inner_brief(data: Any) -> Brief:
    """A brief that is one field of a body: its errors name their place in the whole body."""
    try:
        return Brief.parse(data)
    except BriefError as error:
        raise BriefError(error.message, tuple((f"brief.{loc}", msg) for loc, msg in error.errors)) from None


def _printable(text: str) -> str:
    if any(ord(character) < 32 and character not in "\n\t\r" for character in text):
        raise ValueError("must not hold control characters")
    return text


# Brief.parse, not pydantic's own validation: its errors say what is allowed, and are those of the other doors.
InnerBrief = Annotated[Brief, PlainValidator(inner_brief, json_schema_input_type=Brief)]
Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Note = Annotated[str, Field(max_length=5_000), AfterValidator(_printable)]
Count = Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before.")]
BriefId = Annotated[str, Path(examples=["b_000000000000000000000000"], max_length=64)]
ShortlistId = Annotated[str, Path(examples=["s_000000000000000000000000"], max_length=64)]
