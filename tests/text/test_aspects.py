import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import split_aspects


@pytest.mark.parametrize(
    ("brief", "aspects"),
    [
        pytest.param(
            "Dewroot launches a gentle serum. We want honest reviewers with acne-prone skin!",
            ["Dewroot launches a gentle serum", "We want honest reviewers with acne-prone skin"],
            id="English sentences",
        ),
        pytest.param(
            "無麩質烘焙預拌粉：分享蛋糕、餅乾與甜點食譜的家庭烘焙者。",
            ["無麩質烘焙預拌粉", "分享蛋糕、餅乾與甜點食譜的家庭烘焙者"],
            id="Chinese marks",
        ),
        pytest.param(
            "Tai nghe không dây: tìm nhà sáng tạo âm nhạc Việt, cover, remix.",
            ["Tai nghe không dây", "tìm nhà sáng tạo âm nhạc Việt, cover, remix"],
            id="Vietnamese colon",
        ),
        pytest.param("coffee lovers", ["coffee lovers"], id="a short brief is one aspect"),
        pytest.param("Hi! Vegan. Snacks for kids.", ["Hi, Vegan, Snacks for kids"], id="fragments join"),
        pytest.param("Street food videos. Street food videos.", ["Street food videos"], id="no repeats"),
        pytest.param("version 2.5 of our app for runners", ["version 2.5 of our app for runners"], id="not a stop"),
        pytest.param("…!!", [], id="no words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_split_aspects(brief: str, aspects: list[str]) -> None:
    assert split_aspects(brief) == aspects


def test_thai_phrases_end_at_spaces_in_long_briefs() -> None:
    aspects = split_aspects("อยากได้ครีเอเตอร์สายเดินป่าและแคมป์ปิ้ง รองเท้าเดินป่าและเป้น้ำหนักเบามาก คนที่ชอบปีนเขาทุกสัปดาห์")
    assert len(aspects) == 3


def test_the_limit_loses_no_words() -> None:
    brief = ". ".join(f"this is aspect number {n}" for n in range(20))
    aspects = split_aspects(brief, limit=4)
    assert len(aspects) == 4
    assert "number 19" in aspects[-1]


@given(st.text(st.one_of(st.characters(), st.sampled_from("。！，. ,:;ก台a\n"))), st.integers(1, 8))
def test_never_more_than_the_limit_never_blank(brief: str, limit: int) -> None:
    aspects = split_aspects(brief, limit)
    assert len(aspects) <= limit
    assert all(aspect.strip() for aspect in aspects)
