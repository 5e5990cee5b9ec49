"""The tables as a whole: sizes, columns, keys, and the same content for the same seed."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher.demo import World, write_world
from matcher.demo.world import TABLES
from matcher.errors import InputError

COLUMNS = {
    "creators": "creator_id display_name bio platform handle followers following media_count verified accounts country "
    "city languages categories account_kind prices contacts audience",
    "posts": "post_id creator_id platform published_at text hashtags language media_type duration_s url sponsored "
    "sponsors views likes comments shares saves reach impressions observed_at",
    "comments": "comment_id post_id author_id text published_at by_creator reply_to",
    "post_metrics": "post_id observed_at views likes comments shares saves impressions",
    "follower_history": "creator_id platform date followers",
    "collaborations": "collaboration_id creator_id brand platform started_at spend currency impressions clicks "
    "conversions revenue source",
}


def digest(world: World) -> dict[str, str]:
    tables = [world.table(name) for name in TABLES] + [world.truth]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tables}


def test_rows_are_as_many_as_asked_for(world: World, table: Any) -> None:
    assert world.rows["creators"] == 1500
    assert world.rows["posts"] == 15_000
    assert {name: len(table(name)) for name in TABLES} == dict(world.rows)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_the_contracts(name: str, table: Any) -> None:
    assert table(name).column_names == COLUMNS[name].split()


def test_column_types(table: Any) -> None:
    creators, posts = table("creators").schema, table("posts").schema
    assert posts.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert posts.field("hashtags").type == pa.list_(pa.string())
    assert posts.field("sponsored").type == pa.bool_()
    assert posts.field("views").type == pa.int64()
    assert creators.field("prices").type.value_type.field("amount").type == pa.float64()
    assert creators.field("audience").type.value_type.field("age").type.field("18-24").type == pa.float64()


def test_same_seed_same_bytes_other_seed_other_world(tmp_path: Path) -> None:
    def write(name: str, seed: int) -> World:
        return write_world(tmp_path / name, creators=80, posts_per_creator=6, seed=seed)

    first, again, other = (digest(write(name, seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert all(first[name] != other[name] for name in ("creators.parquet", "posts.parquet", "truth.jsonl"))


@pytest.mark.parametrize(
    ("name", "key", "parent"),
    [
        ("posts", "creator_id", "creators"),
        ("comments", "post_id", "posts"),
        ("post_metrics", "post_id", "posts"),
        ("follower_history", "creator_id", "creators"),
        ("collaborations", "creator_id", "creators"),
    ],
)
def test_every_key_points_at_a_row(name: str, key: str, parent: str, table: Any) -> None:
    held = set(table(name)[key].to_pylist())
    assert held
    assert held <= set(table(parent)[key].to_pylist())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("creators", "creator_id"),
        ("creators", "handle"),
        ("posts", "post_id"),
        ("comments", "comment_id"),
        ("collaborations", "collaboration_id"),
    ],
)
def test_ids_are_unique(name: str, key: str, table: Any) -> None:
    values = table(name)[key].to_pylist()
    assert len(set(values)) == len(values)


def test_replies_answer_a_comment_of_the_same_post(table: Any) -> None:
    comments = {row["comment_id"]: row for row in table("comments").to_pylist()}
    replies = [row for row in comments.values() if row["by_creator"]]
    assert replies
    assert all(comments[row["reply_to"]]["post_id"] == row["post_id"] for row in replies)
    assert all(comments[row["reply_to"]]["published_at"] < row["published_at"] for row in replies)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_other_formats_hold_the_same_rows(format: Any, tmp_path: Path) -> None:
    import csv
    import json

    parquet = write_world(tmp_path / "parquet", creators=40, posts_per_creator=5)
    other = write_world(tmp_path / format, creators=40, posts_per_creator=5, format=format)
    expected = pq.read_table(parquet.table("creators")).to_pylist()
    with other.table("creators").open(encoding="utf-8", newline="") as file:
        rows: list[Any] = [json.loads(line) for line in file] if format == "jsonl" else list(csv.DictReader(file))
    assert other.rows == parquet.rows
    assert [row["creator_id"] for row in rows] == [row["creator_id"] for row in expected]
    first = next(i for i, row in enumerate(expected) if row["audience"])
    audience = rows[first]["audience"]
    records = audience if format == "jsonl" else json.loads(audience)
    known = {age: share for age, share in expected[first]["audience"][0]["age"].items() if share is not None}
    assert records[0]["age"] == known


def test_progress_counts_every_post(tmp_path: Path) -> None:
    seen: list[int] = []
    write_world(tmp_path, creators=30, posts_per_creator=4, on_rows=seen.append)
    assert sum(seen) == 120


def test_a_world_without_posts_still_has_all_its_files(tmp_path: Path) -> None:
    empty = write_world(tmp_path, creators=1, posts_per_creator=0)
    assert empty.rows["creators"] == 1
    assert empty.rows["posts"] == 0
    assert pq.read_table(empty.table("posts")).column_names == COLUMNS["posts"].split()


def test_an_impossible_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="creators >= 1"):
        write_world(tmp_path, creators=0)
