import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Street food in Taipei's market", ["street", "food", "in", "taipei", "market"], id="English"),
        pytest.param("recipes stories dogs glass bus", ["recipe", "story", "dog", "glass", "bus"], id="plurals"),
        pytest.param("Ẩm thực ĐƯỜNG phố", ["ẩm", "thực", "đường", "phố"], id="Vietnamese keeps its marks"),
        pytest.param("台北美食", ["台北", "北美", "美食"], id="Chinese in pairs"),
        pytest.param("吃 ramen 麵", ["吃", "ramen", "麵"], id="a run of one is itself"),
        pytest.param("อาหาร รส", ["อาห", "าหา", "หาร", "รส"], id="Thai in triples"),
        pytest.param("ラーメン屋", ["ラー", "ーメ", "メン", "ン屋"], id="Japanese in pairs"),
        pytest.param("맛집 추천", ["맛집", "추천"], id="Korean has spaces"),
        pytest.param("iPhone 15 5G", ["iphone", "15", "5g"], id="numbers stay"),
        pytest.param("#streetfood ok", ["#streetfood", "street", "food", "ok"], id="a hashtag whole and split"),
        pytest.param("#台北美食", ["#台北美食", "台北", "北美", "美食"], id="a Chinese hashtag"),
        pytest.param("@nike.tw", ["@nike.tw", "nike", "tw"], id="a handle whole and split"),
        pytest.param("so good 😋👩\u200d👧", ["so", "good", "😋", "👩\u200d👧"], id="emoji"),
        pytest.param("❤️❤", ["❤", "❤"], id="one heart in two forms"),
        pytest.param("see https://x.co/abc ok", ["see", "ok"], id="no URL"),
        pytest.param("Ｆｕｌｌ　ｗｉｄｔｈ", ["full", "width"], id="full width"),
        pytest.param("美食food台北", ["美食", "food", "台北"], id="scripts meet without a space"),
        pytest.param("हिन्दी में", ["हिन्दी", "में"], id="Indic marks stay in their word"),
        pytest.param(" \n", [], id="nothing"),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens([text]) == [expected]


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("#@台ไơ😀\u200d\ufe0f ")))))
def test_no_token_is_empty_or_holds_space_and_texts_do_not_mix(texts: list[str]) -> None:
    found = tokens(texts)
    assert not any(not token or any(char.isspace() for char in token) for text in found for token in text)
    assert tokens(texts[::-1]) == found[::-1]
