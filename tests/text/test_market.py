import numpy as np
import pytest

from matcher.text import (
    creator_languages,
    is_cantonese,
    language_ids,
    language_shares,
    likely_market,
    market_of_language,
)
from matcher.text.market import CODES

ROWS = np.array([0, 0, 0, 0, 0, 1, 1, 2, 3], dtype=np.int32)
LANGUAGES = ["vi", "vi", "vi", "en", "th", "th", None, "en", "ja"]
SURE = np.array([0.9, 0.8, 0.9, 0.9, 0.1, 0.9, 0.0, 0.9, 0.2], dtype=np.float32)


def test_languages_by_their_share_of_confident_posts() -> None:
    assert creator_languages(ROWS, LANGUAGES, SURE, 5) == [["vi", "en"], ["th"], ["en"], ["ja"], []]


def test_numbers_give_the_same_as_codes() -> None:
    ids = language_ids(LANGUAGES)
    assert ids.dtype == np.int8
    assert creator_languages(ROWS, ids, SURE, 5) == creator_languages(ROWS, LANGUAGES, SURE, 5)
    assert creator_languages(ROWS, ids.astype(np.int16), SURE, 5) == creator_languages(ROWS, LANGUAGES, SURE, 5)


def test_shares_are_of_one() -> None:
    shares = language_shares(ROWS, LANGUAGES, SURE, 5)
    assert shares.dtype == np.float32
    assert shares[0, CODES.index("vi")] == 0.75
    assert shares.sum(axis=1) == pytest.approx([1, 1, 1, 1, 0])


def test_no_posts_at_all() -> None:
    assert creator_languages(np.zeros(0, np.int32), [], np.zeros(0, np.float32), 2) == [[], []]


def test_the_code_table_is_fixed() -> None:
    assert CODES[:6] == ("en", "zh-Hant", "zh-Hans", "vi", "th", "ja")
    assert len(set(CODES)) == len(CODES) < 127
    assert language_ids(["en", None, "xx", "th"]).tolist() == [0, -1, -1, 4]


@pytest.mark.parametrize(
    ("language", "market"),
    [("vi", "VN"), ("th", "TH"), ("zh-Hant", "TW"), ("ja", "JP"), ("ko", "KR"), ("id", "ID"), ("ms", "MY"),
     ("en", None), (None, None), ("xx", None)],
)  # fmt: skip
def test_market_of_language(language: str | None, market: str | None) -> None:
    assert market_of_language(language) == market


def test_english_does_not_hide_a_market() -> None:
    assert likely_market({"en": 0.6, "vi": 0.4}) == "VN"
    assert likely_market({"en": 0.9, "vi": 0.1}) is None
    assert likely_market({}) is None


def test_cantonese_points_to_hong_kong() -> None:
    spoken = is_cantonese(
        ["今日去咗食嘢，啲點心好好味", "今天去吃點心，真的很好吃", "", "hello", "下次再睇", "幾時㗎？"]
    )
    assert spoken.tolist() == [True, False, False, False, True, True]
    assert likely_market({"zh-Hant": 1.0}, cantonese=0.1) == "HK"
    assert likely_market({"zh-Hant": 1.0}, cantonese=0.09) == "TW"
    assert market_of_language("zh-Hans", cantonese=0.9) == "CN"
    assert market_of_language(None, cantonese=0.9) is None
