"""The shipped model does what it is shipped for."""

import numpy as np
import pytest

from matcher.retrieval.encoders.load import load_encoder
from matcher.retrieval.encoders.protocol import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


SKINCARE = {
    "en": "skincare routine for acne prone skin, gentle face serum",
    "zh-Hant": "痘痘肌保養心得 臉部精華液 護膚",
    "vi": "chăm sóc da mụn, serum dưỡng da mặt",
    "th": "รีวิวเซรั่มบำรุงผิวหน้า ดูแลผิวเป็นสิว",
}
CAMPING = {
    "en": "camping trip in the mountains with a tent and campfire",
    "zh-Hant": "週末上山露營 搭帳篷 營火",
    "vi": "cắm trại trên núi, dựng lều và đốt lửa trại",
    "th": "ไปตั้งแคมป์บนภูเขา กางเต็นท์ ก่อกองไฟ",
}


@pytest.mark.parametrize("brief", SKINCARE)
@pytest.mark.parametrize("post", SKINCARE)
def test_a_topic_is_nearer_than_another_in_any_language(encoder: Encoder, brief: str, post: str) -> None:
    asked, on_topic, off_topic = encoder.encode([SKINCARE[brief], SKINCARE[post], CAMPING[post]])
    assert asked @ on_topic > asked @ off_topic + 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("#Skincare", "skincare", id="hashtag and case"),
        pytest.param("臺灣護膚", "台湾护肤", id="Traditional and Simplified Chinese"),
        pytest.param("tea https://a.example/x?y=1", "tea", id="addresses say nothing"),
        pytest.param("👍🏽", "👍", id="skin tone"),
        pytest.param("ｃａｆｅ", "cafe", id="wide letters"),
    ],
)
def test_same_text(encoder: Encoder, one: str, other: str) -> None:
    a, b = encoder.encode([one, other])
    assert np.any(a)
    assert a @ b > 0.999 if one != "臺灣護膚" else a @ b > 0.8


def test_accents_are_letters(encoder: Encoder) -> None:
    bread, wait = encoder.encode(["bánh", "bành"])
    assert bread @ wait < 0.9


@pytest.mark.parametrize("text", ["", " ", "https://a.example/b", "\x00\x01", "!!! ..."])
def test_nothing_in_it(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text]).any()


@pytest.mark.parametrize("text", ["🔥", "مرحبا", "x" * 100_000, "🇻🇳", "\u202eabc"])
def test_odd_texts_are_finite(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()
