import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import find_hashtags, find_mentions, hashtags, mentions, split_hashtag
from matcher.text.words import without_diacritics


def test_hashtags_as_written_without_repeats() -> None:
    text = "#Food #food #台北美食! #อาหารไทย #ẩmthực,#du_lich ＃夜市 a#b #2024 & &#39; #"
    assert find_hashtags(text) == ["Food", "台北美食", "อาหารไทย", "ẩmthực", "du_lich", "夜市"]


def test_mentions_are_accounts_not_addresses() -> None:
    assert find_mentions("hi @nike.tw, @a_b and @nike.tw! mail me@x.com @") == ["nike.tw", "a_b"]


def test_a_batch_is_its_texts() -> None:
    assert hashtags(["#a", "", "b"]) == [["a"], [], []]
    assert mentions(["@a", "", "b"]) == [["a"], [], []]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#streetfoodtaipei", ["street", "food", "taipei"]),
        ("StreetFoodTaipei", ["street", "food", "taipei"]),
        ("street_food_2024", ["street", "food", "2024"]),
        ("TAIWANFOOD", ["taiwan", "food"]),
        ("FREEFIRE", ["free", "fire"]),
        ("veganrecipes", ["vegan", "recipes"]),
        ("goodmorningvietnam", ["good", "morning", "vietnam"]),
        ("ootd", ["ootd"]),
        ("skincare", ["skincare"]),
        ("iPhone15", ["iphone", "15"]),
        ("90s", ["90s"]),
        ("dulichvietnam", ["du", "lich", "viet", "nam"]),
        ("ẩmthực", ["ẩm", "thực"]),
        ("ẨmThựcViệtNam", ["ẩm", "thực", "việt", "nam"]),
        ("monngonmoingay", ["mon", "ngon", "moi", "ngay"]),
        ("台北美食", ["台北美食"]),
        ("taipei美食", ["taipei", "美食"]),
        ("อาหารไทย", ["อาหารไทย"]),
        ("รีวิวbangkok", ["รีวิว", "bangkok"]),
        ("ラーメン", ["ラーメン"]),
        ("", []),
    ],
)
def test_split_hashtag(tag: str, words: list[str]) -> None:
    assert split_hashtag(tag) == words


@given(st.text())
def test_splitting_adds_no_letters(tag: str) -> None:
    words = split_hashtag(tag)
    assert all(words)
    assert not any(char.isspace() for word in words for char in word)
    letters = [char for char in "".join(words) if char.isalnum()]
    assert len(letters) <= len([char for char in tag.lower() if char.isalnum()])


def test_without_diacritics() -> None:
    assert without_diacritics("Đà Nẵng ẩm thực phở") == "Da Nang am thuc pho"
