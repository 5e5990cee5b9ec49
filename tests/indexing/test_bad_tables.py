"""Bad days with the tables: each ends in a snapshot that answers, or in a message and the old snapshot."""

import json
import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher import Matcher
from matcher.errors import InputError
from matcher.snapshot import SnapshotStore

from ..tiny import Row, jsonl
from .conftest import World, rejects

CREATOR: Row = {"creator_id": "a", "platform": "tiktok", "handle": "ann", "followers": 1000, "bio": "tea and cake"}
POST: Row = {"creator_id": "a", "platform": "tiktok", "published_at": "2026-10-01T00:00:00Z", "text": "green tea"}
COUNTS = ("views", "likes", "comments", "shares", "saves", "reach")


def shortlist(world: World, text: str = "green tea", **fields: Any) -> list[str]:
    """The ids of a shortlist whose scores are what they must be."""
    matcher = Matcher.open(world.indexes)
    found = matcher.match({"text": text, **fields})
    for entry in found.entries:
        assert 0 <= entry.score <= 1
        assert entry.score == pytest.approx(sum(part.contribution for part in entry.contributions), abs=1e-6)
        assert all(0 <= part.value <= 1 and 0 <= part.percentile <= 1 for part in entry.contributions)
    return [entry.creator_id for entry in found.entries]


def finite(world: World) -> None:
    """No signal and no vector is infinite or not a number."""
    index = world.index()
    for values in (index.creators.engagement_value, index.creators.engagement_percentile, index.post_vectors.scales):
        assert np.isfinite(values).all()
    assert ((index.creators.engagement_value >= 0) & (index.creators.engagement_value <= 1)).all()
    assert not np.isinf(index.creators.engagement_rate).any()


def test_no_creators(empty: World) -> None:
    empty.write("creators", [])
    empty.write("posts", [])
    with pytest.raises(InputError, match="at least one creator"):
        empty.reindex()
    assert SnapshotStore(empty.indexes).ids() == []


def test_no_posts(empty: World) -> None:
    empty.write("creators", [CREATOR, CREATOR | {"creator_id": "b", "bio": None}])
    empty.write("posts", [])
    assert empty.reindex().counts["posts"] == 0
    assert shortlist(empty)[0] == "a", "found by its bio"
    finite(empty)


def test_posts_come_and_go(empty: World) -> None:
    empty.write("creators", [CREATOR])
    for posts, embedded in (([], 0), ([POST | {"post_id": "1"}], 1), ([], 0)):
        empty.write("posts", posts)
        assert empty.reindex().counts["embedded"] == embedded
        assert shortlist(empty) == ["a"]


def test_one_creator(empty: World) -> None:
    empty.write("creators", [CREATOR])
    empty.write("posts", [POST | {"post_id": "1", "likes": 10, "views": 100}])
    empty.reindex()
    assert shortlist(empty) == ["a"]
    assert shortlist(empty, must={"platforms": ["instagram"]}) == []
    finite(empty)


def test_one_creator_of_whom_nothing_is_known(empty: World) -> None:
    empty.write("creators", [{"creator_id": "a"}])
    empty.write("posts", [{"post_id": "1", "creator_id": "a"}])
    empty.reindex()
    assert shortlist(empty) == ["a"]
    finite(empty)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([None], id="null"),
        pytest.param(["", "   ", "\u200b"], id="empty"),
        pytest.param(["🔥🔥", "☕️", "👩‍🍳"], id="emoji"),
        pytest.param(["https://a.example/b"], id="addresses"),
        pytest.param(["\x00\x01", "\u202e", "a" * 100_000], id="odd characters"),
    ],
)
def test_posts_with_no_text_to_speak_of(empty: World, texts: list[str | None]) -> None:
    empty.write("creators", [CREATOR])
    empty.write("posts", [POST | {"post_id": str(i), "text": text} for i, text in enumerate(texts)])
    assert empty.reindex().counts["posts"] == len(texts)
    assert shortlist(empty) == ["a"]
    finite(empty)


def test_posts_of_nothing_but_hashtags(empty: World) -> None:
    tags = ["teatime", "下午茶", "ชาเขียว"]
    empty.write("creators", [CREATOR])
    empty.write("posts", [POST | {"post_id": str(i), "text": None, "hashtags": [tags[i % 3]]} for i in range(9)])
    empty.reindex()
    assert (world_scales(empty) > 0).all()
    assert shortlist(empty) == ["a"]


def world_scales(world: World) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.asarray(world.index().post_vectors.scales)


def test_every_count_is_missing(world: World) -> None:
    for row in (rows := world.rows("posts")):
        for name in COUNTS:
            row.pop(name, None)
    world.write("posts", rows)
    for table in ("post_metrics", "comments", "follower_history"):
        (world.folder / f"{table}.jsonl").unlink()
    creators = world.rows("creators")
    for row in creators:
        row.pop("followers", None)
        row.pop("accounts", None)
    world.write("creators", creators)
    assert world.reindex().counts["embedded"] == 0
    index = world.index()
    assert np.isnan(index.creators.engagement_rate).all()
    assert len(shortlist(world)) == 15
    finite(world)


@pytest.mark.parametrize(
    "value", [math.nan, -5, -1e300, 1e300, 10**15, 2**63, "NaN", "many", "-", 1.5, True, [], {}, "1,234"]
)
def test_absurd_counts(empty: World, value: object) -> None:
    empty.write("creators", [CREATOR, CREATOR | {"creator_id": "b", "followers": value}])
    posts = [POST | {"post_id": f"{name}{i}", "creator_id": name} for name in "ab" for i in range(5)]
    for post in posts[1:]:
        post |= dict.fromkeys(COUNTS, value)
    empty.write("posts", posts)
    empty.write("post_metrics", [{"post_id": "a0", "observed_at": "2026-11-01T00:00:00Z", "likes": value}])
    empty.reindex(max_reject_share=1.0)
    shortlist(empty)
    finite(empty)
    for post in empty.index().post_table.to_pylist():
        assert all(post[name] is None or 0 <= post[name] <= 10**12 for name in COUNTS)
    assert all(line["reason"] and line["field"] in (*COUNTS, "followers", "creator_id") for line in rejects(empty))


def test_duplicate_ids(empty: World) -> None:
    empty.write("creators", [CREATOR, CREATOR | {"display_name": "again"}, CREATOR | {"creator_id": "b"}])
    empty.write("posts", [POST | {"post_id": "1"}, POST | {"post_id": "1", "text": "other"}, POST | {"post_id": "2"}])
    summary = empty.reindex(max_reject_share=0.5)
    assert (summary.counts["creators"], summary.counts["posts"]) == (2, 2)
    lines = rejects(empty)
    assert [line["line"] for line in lines if line["table"] == "posts"] == [2]
    assert {"table", "file", "line", "field", "reason", "value"} == set(lines[-1])
    assert sorted(empty.index().post_table.column("text").to_pylist()) == ["green tea", "green tea"]


def test_rejects_are_listed_in_the_snapshot_and_beside_it(empty: World) -> None:
    empty.write("creators", [CREATOR] * 1)
    posts: list[Any] = [POST | {"post_id": str(i)} for i in range(20)]
    posts += ["{broken", POST | {"post_id": None}, POST | {"post_id": "x", "creator_id": "nobody"}]
    empty.write("posts", posts)
    summary = empty.reindex(max_reject_share=0.2)
    assert summary.tables["posts"] == {"read": 23, "kept": 20, "rejected": 3}
    found = [(line["line"], line["field"]) for line in rejects(empty)]
    assert found == [(21, None), (22, "post_id"), (23, "creator_id")]
    assert all(line["file"].endswith("posts.jsonl") and line["reason"] for line in rejects(empty))
    beside = (empty.indexes / "rejects.jsonl").read_bytes()
    assert beside == (empty.index().folder / "rejects.jsonl").read_bytes()


def test_too_many_broken_lines(world: World) -> None:
    before = SnapshotStore(world.indexes).current()
    rows: list[Any] = world.rows("posts")
    rows[::10] = [json.dumps(row)[:-9] for row in rows[::10]]
    world.write("posts", rows)
    with pytest.raises(InputError, match=r"48 of 480 rows \(10\.0%\)") as caught:
        world.reindex()
    listed = Path(str(caught.value).split("listed in ")[1].split(";")[0])
    assert len(listed.read_text().splitlines()) == 48
    assert SnapshotStore(world.indexes).current() == before
    summary = world.reindex(max_reject_share=0.1)
    assert summary.tables["posts"] == {"read": 480, "kept": 432, "rejected": 48}


@pytest.mark.parametrize("table", ["creators", "posts"])
@pytest.mark.parametrize("name", ["noise.csv", "noise.jsonl", "noise.parquet", "noise.csv.gz"])
def test_a_file_of_noise(world: World, table: str, name: str) -> None:
    before = SnapshotStore(world.indexes).current()
    path = world.folder / name
    path.write_bytes(np.random.default_rng(1).bytes(20_000))
    with pytest.raises(InputError, match=r"noise\."):
        world.reindex(**{table: path})
    store = SnapshotStore(world.indexes)
    assert (store.current(), store.ids()) == (before, [before])
    assert not list(world.indexes.glob(".building-*"))


def test_mixed_time_zones(empty: World) -> None:
    times = ["2026-10-01T08:00:00+08:00", "2026-10-01T00:00:01Z", "2026-09-30T17:00:02-07:00", "2026-10-01 00:00:03"]
    empty.write("creators", [CREATOR])
    empty.write("posts", [POST | {"post_id": str(i), "published_at": at} for i, at in enumerate(times)])
    empty.reindex()
    index = empty.index()
    assert index.post_table.column("post_id").to_pylist() == ["3", "2", "1", "0"], "newest first"
    assert np.diff(index.posts.published_at).tolist() == [-1, -1, -1]


def test_tables_in_folders_and_other_formats(world: World) -> None:
    rows = world.rows("posts")
    folder = world.folder / "posts"
    folder.mkdir()
    jsonl(folder / "1.jsonl", rows[:200])
    jsonl(folder / "2.jsonl", rows[200:])
    (folder / "README.txt").write_text("not a table")
    summary = world.reindex(posts=folder)
    assert (summary.counts["posts"], summary.counts["embedded"]) == (480, 0)
    assert any("README.txt" in warning for warning in summary.warnings)


@pytest.mark.parametrize("rows", [50_000 if os.environ.get("MATCHER_SLOW_TESTS") else 5_000])
def test_one_creator_with_very_many_posts(empty: World, rows: int) -> None:
    empty.write("creators", [CREATOR, CREATOR | {"creator_id": "b", "bio": "cars"}])
    empty.write(
        "posts",
        [POST | {"post_id": str(i), "text": f"tea number {i}", "likes": i, "views": 10 * i} for i in range(rows)],
    )
    assert empty.reindex().counts["posts"] == rows
    assert shortlist(empty, "tea number 77")[0] == "a"
    finite(empty)


def test_a_language_beyond_the_64th(empty: World) -> None:
    codes = (
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
        "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ig ii ik io is it iu ja"
    ).split()
    empty.write("creators", [CREATOR | {"creator_id": f"c{i:02}", "languages": [code]} for i, code in enumerate(codes)])
    empty.write("posts", [POST | {"post_id": "1", "creator_id": "c00"}])
    empty.reindex()
    assert shortlist(empty, must={"languages": [codes[3]]}) == ["c03"]
    assert shortlist(empty, must={"languages": [codes[-1]]}) == [f"c{len(codes) - 1:02}"]
