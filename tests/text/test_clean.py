import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param("  a \n\n b\t c ", "a b c", id="white space is folded"),
        pytest.param("line\n⠀\n⠀\nline", "line line", id="blank braille keeps empty lines on Instagram"),
        pytest.param("Tom &amp; Jerry &lt;3", "Tom & Jerry <3", id="entities"),
        pytest.param("&amp;amp;amp; twice", "& twice", id="entities escaped more than once"),
        pytest.param("see https://x.co/a?b=1 now", "see now", id="a URL is dropped"),
        pytest.param("看這裡https://x.co/a，很好吃", "看這裡，很好吃", id="a URL ends at full-width punctuation"),
        pytest.param("a\u202eb\u2066c\u200bd\ufeff\x00e\u00ad", "abcde", id="controls, overrides, zero widths"),
        pytest.param("👩\u200d👧 ok", "👩\u200d👧 ok", id="a family stays together"),
        pytest.param("a\u200db", "ab", id="a joiner between letters joins nothing"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a Persian non-joiner carries meaning"),
        pytest.param("pho\u031b\u0309", "phở", id="Vietnamese marks are composed"),
        pytest.param("ｆｕｌｌ　width", "ｆｕｌｌ width", id="compatibility forms are kept"),
        pytest.param("อาหาร\u200bไทย", "อาหารไทย", id="a Thai zero-width space"),
        pytest.param("\ud800 lone", "lone", id="half a surrogate pair"),
    ],
)
def test_clean(text: str | None, expected: str) -> None:
    assert clean([text]) == [expected]


NOISE = st.text(
    st.one_of(st.characters(), st.sampled_from("&#;amplthtps:/w. \u200b\u200d\u200c\u0301👩👧\ufe0f\u202e🇹🇼ơ"))
)


@given(st.lists(NOISE))
def test_cleaning_what_is_clean_changes_nothing(texts: list[str]) -> None:
    once = clean(texts)
    assert clean(once) == once
    assert len(once) == len(texts)
    assert all(unicodedata.is_normalized("NFC", text) for text in once)
