"""From the spool to files: order, sums, reference creators, and the dense index of large tables."""

import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing import assemble
from matcher.indexing.assemble import post_sums, reference_creators, snapshot_order
from matcher.matching import candidates
from matcher.retrieval import stores
from matcher.retrieval.stores import IvfStore
from matcher.retrieval.vectors import VectorTable
from matcher.snapshot import NEVER, load_table
from matcher.text import clean, tokens

from ..tiny import Row
from .conftest import World

POSTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([NEVER, -5, 0, 7, 10**9]), st.integers(0, 2**64 - 1)),
    max_size=30, unique_by=lambda post: post[2],
)  # fmt: skip


def spool_of(posts: list[tuple[int, int, int]]) -> Any:
    columns = list(zip(*posts, strict=True)) if posts else [(), (), ()]
    return SimpleNamespace(
        creator=np.array(columns[0], np.int32),
        published_at=np.array(columns[1], np.int64),
        post_hash=np.array(columns[2], np.uint64),
    )


@given(posts=POSTS, seed=st.integers(0, 9))
def test_snapshot_order(posts: list[tuple[int, int, int]], seed: int) -> None:
    """By creator, newest first, those without a time last; whatever the order of arrival."""
    expected = sorted(posts, key=lambda post: (post[0], -post[1], post[2]))
    shuffled = [posts[i] for i in np.random.default_rng(seed).permutation(len(posts))]
    for arrived in (posts, shuffled):
        assert [arrived[i] for i in snapshot_order(spool_of(arrived))] == expected


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(1, 6))
def test_post_sums(sizes: list[int], chunk: int) -> None:
    start = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
    rows = np.random.default_rng(1).normal(size=(int(start[-1]), 3)).astype(np.float32)
    table = VectorTable.of(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assemble, "_CHUNK", chunk)
        sums = post_sums(table, start)
    for row, (first, last) in enumerate(itertools.pairwise(start.tolist())):
        np.testing.assert_allclose(sums[row], table.gather(np.arange(first, last)).sum(axis=0), atol=1e-5)


def test_reference_creators() -> None:
    group = np.array([0] * 100 + [1] * 20 + [2] * 5, np.int32)
    has_text = np.ones(125, np.bool_)
    has_text[120] = False
    rows = reference_creators(group, has_text)
    assert np.bincount(group[rows]).tolist() == [30, 20, 4]
    assert rows.tolist() == sorted(set(rows.tolist()))
    np.testing.assert_array_equal(rows, reference_creators(group, has_text))
    assert len(reference_creators(np.empty(0, np.int32), np.empty(0, np.bool_))) == 0
    assert len(reference_creators(group, np.zeros(125, np.bool_))) == 0


@pytest.fixture
def large(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The demo world taken for a large one: 480 posts are too many to scan."""
    monkeypatch.setattr(assemble, "EXACT_ROWS", 100)
    monkeypatch.setattr(stores, "EXACT_ROWS", 50)
    monkeypatch.setattr(candidates, "ALL_CREATORS", 10)
    world.reindex(full=True)
    return world


def test_a_large_table_gets_an_index(large: World) -> None:
    index = large.index()
    assert isinstance(index.post_store, IvfStore)
    assert not (index.folder / "vectors" / "creators.faiss").exists(), "80 creators are scanned"
    rows = np.arange(0, 480, 7)
    own = index.post_vectors.gather(rows)
    values, _ = index.post_store.search(own, 1)
    np.testing.assert_allclose(values[:, 0], (own * own).sum(axis=1), atol=0.005)


def test_an_index_of_the_same_posts_is_taken_over(large: World) -> None:
    before = large.index().folder / "vectors" / "posts.faiss"
    large.write("creators", [row | {"followers": 5} for row in large.rows("creators")])
    large.reindex()
    after = large.index().folder / "vectors" / "posts.faiss"
    assert after.parent.parent != before.parent.parent
    assert after.samefile(before)
    lexical = large.index().folder / "lexical" / "meta.json"
    assert lexical.samefile(before.parent.parent / "lexical" / "meta.json")


def test_posts_that_changed_are_in_the_index(large: World) -> None:
    posts = large.rows("posts")
    posts[5]["text"] = "zzzz qqqq zzzz"
    large.write("posts", posts)
    large.reindex()
    index = large.index()
    (row,) = index.lexical.containing(["zzzz", "qqqq", "zzzz"])
    _, found = index.post_store.search(index.post_vectors.gather(np.array([row])), 1)
    assert found.tolist() == [[row]]


def test_an_index_does_not_depend_on_where_it_lies(large: World, tmp_path: Path) -> None:
    moved = World(large.folder, large.model)
    moved.indexes = tmp_path / "moved"
    large.indexes.rename(moved.indexes)
    assert moved.index().post_table.num_rows == 480
    assert moved.reindex().status == "unchanged"


def test_what_creators_say_is_kept_as_words_after_the_posts(world: World) -> None:
    creators = world.rows("creators")
    creators[3]["bio"] = "zzzz qqqq"
    del creators[5]
    world.write("creators", creators)
    world.write("posts", [post for post in world.rows("posts") if post["creator_id"] != world.index().creator_id(5)])
    world.reindex(max_reject_share=1.0)
    index = world.index()
    words = load_table(index.folder / "tokens.arrow").column("tokens").to_pylist()
    assert len(words) == len(index.posts) + 79
    for row in range(79):
        text = bio_of(index.creator_table.slice(row, 1).to_pylist()[0])
        assert words[len(index.posts) + row] == " ".join(tokens(clean([text]))[0])
    (found,) = index.lexical.containing(["zzzz", "qqqq"])
    assert index.creator_id(int(found) - len(index.posts)) == creators[3]["creator_id"]


def bio_of(creator: Row) -> str:
    parts = (creator["display_name"], creator["bio"], ", ".join(creator["categories"] or ()))
    return ". ".join(part for part in parts if part)


def test_vectors_are_taken_over_where_nobody_said_anything_new(world: World) -> None:
    before = world.index().folder
    world.write("posts", [row | {"likes": 3} for row in world.rows("posts")])
    world.reindex()
    after = world.index().folder
    for name in ("posts.codes", "posts.scales", "bios.codes", "creators.codes", "creators.scales"):
        assert (after / "vectors" / f"{name}.npy").samefile(before / "vectors" / f"{name}.npy"), name
    assert (after / "tokens.arrow").samefile(before / "tokens.arrow")
