"""One small world, written once for all tests of the demo."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.demo import World, write_world

Table = Callable[[str], Any]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return write_world(tmp_path_factory.mktemp("demo"), creators=1500, posts_per_creator=10, seed=7)


@pytest.fixture(scope="session")
def table(world: World) -> Table:
    import pyarrow.parquet as pq

    return lambda name: pq.read_table(world.table(name))


@pytest.fixture(scope="session")
def truth(world: World) -> list[dict[str, Any]]:
    import json

    return [json.loads(line) for line in Path(world.truth).read_text(encoding="utf-8").splitlines()]
