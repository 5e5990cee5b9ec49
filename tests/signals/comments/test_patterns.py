"""Folding, and the lists in four languages."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from matcher.signals.comments import patterns
from matcher.signals.comments.patterns import fold, generic_pattern, list_pattern, taken_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sooo BEAUTIFUL!!! 😍", "so beautiful", id="stretched, loud and with an emoji"),
        pytest.param("đẹp quá", "dep qua", id="without accents"),
        pytest.param("Ｃｏｏｌ", "col", id="full width"),
        pytest.param("สวยมากกกก", "สวยมาก", id="a Thai letter held down"),
        pytest.param("งามมาก", "งามมาก", id="two words that meet"),
        pytest.param("哈哈哈哈", "哈", id="laughter"),
        pytest.param("讚讚", "讚讚", id="twice is a word"),
        pytest.param("❤️👨\u200d👩\u200d👧", "", id="emoji alone"),
        pytest.param("  \n ", "", id="white space"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold([text]) == [expected]
    assert fold(["x", text, "y"]) == ["x", expected, "y"]


PRAISE = [
    "So beautiful!!", "Love this photo 😍", "me encanta", "好漂亮喔～", "太棒了！！", "đẹp quá chị ơi", "dễ thương ghê",
    "สวยมากค่ะ", "น่ารักจังเลย 💕",
]  # fmt: skip
SAID = [
    "Where did you buy the shoes?", "the sole is too soft for me", "beautiful shoes", "請問哪裡買得到這雙鞋",
    "mình hay chạy bộ buổi sáng", "รองเท้ารุ่นนี้ใส่วิ่งได้ไหมคะ",
]  # fmt: skip


def test_praise_that_would_stand_anywhere() -> None:
    assert [bool(re.search(generic_pattern(), text)) for text in fold(PRAISE)] == [True] * len(PRAISE)
    assert [bool(re.search(generic_pattern(), text)) for text in fold(SAID)] == [False] * len(SAID)
    assert not re.search(generic_pattern(), "")


def test_promotion_in_four_languages() -> None:
    texts = ["Check out my channel!", "加我 line 賺錢", "đăng ký kênh của mình nhé", "ฝากร้านด้วยค่ะ", "Подписывайтесь!"]
    hits = pc.count_substring_regex(pa.array(fold(texts)), list_pattern("promotion")).to_pylist()
    assert all(hit >= 1 for hit in hits), hits
    assert pc.count_substring_regex(pa.array(fold(SAID + PRAISE)), list_pattern("promotion")).to_pylist() == [0] * len(
        SAID + PRAISE
    )


@pytest.mark.parametrize(
    ("pattern", "text", "count"),
    [
        (patterns.LINK, "see https://a.example/x and www.b.example", 2),
        (patterns.LINK, "just murdev.com", 1),
        (patterns.LINK, "end of it. Come on", 0),
        (patterns.MENTION, "@ann look @ben_c", 2),
        (patterns.MENTION, "mail ann@shop.example", 0),
        (patterns.CONTACT, "mail ann@shop.com or +84 912 345 678", 2),
        (patterns.CONTACT, "since 2019, 10 times", 0),
        (patterns.HASHTAG, "#run #跑步", 2),
        (patterns.QUESTION, "好看嗎", 1),
        (patterns.QUESTION, "สวยไหมคะ", 1),
    ],
)
def test_names_and_numbers(pattern: str, text: str, count: int) -> None:
    assert pc.count_substring_regex(pa.array([text]), pattern).to_pylist() == [count]


def test_what_is_left_without_names() -> None:
    left, counts = taken_out(pa.array(["@ann.shop see www.b.com #run now, or mail ann@shop.com"]))
    assert left.to_pylist()[0].split() == ["see", "now,", "or", "mail"]
    assert {name: count.to_pylist() for name, count in counts.items()} == {
        "contacts": [1], "mentions": [1], "links": [1], "hashtags": [1],
    }  # fmt: skip
