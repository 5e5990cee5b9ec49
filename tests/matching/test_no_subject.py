"""A brief without a subject is told so, and which conditions it names in words alone."""

from typing import Any

import pytest

from matcher.matching import Matcher
from matcher.matching.no_subject import subject_warnings
from matcher.records import Brief

NOTHING = "the text names no subject: relevance hardly tells creators apart"
ONLY_SAID = "the text names conditions that no field of the brief states, so nobody is left out by them: "


def told(text: str, **fields: Any) -> list[str]:
    return list(map(str, subject_warnings(Brief.parse({"text": text, **fields}), text)))


@pytest.mark.parametrize(
    "text",
    [
        "Looking for creators",
        "我們在找創作者",
        "tìm KOL",
        "หาครีเอเตอร์",
        "Find me good KOLs",
        "no wine",
        "không rượu bia",
    ],
)
def test_a_text_without_a_subject(text: str) -> None:
    [said] = told(text)
    assert said.startswith(NOTHING) and "add what they should post about" in said


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("creators in Taipei, 10k+ followers", "Taipei, 10k+ followers", "must.countries, must.followers"),
        ("台北的創作者，粉絲1萬以上", "台北, 粉絲1萬以上", "must.countries, must.followers"),
        ("creator ở Hà Nội trên 10k follow", "Hà Nội, trên 10k follow", "must.countries, must.followers"),
        (
            "Cần tìm 5 KOL tại Việt Nam, 10k-100k follower",
            "Việt Nam, 10k-100k follower",
            "must.countries, must.followers",
        ),
        ("ครีเอเตอร์ในกรุงเทพ ผู้ติดตาม 10k ขึ้นไป", "กรุงเทพ, ผู้ติดตาม 10k ขึ้นไป", "must.countries, must.followers"),
    ],
)
def test_a_place_is_a_condition_and_told(text: str, words: str, fields: str) -> None:
    first, second = told(text)
    assert first.startswith(NOTHING)
    assert second == f"{ONLY_SAID}{words}; state them in {fields}"


def test_conditions_that_fields_state_are_not_told() -> None:
    must = {"countries": ["TW"], "followers": {"min": 10_000}}
    assert len(told("creators in Taipei, 10k+ followers", must=must)) == 1


@pytest.mark.parametrize(
    "text", ["cafes in Taipei", "台北咖啡廳", "quán cà phê Hà Nội", "คาเฟ่กรุงเทพ", "moms who bake", "🏄"]
)
def test_a_subject_is_heard_beside_its_place(text: str) -> None:
    assert told(text) == []


def test_a_brand_may_say_what_it_is_about() -> None:
    assert told("Looking for creators", brand={"description": "We sell surfboards and wetsuits."}) == []


def test_the_shortlist_says_it_once_and_not_that_nothing_is_there(matcher_of: Any) -> None:
    matcher: Matcher = matcher_of([{"creator_id": "ann", "bio": "tea"}], [], "looking for oolong tea")
    warnings = matcher.match("Looking for creators").warnings
    assert [warning for warning in warnings if warning.startswith("the text names")] == [
        "the text names no subject: relevance hardly tells creators apart, and the order rests on the other signals; "
        "add what they should post about, such as a product, a hobby or a topic"
    ]
    assert not any("nothing in this index" in warning for warning in warnings)
    assert not any(warning.startswith("the text names") for warning in matcher.match("oolong tea").warnings)
