import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import discloses, disclosure_words


@pytest.mark.parametrize(
    "text",
    [
        "Loving this serum #ad",
        "#AD so good",
        "#ad, thanks",
        "Paid partnership with Dewroot",
        "Sponsored by Dewroot",
        "本集業配來了",
        "#廣告 新品",
        "【合作】新品開箱",
        "#合作",
        "本影片由露根贊助播出",
        "含有付費內容",
        "#商務合作 #业配 【業配】",
        "Video được tài trợ bởi Dewroot",
        "#quangcao",
        "#quảngcáo",
        "Hợp tác với nhãn hàng Dewroot",
        "[Quảng cáo] son mới",
        "คลิปนี้ได้รับการสนับสนุนจาก Dewroot",
        "สปอนเซอร์วันนี้",
        "#โฆษณา",
        "＃ＡＤ full width",
    ],
)
def test_discloses(text: str) -> None:
    assert discloses([text]).tolist() == [True]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "shadow and adventure",
        "#adventure",
        "#adidas",
        "an ad I saw",
        "my unsponsored byte",
        "我們合作很愉快",
        "廣告學課程",
        "合作無間",
        "#合作無間",
        "hợp tác xã nông nghiệp",
        "quảng cáo trên tivi",
        "โฆษณาตลกมาก",
        "tài trợ học bổng",
        "sponsoring is a word",
        "not sponsored by anyone",
        "คลิปนี้ไม่มีสปอนเซอร์",
        "聊聊業配怎麼報價",
        "廣告合作請洽信箱",
        "รวมเพลงไม่มีโฆษณา",
        "非贊助播出",
    ],
)
def test_everyday_words_are_no_disclosure(text: str | None) -> None:
    assert discloses([text]).tolist() == [False]


def test_the_words_are_the_evidence() -> None:
    assert disclosure_words("New! Paid Partnership, #ad") == ["paid partnership", "#ad"]


@given(st.lists(st.text()))
def test_one_answer_per_text(texts: list[str]) -> None:
    found = discloses(texts)
    assert found.dtype == np.bool_
    assert len(found) == len(texts)
    assert found.tolist() == [bool(disclosure_words(text)) for text in texts]
