"""Folded text: one spelling, one white space, and every character still knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.folded import fold
from matcher.understanding.parse import parse_brief

WHITE = st.text(" \t\n\r\u00a0\u2028\u3000\x85", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("A  b\t\tc", "a b c"),
        ("a\u3000\u00a0 b", "a b"),
        ("a \r\n b", "a\nb"),
        ("a\n\n\n", "a\n"),
        ("ｄ－１", "d-1"),
        ("  ", " "),
    ],
)
def test_white_space_is_one_character(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.lists(st.tuples(st.text("a1Ｂ,", max_size=3), WHITE), max_size=6))
def test_no_two_white_spaces_touch_and_places_cover_the_original(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + white for word, white in parts)
    folded = fold(text)
    assert not any(one.isspace() and other.isspace() for one, other in zip(folded.text, folded.text[1:], strict=False))
    assert "".join(text[s:e] for s, e in zip(folded.starts, folded.ends, strict=True)) == text


@pytest.mark.parametrize("text", ["10k followers", "women aged 18 to 34", "不在 TikTok"])
def test_long_gaps_read_as_short_ones_and_keep_their_place(text: str) -> None:
    wide = text.replace(" ", " " * 9)
    short, long = parse_brief(text), parse_brief(wide)
    assert [(part.field, part.value) for part in long.understood] == [
        (part.field, part.value) for part in short.understood
    ]
    assert [wide[part.start : part.end] for part in long.understood] == [part.words for part in long.understood]


@pytest.mark.parametrize("filler", [" ", "\n", ",", " ,", "、", "-", "()", ": ", "and ", "的"])
@pytest.mark.parametrize("begin", ["18-24", "women", "10", "10k followers", "5%"])
def test_a_text_of_filler_comes_to_an_end(begin: str, filler: str) -> None:
    """With two ways to read one filler this would outlast the tests: each further one would double the work."""
    assert parse_brief(begin + filler * 2_000 + "x").brief["text"].endswith("x")
