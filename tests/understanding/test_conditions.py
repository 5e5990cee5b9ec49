"""The words of conditions are left out of what is searched for; all others stay, in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding import without_conditions
from tests.understanding.texts import TEXTS


def left(text: str) -> str:
    """What is left of a text, white space and punctuation aside."""
    [kept] = without_conditions([text])
    return " ".join(re.findall(r"[\w\u0e00-\u0e7f]+", kept))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vegan cooks, 10k–100k followers, women aged 18-34. Budget US$5,000.", "Vegan cooks women"),
        ("Hikers on Instagram and TikTok, engagement rate above 3%", "Hikers on and"),
        ("Home bakers, max $300 per post, total budget US$8,000", "Home bakers per post total"),
        ("Moms in their 30s in Vietnam who bake", "Moms in Vietnam who bake"),
        ("烘焙創作者，粉絲1萬到10萬，25到40歲女性，預算15萬元台幣", "烘焙創作者 女性"),
        ("Người tập gym, từ 10k đến 100k người theo dõi, nữ 18-34 tuổi. Ngân sách 50 triệu đồng", "Người tập gym nữ"),
        ("สายเดินป่า ผู้ติดตาม 1 หมื่นถึง 1 แสน อายุ 18-34 ปี งบประมาณ 50,000 บาท", "สายเดินป่า"),
    ],
)
def test_numbers_money_sizes_and_platforms_go(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bars in Taipei, no gambling", "Bars in Taipei no"),
        ("Craft beer lovers", "Craft beer lovers"),
        ("分享台北酒吧，不要賭博", "分享台北酒吧 不要"),
    ],
)
def test_what_nobody_should_stand_beside_goes_and_a_subject_stays(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Teens who dance", "Vietnamese street food", "Top 10 hikes in 3 days", "24 hours of Le Mans", "1000 種植物"],
)
def test_what_may_be_a_subject_stays(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize("text", ["10k followers or more", "YouTube", ""])
def test_a_text_of_conditions_alone_stays_as_it_is(text: str) -> None:
    assert without_conditions([text]) == [text]


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_words_stay_in_order(text: str) -> None:
    assert _is_within(left(text).replace(" ", ""), text)


@given(st.text(max_size=200))
def test_nothing_is_added_to_any_text(text: str) -> None:
    [kept] = without_conditions([text])
    assert _is_within(kept.replace(" ", ""), text)


def _is_within(part: str, whole: str) -> bool:
    """Whether the characters of a text stand in another in the same order."""
    rest = iter(whole)
    return all(character in rest for character in part)
