import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.apps.pages.marking import marked, words_of
from matcher.records import Brief


def said(text: str, words: set[str]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in marked(text, words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("My Sunscreens tested", {"sunscreen"}, "My [Sunscreens] tested", id="plural, capitals"),
        pytest.param("sunscreening", {"sunscreen"}, "sunscreening", id="whole words only"),
        pytest.param("今天去露營咖啡", {"露營", "營咖", "咖啡"}, "今天去[露營咖啡]", id="pairs that touch are one"),
        pytest.param("a (b", {"(b"}, "a [(b]", id="signs are only signs"),
        pytest.param("กับแมวใหม่", {"บแม", "แมว", "มวใ"}, "กั[บแมว]ใหม่", id="no half vowels"),
        pytest.param("การ", {"การ"}, "การ", id="three Thai letters are seldom a word"),
        pytest.param("nothing", set(), "nothing", id="no words"),
    ],
)
def test_marked(text: str, words: set[str], expected: str) -> None:
    assert said(text, words) == expected


@given(st.text(max_size=80), st.sets(st.text(min_size=1, max_size=4), max_size=5))
def test_the_pieces_are_the_text(text: str, words: set[str]) -> None:
    assert "".join(piece.text for piece in marked(text, words)) == text


def test_words_of_a_brief_leave_out_what_every_brief_has() -> None:
    words = words_of(Brief(text="We are looking for creators who test sunscreen with care"))
    assert "sunscreen" in words
    assert words.isdisjoint({"we", "are", "for", "with", "who"})
    assert "萬" not in words_of(Brief(text="露營，粉絲1萬到10萬"))
