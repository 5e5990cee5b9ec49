"""What decides a post's vector is hashed, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing.content import KnownContent, content_hashes, id_hashes

BASE = ("iced coffee", ["coffee"], "en")


@pytest.mark.parametrize(
    ("post", "same"),
    [
        pytest.param(("iced coffee", ["coffee"], "en"), True, id="itself"),
        pytest.param(("Iced coffee", ["coffee"], "en"), False, id="another letter"),
        pytest.param(("iced coffee", ["coffee", "ice"], "en"), False, id="another hashtag"),
        pytest.param(("iced coffee", [], "en"), False, id="no hashtag"),
        pytest.param(("iced coffee", ["coffee"], "fr"), False, id="another language"),
        pytest.param(("iced coffee", ["coffee"], None), False, id="no language"),
        pytest.param((None, ["coffee"], "en"), False, id="no text"),
    ],
)
def test_content_hashes(post: tuple[str | None, list[str], str | None], same: bool) -> None:
    hashes = content_hashes([BASE[0], post[0]], [BASE[1], post[1]], [BASE[2], post[2]])
    assert hashes.shape == (2, 2) and hashes.dtype == np.uint64
    assert bool((hashes[0] == hashes[1]).all()) is same


def test_nothing_empty_and_odd() -> None:
    assert content_hashes([]).shape == (0, 2)
    assert len(np.unique(content_hashes([None, "", "None", "\ud83d", "\x00"]), axis=0)) == 5
    assert len(np.unique(id_hashes(["", "a", "\ud83d"]))) == 3


@given(st.lists(st.text(max_size=3), max_size=20), st.lists(st.text(max_size=3), max_size=20))
def test_known_content_is_a_lookup(known: list[str], asked: list[str]) -> None:
    rows = KnownContent.of(content_hashes(known)).rows(content_hashes(asked))
    for text, row in zip(asked, rows.tolist(), strict=True):
        assert (text in known) == (row >= 0)
        assert row < 0 or known[row] == text
