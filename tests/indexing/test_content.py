"""What decides a post's vector is hashed, and nothing else."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing.content import KnownContent, content_hashes

Post = tuple[str | None, list[str] | None, str | None]
BASE: Post = ("iced coffee", ["coffee"], "en")
LISTS = pa.list_(pa.string())


def hashes_of(*posts: Post) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    texts, tags, languages = zip(*posts, strict=True)
    return content_hashes(pa.array(texts, pa.string()), pa.array(tags, LISTS), pa.array(languages, pa.string()))


def texts_hashes(texts: list[str | None]) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return content_hashes(pa.array(texts, pa.string()))


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
def test_content_hashes(post: Post, same: bool) -> None:
    hashes = hashes_of(BASE, post)
    assert hashes.shape == (2, 2) and hashes.dtype == np.uint64
    assert bool((hashes[0] == hashes[1]).all()) is same


def test_nothing_empty_and_odd() -> None:
    assert texts_hashes([]).shape == (0, 2)
    assert len(np.unique(texts_hashes([None, "", "None", "-", "\x00"]), axis=0)) == 5
    assert (np.diff(hashes_of(("a", [], None), ("a", None, None)), axis=0) == 0).all(), "no list is an empty one"


_TEXT = st.text(alphabet="a1,;-\x00\x1f", max_size=3)


@given(st.lists(st.tuples(st.none() | _TEXT, st.lists(_TEXT, max_size=3), st.none() | _TEXT), min_size=1, max_size=9))
def test_other_posts_have_other_hashes(posts: list[Post]) -> None:
    """Wherever one string ends and the next begins, and whatever signs they hold; alone or in a slice of a table."""
    hashes = hashes_of(*posts)
    for row, post in enumerate(posts):
        same = [(hashes[row] == other).all() for other in hashes]
        assert same == [post == other for other in posts]
        np.testing.assert_array_equal(hashes_of(post)[0], hashes[row])
    middle = content_hashes(pa.array([None, *[post[1] for post in posts]], LISTS)[1:])
    np.testing.assert_array_equal(middle, content_hashes(pa.array([post[1] for post in posts], LISTS)))


@given(st.lists(_TEXT, max_size=20), st.lists(_TEXT, max_size=20))
def test_known_content_is_a_lookup(known: list[str], asked: list[str]) -> None:
    rows = KnownContent.of(texts_hashes(list(known))).rows(texts_hashes(list(asked)))
    for text, row in zip(asked, rows.tolist(), strict=True):
        assert (text in known) == (row >= 0)
        assert row < 0 or known[row] == text
