"""A whole reindex: what goes in is what is found, and only what changed is embedded again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matcher.errors import SnapshotMismatch
from matcher.retrieval.encoders import load_encoder
from matcher.snapshot import SnapshotStore, load_table
from matcher.text import clean, embedding_texts

from ..tiny import Row, byte_model
from .conftest import AS_OF, World, contents, rejects

_OF_COMMENTS = tuple(f"creators/{name}" for name in ("comment", "reply", "engagement", "authenticity"))
"""Columns that rest on the comments."""


def posts_of(world: World) -> dict[str, Row]:
    return {row["post_id"]: row for row in world.index().post_table.to_pylist()}


def same_lexical(one: World, other: World, queries: tuple[str, ...] = ("coffee", "#sponsored", "夜市", "the")) -> None:
    for query in queries:
        for a, b in zip(
            one.index().lexical.search([query], 50), other.index().lexical.search([query], 50), strict=True
        ):
            np.testing.assert_array_equal(a, b)


def test_counts(built_world: World) -> None:
    index = built_world.index()
    assert index.manifest.counts == {"creators": 80, "posts": 480, "embedded": 480, "reused": 0, "erased": 0}
    assert len(index.creators) == index.creator_table.num_rows == len(index.creator_vectors) == 80
    assert len(index.posts) == index.post_table.num_rows == len(index.post_vectors) == 480
    assert index.manifest.encoder == "bytes-1"
    assert index.manifest.as_of == "2026-11-22T00:00:00Z"
    assert {source["table"] for source in index.manifest.sources} == {
        "creators", "posts", "comments", "post_metrics", "follower_history", "collaborations"
    }  # fmt: skip
    index.manifest.verify(index.folder)


def test_a_summary_says_what_was_done(world: World) -> None:
    world.write("posts", [*world.rows("posts"), {"post_id": "lost", "creator_id": "nobody", "text": "x"}])
    summary = world.reindex()
    assert summary.status == "published"
    assert summary.snapshot_id == SnapshotStore(world.indexes).current()
    assert summary.counts == {"creators": 80, "posts": 480, "embedded": 0, "reused": 480, "erased": 0}
    assert summary.tables["posts"] == {"read": 481, "kept": 480, "rejected": 1}
    assert {"load", "posts", "probe", "publish"} <= set(summary.seconds)
    assert 20 < summary.peak_memory_mb < 20_000


def test_posts_are_by_creator_and_newest_first(built_world: World) -> None:
    index = built_world.index()
    published = {row["post_id"]: row["published_at"] for row in built_world.rows("posts")}
    owner = {row["post_id"]: row["creator_id"] for row in built_world.rows("posts")}
    ids = index.post_table.column("post_id").to_pylist()
    assert sorted(ids) == sorted(published)
    start = index.creators.post_start
    for row in range(80):
        own = ids[start[row] : start[row + 1]]
        assert {owner[i] for i in own} <= {index.creator_id(row)}
        assert [published[i] for i in own] == sorted((published[i] for i in own), reverse=True)


def test_the_vectors_are_the_encoders(built_world: World) -> None:
    index = built_world.index()
    posts = index.post_table.to_pylist()
    texts = embedding_texts(clean([p["text"] for p in posts]), [p["hashtags"] or [] for p in posts])
    fresh = load_encoder(str(built_world.model)).encode(texts)
    np.testing.assert_allclose(index.post_vectors.gather(np.arange(480)), fresh, atol=0.005)


def test_a_creators_vector_is_the_mean_of_its_posts_and_bio(built_world: World) -> None:
    index = built_world.index()
    start = index.creators.post_start
    for row in (0, 17, 79):
        own = index.post_vectors.gather(np.arange(start[row], start[row + 1]))
        mean = own.sum(axis=0) + index.bio_vectors.gather(np.array([row]))[0]
        np.testing.assert_allclose(
            index.creator_vectors.gather(np.array([row]))[0], mean / np.linalg.norm(mean), atol=0.01
        )


def test_nothing_changed(world: World) -> None:
    before = SnapshotStore(world.indexes).current()
    summary = world.reindex()
    assert (summary.status, summary.snapshot_id) == ("unchanged", before)
    assert summary.counts == {"creators": 80, "posts": 480, "embedded": 0, "reused": 480, "erased": 0}
    assert summary.tables == {}
    assert SnapshotStore(world.indexes).ids() == [before]
    assert world.reindex(as_of=AS_OF.replace(hour=23)).status == "unchanged"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"as_of": AS_OF.replace(day=23)}, id="another day"),
        pytest.param({"full": True}, id="full"),
        pytest.param({"max_reject_share": 0.5}, id="another setting"),
        pytest.param({"erase": ("nobody",)}, id="an erasure"),
        pytest.param({"comments": None}, id="a table less"),
    ],
)
def test_built_again_all_the_same(world: World, options: Row) -> None:
    before = contents(world.index().folder)
    summary = world.reindex(**options)
    assert summary.status == "published"
    assert summary.counts["embedded"] == (480 if options.get("full") else 0)
    after = contents(world.index().folder)
    assert set(after) == set(before)
    different = {name for name in before if after[name] != before[name]}
    if "comments" in options:
        assert {"creators/comment_count.npy", "creators/reply_rate.npy"} <= different
        assert all(name.startswith(_OF_COMMENTS) for name in different)
    else:
        assert "as_of" in options or not different


def test_a_new_method_takes_nothing_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.indexing.previous.METHOD_VERSION", "another")
    summary = world.reindex()
    assert (summary.status, summary.counts["embedded"]) == ("published", 480)


def test_another_encoder_takes_nothing_over(world: World, tmp_path: Path) -> None:
    summary = world.reindex(encoder=str(byte_model(tmp_path / "other", seed=2)))
    assert (summary.status, summary.counts["embedded"]) == ("published", 480)
    assert world.index().manifest.encoder == "bytes-2"


def test_only_counts_changed(world: World) -> None:
    before = world.index()
    rows = world.rows("posts")
    for row in rows:
        row["likes"], row["views"] = 77, 1000
    world.write("posts", rows)
    (world.folder / "post_metrics.jsonl").unlink()
    summary = world.reindex()
    assert summary.counts["embedded"] == 0
    shown = posts_of(world)
    assert {(post["likes"], post["views"]) for post in shown.values()} == {(77, 1000)}
    np.testing.assert_array_equal(world.index().post_vectors.codes, before.post_vectors.codes)
    assert (world.index().creators.engagement_rate != before.creators.engagement_rate).any()


def test_one_post_changed(world: World) -> None:
    rows = world.rows("posts")
    rows[100]["text"] = "an unheard-of wombat-grooming tutorial"
    world.write("posts", rows)
    summary = world.reindex()
    assert summary.counts == {"creators": 80, "posts": 480, "embedded": 1, "reused": 479, "erased": 0}
    index = world.index()
    (number,) = index.lexical.containing(["wombat"]).tolist()
    assert index.post_table.column("post_id")[number].as_py() == rows[100]["post_id"]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda rows: rows.reverse(), id="another order"),
        pytest.param(lambda rows: rows[50].update(text="new words"), id="a changed post"),
        pytest.param(lambda rows: rows.__delitem__(slice(0, 40)), id="posts gone"),
        pytest.param(lambda rows: rows.append(rows[3] | {"post_id": "more"}), id="a post more"),
    ],
)
def test_incremental_is_the_same_as_full(world: World, edit: Callable[[list[Row]], None], tmp_path: Path) -> None:
    rows = world.rows("posts")
    edit(rows)
    world.write("posts", rows)
    if (world.folder / "post_metrics.jsonl").exists():
        (world.folder / "post_metrics.jsonl").unlink()
        (world.folder / "comments.jsonl").unlink()
    world.reindex()
    full = World(world.folder, world.model)
    full.indexes = tmp_path / "full"
    full.reindex(full=True)
    one, other = contents(world.index().folder), contents(full.index().folder)
    assert set(one) == set(other)
    assert [name for name in one if one[name] != other[name]] == []
    same_lexical(world, full)


def test_the_order_of_the_tables_does_not_matter(world: World, built_world: World) -> None:
    rng = np.random.default_rng(1)
    for table in ("creators", "posts", "comments", "post_metrics", "follower_history", "collaborations"):
        rows = world.rows(table)
        world.write(table, [rows[i] for i in rng.permutation(len(rows))])
    world.reindex(full=True)
    one, other = contents(world.index().folder), contents(built_world.index().folder)
    hidden = {"source_file", "source_line"}  # where a row came from, which is what changed
    changed = [name for name in one if one[name] != other[name]]
    for name in changed:
        assert name.endswith(".arrow"), name
        a, b = (load_table(w.index().folder / name) for w in (world, built_world))
        kept = [column for column in a.column_names if column not in hidden]
        assert a.select(kept).equals(b.select(kept)), name
    same_lexical(world, built_world)


def test_frames_are_like_files(world: World, built_world: World) -> None:
    frames = {name: pd.DataFrame(world.rows(name)) for name in ("creators", "posts")}
    world.indexes = world.folder / "from-frames"
    world.reindex(**frames)
    one, other = contents(world.index().folder), contents(built_world.index().folder)
    assert [name for name in one if one[name] != other[name] and not name.endswith(".arrow")] == []
    columns = ("post_id", "text", "likes", "hashtags")
    assert world.index().post_table.select(columns).equals(built_world.index().post_table.select(columns))
    assert world.reindex(**frames).status == "unchanged"


def test_a_deleted_creator_is_gone_from_every_part(world: World) -> None:
    index = world.index()
    gone = index.creator_id(7)
    span = np.arange(index.creators.post_start[7], index.creators.post_start[8])
    texts = [text for text in index.post_table.column("text").take(span).to_pylist() if text]
    codes = index.post_vectors.codes[span]
    post_ids = set(index.post_table.column("post_id").take(span).to_pylist())
    for table in ("creators", "posts", "collaborations", "follower_history"):
        world.write(table, [row for row in world.rows(table) if row["creator_id"] != gone])
    for table in ("comments", "post_metrics"):
        world.write(table, [row for row in world.rows(table) if row["post_id"] not in post_ids])
    assert world.reindex().counts["creators"] == 79
    is_nowhere(world, gone, texts, codes)


def is_nowhere(world: World, creator_id: str, texts: list[str], codes: np.ndarray[Any, Any]) -> None:
    """Neither id nor texts nor vectors are in any file of any snapshot, nor beside them."""
    assert texts
    index = world.index()
    for path in world.indexes.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if index.folder in path.parents or path.parent == world.indexes:
                assert creator_id.encode() not in content, path
                for text in texts:
                    assert text.encode() not in content, path
                    assert json.dumps(text).encode()[1:-1] not in content, path
    assert index.find_creator(creator_id) is None
    held = {row.tobytes() for row in index.post_vectors.codes}
    assert not any(row.tobytes() in held for row in codes)


@pytest.mark.parametrize("still_in_the_tables", [True, False])
def test_an_erased_creator_is_gone_for_good(world: World, still_in_the_tables: bool) -> None:
    world.reindex(full=True)
    index = world.index()
    gone = index.creator_id(7)
    span = np.arange(index.creators.post_start[7], index.creators.post_start[8])
    texts = [text for text in index.post_table.column("text").take(span).to_pylist() if text]
    codes = np.array(index.post_vectors.codes[span])
    others = {row["post_id"]: row for row in index.post_table.to_pylist()}
    if not still_in_the_tables:  # its posts are, as orphans
        world.write("creators", [row for row in world.rows("creators") if row["creator_id"] != gone])
    summary = world.reindex(erase=(gone,))
    assert summary.counts["erased"] == int(still_in_the_tables)
    assert summary.counts["creators"] == 79
    assert len(summary.removed) == 2
    assert SnapshotStore(world.indexes).ids() == [summary.snapshot_id]
    is_nowhere(world, gone, texts, codes)
    for post in world.index().post_table.to_pylist():
        assert post == others[post["post_id"]], "the counts of others are their own"
    world.write("posts", [*world.rows("posts"), {"post_id": "new", "creator_id": gone, "text": "I am back"}])
    assert world.reindex().counts["creators"] == 79
    is_nowhere(world, gone, [*texts, "I am back"], codes)
    assert world.reindex().status == "unchanged"


def test_no_value_of_the_tables_is_quoted_once_anybody_is_erased(world: World) -> None:
    gone = world.index().creator_id(7)
    rows = world.rows("creators")
    mine = next(row for row in rows if row["creator_id"] == gone)
    mine["country"], mine["audience"] = "ATLANTISZYX", {"age": {"ATLANTISZYX": 0.5}}
    world.write("creators", rows)
    post = {"creator_id": gone, "text": "x", "likes": "ATLANTISZYX\u2028\x85"}
    world.write("posts", [*world.rows("posts"), post | {"post_id": "odd"}])
    quoted = world.reindex()
    assert any("ATLANTISZYX" in warning for warning in quoted.warnings)
    assert "ATLANTISZYX" in (world.indexes / "rejects.jsonl").read_text(encoding="utf-8")
    for erased in ((gone,), ()):
        summary = world.reindex(erase=erased, as_of=AS_OF.replace(day=23 + len(erased)))
        assert not any("ATLANTISZYX" in warning for warning in summary.warnings)
        assert sum("country" in warning for warning in summary.warnings) == 1, "still said, without the example"
        folder = world.index().folder
        for path in (folder / "manifest.json", folder / "rejects.jsonl", world.indexes / "rejects.jsonl"):
            assert "ATLANTISZYX" not in path.read_text(encoding="utf-8")
        [reject] = rejects(world)
        assert (reject["table"], reject["field"], reject["value"]) == ("posts", "likes", None)


def test_an_erasure_that_died_is_finished_by_the_next_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old = SnapshotStore(world.indexes).current()
    gone = world.index().creator_id(3)

    def die(self: SnapshotStore, snapshot_ids: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(SnapshotStore, "remove", die)
        world.reindex(erase=(gone,))
    assert old in SnapshotStore(world.indexes).ids()
    summary = world.reindex()
    assert (summary.status, summary.removed) == ("unchanged", (old,))


def test_erasing_a_handle_instead_of_an_id_is_said(world: World) -> None:
    gap, warning = world.reindex(erase=("@somebody",)).warnings
    assert "does not cover the language" in gap  # the model of bytes names no Chinese
    assert "holds no '@somebody' (the key is creator_id, not the handle)" in warning


def test_old_snapshots_go(world: World) -> None:
    made = [SnapshotStore(world.indexes).current()]
    made += [world.reindex(as_of=AS_OF.replace(day=22 + day), keep=2).snapshot_id for day in (1, 2, 3)]
    assert SnapshotStore(world.indexes).ids() == made[-2:]
    assert made == sorted(made)


def test_as_of(world: World) -> None:
    index = world.index()
    later = AS_OF.replace(day=29)
    world.reindex(as_of=later)
    days, before = world.index().days_since_post(slice(None)), index.days_since_post(slice(None))
    np.testing.assert_allclose(days, before + 7)
    newest: dict[str, str] = {}
    for post in world.rows("posts"):
        newest[post["creator_id"]] = max(newest.get(post["creator_id"], ""), post["published_at"])
    own = pd.Timestamp(newest[index.creator_id(5)])
    assert before[5] == pytest.approx((pd.Timestamp(AS_OF) - own).total_seconds() / 86_400, abs=1e-4)


def test_the_newest_reading_wins(empty: World) -> None:
    empty.write("creators", [{"creator_id": "a", "platform": "tiktok", "handle": "a", "followers": 1000}])
    post = {"creator_id": "a", "text": "tea", "published_at": "2026-10-01T00:00:00Z"}
    empty.write("posts", [
        post | {"post_id": "p", "likes": 1, "views": 10, "observed_at": "2026-10-05T00:00:00Z"},
        post | {"post_id": "q", "likes": 2},
        post | {"post_id": "r", "likes": 3, "observed_at": "2026-10-05T00:00:00Z"},
    ])  # fmt: skip
    readings = [
        {"post_id": "p", "observed_at": "2026-10-07T00:00:00Z", "likes": 70},
        {"post_id": "p", "observed_at": "2026-10-06T00:00:00+00:00", "likes": 60, "views": 600},
        {"post_id": "p", "observed_at": "2026-10-07T08:00:00+09:00", "likes": 65},
        {"post_id": "q", "observed_at": "2020-01-01T00:00:00Z", "likes": 20, "views": 200},
        {"post_id": "r", "observed_at": "2026-10-04T00:00:00Z", "likes": 30, "views": 300},
        {"post_id": "nobody's", "observed_at": "2026-10-04T00:00:00Z", "likes": 99},
    ]
    expected = {"p": (70, 600), "q": (20, 200), "r": (3, 300)}
    for order in (readings, readings[::-1]):
        empty.write("post_metrics", order)
        empty.reindex(max_reject_share=0.5)
        assert {i: (post["likes"], post["views"]) for i, post in posts_of(empty).items()} == expected


def test_refused_by_another_encoder_with_the_way_out(world: World, tmp_path: Path) -> None:
    from matcher import Matcher

    other = load_encoder(str(byte_model(tmp_path / "other", seed=2)))
    with pytest.raises(SnapshotMismatch, match=r"built with encoder 'bytes-1'.*this matcher uses 'bytes-2'") as caught:
        Matcher.open(world.indexes, encoder=other)
    assert "Matcher.open(" in str(caught.value) and "matcher reindex" in str(caught.value)
