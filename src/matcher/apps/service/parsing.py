"""POST briefs:parse: free text to a structured brief, with the words that each part was read from."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel, Field

from matcher.apps.service.depends import GUARD, json_only, may_answer
from matcher.apps.service.requests import examples
from matcher.records import Brief
from matcher.records.base import Record
from matcher.records.brief import MAX_TEXT
from matcher.understanding import parse_brief

router = APIRouter(
    prefix="/v1",
    tags=["matching"],
    dependencies=[Depends(json_only)],
    responses=may_answer(*GUARD, 400, 408, 413, 415, 422, 500),
)


class ParseRequest(Record):
    """A brief in words."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class UnderstoodPart(BaseModel):
    """One value that was understood, and its words."""

    field: str
    """Dotted path in the brief."""
    value: Any
    """What these words add to the field: one item of a list, one range, the shares of one facet."""
    words: str
    start: int
    end: int
    """Half-open range of `words` in the text, in code points."""


class LeftOut(BaseModel):
    """Words that looked like a condition and were not taken over."""

    words: str
    start: int
    end: int
    reason: str


class ParsedBrief(BaseModel):
    """A text as a structured brief."""

    brief: Brief
    """Ready for `/v1/match`; only `text` and what was understood are in it."""
    understood: list[UnderstoodPart]
    left_out: list[LeftOut]


ParseBody = Annotated[
    ParseRequest,
    Body(
        openapi_examples=examples(
            english=(
                "English",
                {"text": "Skin care creators in Taiwan, 10k–100k followers, for women aged 18–34, not on TikTok"},
            ),
            chinese=("Chinese", {"text": "尋找台灣的保養創作者，粉絲數1萬到10萬，受眾為18-34歲女性，預算新台幣30萬元"}),
            vietnamese=("Vietnamese", {"text": "Tìm nhà sáng tạo ở Việt Nam trên TikTok, ngân sách 50 triệu đồng"}),
            thai=("Thai", {"text": "มองหาครีเอเตอร์ในไทย ผู้ติดตาม 50,000 คนขึ้นไป งบประมาณ 200,000 บาท"}),
        )
    ),
]


@router.post("/briefs:parse", operation_id="parse_brief", response_model_exclude_unset=True)
def parse(body: ParseBody) -> ParsedBrief:
    """
    Read a brief in words: what it says of countries, ages, gender, platforms, size, budget, languages and safety.

    By rules, in English, Traditional Chinese, Vietnamese and Thai. What is not said is not in the brief; what is
    unclear or excluded is left out, with the reason. It needs no index.
    """
    return ParsedBrief.model_validate(parse_brief(body.text).to_dict())
