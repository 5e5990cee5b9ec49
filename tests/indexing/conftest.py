"""A demo world of 80 creators and 480 posts, reindexed with a model of 256 rows."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from matcher.demo import write_world
from matcher.indexing import Summary, reindex
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore

from ..tiny import Row, byte_model, jsonl, read_jsonl

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
TABLES = ("creators", "posts", "comments", "post_metrics", "follower_history", "collaborations")


class World:
    """Tables that a test may edit, and the index made of them."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.folder, self.model = folder, model
        self.indexes = folder / "indexes"

    def rows(self, table: str) -> list[Row]:
        return read_jsonl(self.folder / f"{table}.jsonl")

    def write(self, table: str, rows: list[Any]) -> None:
        jsonl(self.folder / f"{table}.jsonl", rows)

    def reindex(self, **options: Any) -> Summary:
        tables = {name: self.folder / f"{name}.jsonl" for name in TABLES}
        given = {name: path for name, path in tables.items() if path.exists()}
        settings: dict[str, Any] = {
            "indexes": self.indexes,
            "encoder": str(self.model),
            "as_of": AS_OF,
            "progress": False,
        }
        return reindex(**(given | settings | options))

    def index(self, snapshot_id: str | None = None) -> Index:
        return Index.open(SnapshotStore(self.indexes).folder(snapshot_id))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return byte_model(tmp_path_factory.mktemp("model") / "bytes")


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory, model: Path) -> World:
    """A demo world with its first snapshot; nobody changes it."""
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, creators=80, posts_per_creator=6, format="jsonl")
    world = World(folder, model)
    world.reindex()
    return world


@pytest.fixture
def world(built_world: World, tmp_path: Path) -> World:
    """A copy of the demo world to do anything with."""
    shutil.copytree(built_world.folder, tmp_path / "world")
    return World(tmp_path / "world", built_world.model)


@pytest.fixture
def empty(tmp_path: Path, model: Path) -> World:
    """No tables yet."""
    (tmp_path / "empty").mkdir()
    return World(tmp_path / "empty", model)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a snapshot that is a function of what went in: no manifest, names of segments, salted hashes."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    named = {str(path.relative_to(folder)): path for path in files}
    return {
        name: path.read_bytes()
        for name, path in sorted(named.items())
        if name not in ("manifest.json", "rejects.jsonl") and not name.startswith(("lexical/", "comments/"))
    }


def rejects(world: World) -> list[Row]:
    """What was rejected by the run that made the current snapshot."""
    text = (world.index().folder / "rejects.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
