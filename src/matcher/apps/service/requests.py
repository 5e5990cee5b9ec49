"""What comes in: the bodies of the POST endpoints, and examples of them that run on the demo world."""

from typing import Annotated, Any

from fastapi import Body
from fastapi.openapi.models import Example
from pydantic import Field, PlainValidator

from matcher.apps.service.fields import InnerBrief
from matcher.demo import briefs
from matcher.matching.similar import By
from matcher.records import Brief
from matcher.records.base import Name, Record
from matcher.records.brief import MAX_K


class ExplainRequest(Record):
    """A brief, and the creator whose place is to be explained."""

    brief: InnerBrief
    creator_id: Name


class OverlapRequest(Record):
    """Creators whose people are to be counted once."""

    creator_ids: Annotated[list[Name], Field(min_length=2, max_length=100)]


class SimilarRequest(Record):
    """Creators, and what others are to be like them in."""

    creator_ids: Annotated[list[Name], Field(min_length=1, max_length=100)]
    k: Annotated[int, Field(ge=1, le=MAX_K)] = 15
    by: By = "content"
    """`content`: what they post; `audience`: whom they reach."""


def examples(**bodies: tuple[str, Any]) -> dict[str, Example]:
    """OpenAPI examples: name → summary and body."""
    return {name: Example(summary=summary, value=value) for name, (summary, value) in bodies.items()}


SHORT_BRIEF = {"text": "Gentle sunscreen for sensitive skin, honest reviews in daylight", "must": {"countries": ["TW"]}}

MatchBody = Annotated[
    Brief,
    PlainValidator(Brief.parse, json_schema_input_type=Brief),
    Body(
        openapi_examples=examples(
            short=("A sentence and one condition", SHORT_BRIEF),
            full=("Every kind of field", briefs()[0]),
        )
    ),
]
ExplainBody = Annotated[
    ExplainRequest,
    Body(openapi_examples=examples(one=("Why not this one?", {"brief": SHORT_BRIEF, "creator_id": "c000001"}))),
]
SimilarBody = Annotated[
    SimilarRequest,
    Body(
        openapi_examples=examples(
            content=("By what they post", {"creator_ids": ["c000001", "c000002"], "k": 5}),
            audience=("By whom they reach", {"creator_ids": ["c000000"], "k": 5, "by": "audience"}),
        )
    ),
]
OverlapBody = Annotated[
    OverlapRequest, Body(openapi_examples=examples(two=("Two creators", {"creator_ids": ["c000001", "c000002"]})))
]
