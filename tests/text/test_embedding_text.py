import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import embedding_texts


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        pytest.param("Best #streetfoodtaipei in town", [], "Best street food taipei in town", id="tags become words"),
        pytest.param("吃 #台北美食 @shop", [], "吃 台北美食", id="handles go"),
        pytest.param("Vlog", ["Free Fire", "ẩm thực", "vlog"], "Vlog free fire ẩm thực", id="tags beside the text"),
        pytest.param("#food #Food #food", ["food"], "food", id="each tag once"),
        pytest.param(None, ["夜市"], "夜市", id="no caption"),
        pytest.param("", [], "", id="nothing"),
        pytest.param("台北美食之旅", ["台北美食"], "台北美食之旅", id="said already, without spaces"),
    ],
)
def test_embedding_texts(text: str | None, tags: list[str], expected: str) -> None:
    assert embedding_texts([text], [tags]) == [expected]


def test_a_wall_of_tags_does_not_drown_the_caption() -> None:
    wall = " ".join(f"#word{letter * 3}" for letter in "abcdefghijklmnopqrstuvwxyz")
    text = embedding_texts(["My caption " + wall], [[f"tag number {n}" for n in range(100)]])[0]
    assert text.startswith("My caption ")
    assert len(text.split()) <= 62


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=4)), max_size=4))
def test_never_raises_and_is_never_too_long(posts: list[tuple[str, list[str]]]) -> None:
    texts = embedding_texts([text for text, _ in posts], [tags for _, tags in posts], max_characters=80)
    assert all(len(text) <= 80 for text in texts)
    assert len(texts) == len(posts)
