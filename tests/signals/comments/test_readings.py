"""What texts show."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.comments.readings import FEATURES, LONGEST, read_comments


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        pytest.param("😍😍😍", True, id="emoji alone"),
        pytest.param("Wow", True, id="one word"),
        pytest.param("So beautiful!", True, id="praise"),
        pytest.param("太美了", True, id="praise in Chinese"),
        pytest.param("!!!", True, id="punctuation"),
        pytest.param("Price?", False, id="a question of one word"),
        pytest.param("@ann @ben", False, id="friends who are shown the post"),
        pytest.param("I wear these on gravel every day", False, id="something"),
        pytest.param("鞋底太軟了不適合我", False, id="something in Chinese"),
    ],
)
def test_what_says_nothing(text: str, empty: bool) -> None:
    assert read_comments([text]).empty.tolist() == [empty]


def test_features_by_hand() -> None:
    found = read_comments(["AB cd 12!! @ann 😍"])
    features = dict(zip(FEATURES, found.features[0].tolist(), strict=True))
    assert found.words.tolist() == [3.0]
    assert features["words"] == pytest.approx(np.log(4))
    assert features["capitals"] == pytest.approx(2 / 4)
    assert features["digits"] == pytest.approx(2 / 9), "A B c d 1 2 ! ! and the emoji"
    assert features["emoji"] == pytest.approx(1 / 9)
    assert features["repeats"] == pytest.approx(1 / 9)
    assert features["exclamation"] == pytest.approx(np.log(3))


def test_words_without_spaces() -> None:
    assert read_comments(["跑步鞋"]).words.tolist() == [2.0], "one and a half characters a word"
    assert read_comments(["รองเท้าวิ"]).words.tolist() == [2.0], "four and a half a word"


def test_what_comes_after_the_longest_changes_nothing() -> None:
    texts = ["word " * 20_000, ("word " * 20_000)[:LONGEST]]
    found = read_comments(texts)
    assert (found.features[0] == found.features[1]).all()
    assert read_comments(["😍" * 100_000]).empty.all()


@given(st.lists(st.text(max_size=30), max_size=6))
def test_a_text_is_read_the_same_alone_and_among_others(texts: list[str]) -> None:
    together = read_comments(texts)
    assert np.isfinite(together.features).all() and together.features.shape == (len(texts), len(FEATURES))
    for row, text in enumerate(texts):
        alone = read_comments([text])
        assert (alone.features[0] == together.features[row]).all()
        assert alone.empty[0] == together.empty[row]
