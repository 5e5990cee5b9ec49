"""Free text to a brief: what it says is read, what is unclear is left out, and nothing is turned around."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import Brief
from matcher.understanding import Understood, parse_brief
from matcher.understanding.lexicon import data, words
from tests.understanding.texts import TEXTS


def fields(text: str) -> dict[str, Any]:
    """What was understood, without the text and its language."""
    brief = parse_brief(text).brief
    return {name: value for name, value in brief.items() if name not in ("text", "language")}


def places(found: Understood) -> list[tuple[int, int, str]]:
    """Start, end and words of all that was understood or left out."""
    read = [(part.start, part.end, part.words) for part in found.understood]
    return read + [(left.start, left.end, left.words) for left in found.left_out]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case, id=case[0][:40]) for case in TEXTS])
def test_what_a_text_says(text: str, expected: dict[str, Any]) -> None:
    assert fields(text) == expected


BRIEFS = [
    json.loads(line) for line in (Path(__file__).parent / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("brief", [pytest.param(brief, id=brief["text"][:40]) for brief in BRIEFS])
def test_briefs_in_four_languages(brief: dict[str, Any]) -> None:
    """Written with their readings in view of what people asked for: exclusions, cities, people who post themselves."""
    assert fields(brief["text"]) == brief["expected"]


def test_there_are_many_texts() -> None:
    assert len(TEXTS) >= 48


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_every_part_has_its_words_and_the_brief_can_be_used(text: str) -> None:
    found = parse_brief(text)
    assert Brief.parse(found.brief).text == text
    for start, end, said in places(found):
        assert text[start:end] == said != ""
    assert [part.start for part in found.understood] == sorted(part.start for part in found.understood)


def test_parts_name_the_field_the_value_and_the_words() -> None:
    found = parse_brief("Creators in Taiwan, ideally on TikTok, budget US$5k").to_dict()
    assert [(part["field"], part["value"], part["words"], part["start"]) for part in found["understood"]] == [
        ("must.countries", "TW", "Taiwan", 12),
        ("should.platforms", "tiktok", "TikTok", 31),
        ("budget", {"amount": 5000, "currency": "USD"}, "budget US$5k", 39),
    ]
    assert found["brief"]["language"] == "en"


def test_places_count_code_points_of_the_text_as_it_was_sent() -> None:
    text = "🌞🌞 " + unicodedata.normalize("NFD", "nhà sáng tạo ở Việt Nam")
    (part,) = parse_brief(text).understood
    assert text[part.start : part.end] == unicodedata.normalize("NFD", "Việt Nam")


def test_the_order_of_letters_cases_and_widths_do_not_matter() -> None:
    wide = "ＣＲＥＡＴＯＲＳ in TAIWAN, １０Ｋ+ followers"
    assert fields(wide) == {"must": {"countries": ["TW"], "followers": {"min": 10000}}}


EXCLUSIONS = [
    "Not on {}.", "no {} creators", "We don't want {}", "anything but {}", "{} creators need not apply", "{} is out",
    "Creators on {} who mostly dance are not for us", "please avoid {}, thanks", "never {}", "Instagram, not {}",
    "不要 {}", "除了 {} 以外都可以", "{} 不要", "請避開 {}", "我們不找 {} 網紅", "{} 的創作者，我們不要",
    "không dùng {}", "trừ {}", "{} thì không", "tránh kênh {}", "Nhà sáng tạo trên {}, chủ yếu nhảy, không phù hợp",
    "ไม่เอา {}", "ยกเว้น {}", "{} ไม่เอา", "หลีกเลี่ยง {}", "ครีเอเตอร์บน {} ไม่เหมาะกับเรา",
]  # fmt: skip


@pytest.mark.parametrize("template", EXCLUSIONS)
@pytest.mark.parametrize("name", ["TikTok", "YouTube", "ยูทูบ", "臉書"])
def test_what_is_excluded_never_becomes_a_condition(template: str, name: str) -> None:
    found = parse_brief(template.format(name))
    code = {"TikTok": "tiktok", "臉書": "facebook"}.get(name, "youtube")
    for part in ("must", "should"):
        assert code not in found.brief.get(part, {}).get("platforms", [])
    assert [left.words for left in found.left_out if "excluded" in left.reason] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "TikTok, YouTube and Facebook are out",
        "we do not want TikTok, YouTube or Facebook",
        "no TikTok, YouTube, or people on Facebook",
        "不要 TikTok、YouTube 和臉書",
        "không TikTok, YouTube và Facebook",
        "ไม่เอา TikTok, YouTube และ Facebook",
    ],
)
def test_a_list_is_excluded_as_a_whole(text: str) -> None:
    assert fields(text) == {}


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("not TikTok but Instagram", ["instagram"]),
        ("not only TikTok but also Instagram", ["tiktok", "instagram"]),
        ("不是 TikTok 而是 Instagram", ["instagram"]),
        ("không phải TikTok mà là Instagram", ["instagram"]),
        ("ไม่เอา TikTok แต่เอา Instagram", ["instagram"]),
    ],
)
def test_a_contrast_ends_an_exclusion(text: str, platforms: list[str]) -> None:
    assert fields(text) == {"must": {"platforms": platforms}}


@pytest.mark.parametrize(
    ("text", "audience", "platform"),
    [
        ("not on TikTok, women 18-34", True, False),
        ("不要 TikTok，18到34歲女性", True, False),
        ("không dùng TikTok, nữ 18-34 tuổi", True, False),
        ("ไม่เอา TikTok ผู้หญิง 18-34 ปี", True, False),
        ("please avoid: women 18-34", False, False),
        ("not for women 18-34, TikTok", False, True),
        ("we don't want TikTok, women or teens", False, False),
        ("no men, women 25-34", True, False),
        ("不要 18到34歲女性，TikTok", False, True),
    ],
)
def test_an_exclusion_ends_with_the_clause_of_what_it_names(text: str, audience: bool, platform: bool) -> None:
    found = fields(text)
    assert ("target_audience" in found, "platforms" in found.get("must", {})) == (audience, platform)


@pytest.mark.parametrize(
    "text",
    [
        "no shops, memes, or TikTok accounts",
        "avoid the following: TikTok, YouTube",
        "We do not work with creators who post mostly dance clips, memes, pranks on TikTok",
        "ไม่เอาครีเอเตอร์ที่อยู่บน TikTok",
        "อย่า ใช้ ติ๊กต็อก",
        "臉書 以外都可以",
    ],
)
def test_an_exclusion_goes_on_with_a_list_and_until_it_names_something(text: str) -> None:
    assert "platforms" not in fields(text).get("must", {})


@pytest.mark.parametrize("text", ["giá dưới 5 triệu", "單篇報價 5000 元以內", "ราคาไม่เกิน 3 พันบาท", "fees under $300"])
def test_a_price_that_is_no_budget_is_said_to_be_left_aside(text: str) -> None:
    found = parse_brief(text)
    assert fields(text) == {}
    assert [left.reason for left in found.left_out] == ["a price that is not called a budget"]


def test_a_city_stands_for_its_country() -> None:
    [part] = parse_brief("Creators in Chiang Mai").understood
    assert (part.field, part.value, part.words) == ("must.countries", "TH", "Chiang Mai")


def test_what_is_said_in_two_ways_is_left_out() -> None:
    found = parse_brief("Budget $5,000. Our budget: $8,000.")
    assert "budget" not in found.brief
    assert [left.words for left in found.left_out] == ["Budget $5,000", "budget: $8,000"]


@given(st.text(max_size=300))
def test_any_text_gives_a_brief_that_can_be_used(text: str) -> None:
    check(text)


_PIECES = st.sampled_from(
    [
        *(word for role in ("exclude", "creator", "audience", "followers", "budget", "least", "most", "shops",
                       "shops_ahead", "active", "recently", "price") for word in words(role)),
        *data("names")["currency_before"], *data("names")["currency_after"],
        *(name for kind in ("platforms", "countries", "tiers", "languages") for own in data("names")[kind].values()
          for name in own),
        "5k", "10,000", "1.5", "5萬", "三十萬", "๕๐", "18-34", "歲", "tuổi", "อายุ", "%", "0", "999999999999", "1e9", "-", "、",
        ",", ".", "。", "\n", "nữ", "男性", "ปี", "aged",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25), st.sampled_from(["", " "]))
def test_any_mixture_of_known_words_gives_a_brief_that_can_be_used(pieces: list[str], between: str) -> None:
    check(between.join(pieces))


def check(text: str) -> None:
    found = parse_brief(text)
    assert found == parse_brief(text)
    for start, end, said in places(found):
        assert text[start:end] == said != ""
    assert found.brief["text"] == text
    if text.strip():
        Brief.parse(found.brief)


@pytest.mark.parametrize("words", ["no shops", "不要店家", "không phải shop", "ไม่เอาร้านค้า"])
def test_who_is_unwanted_is_shown_with_the_word_that_says_so(words: str) -> None:
    parts = parse_brief(f"{words}, IG").understood
    assert [(part.field, part.words) for part in parts] == [
        ("must.account_kinds", words),
        ("must.account_kinds", words),
        ("must.platforms", "IG"),
    ]
