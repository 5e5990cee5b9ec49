"""A small world, an encoder of bytes, an index made of both, and the service over it."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tests.apps.local import TestClient
from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel

from matcher.apps.service.app import create_app
from matcher.demo import World, write_world
from matcher.indexing import reindex
from matcher.matching import Matcher

Reindex = Callable[[Path], str]
"""Builds and publishes a snapshot in an indexes folder; gives its id."""


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model with one row per byte: it reads every script, and knows nothing."""
    folder = tmp_path_factory.mktemp("byte-encoder")
    alphabet = {symbol: code for code, symbol in enumerate(sorted(ByteLevel.alphabet()))}
    tokenizer = Tokenizer(BPE(vocab=alphabet, merges=[]))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(7).standard_normal((len(alphabet), 32)).astype(np.float32)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    about = {"name": "bytes", "languages": ["en", "zh-Hant", "vi", "th"]}
    (folder / "matcher.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return write_world(tmp_path_factory.mktemp("world"), creators=60, posts_per_creator=5)


@pytest.fixture(scope="session")
def build(world: World, encoder_folder: Path) -> Reindex:
    def run(indexes: Path) -> str:
        tables = {"creators": world.table("creators"), "posts": world.table("posts")}
        return reindex(**tables, indexes=indexes, encoder=str(encoder_folder), progress=False, full=True).snapshot_id

    return run


@pytest.fixture(scope="session")
def indexes(build: Reindex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An indexes folder with one snapshot; not to be changed."""
    folder = tmp_path_factory.mktemp("indexes")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def matcher(indexes: Path) -> Matcher:
    return Matcher.open(indexes)


@pytest.fixture(scope="session")
def client(matcher: Matcher) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: matcher)) as client:
        yield client


@pytest.fixture(autouse=True)
def no_tables(client: TestClient) -> Iterator[None]:
    """The service of most tests has no tables to read."""
    yield
    client.app.state.reindexer.tables = {}  # type: ignore[attr-defined]


Saved = Callable[[], dict[str, str]]
"""Saves a brief and a shared shortlist; gives their ids by the name of the path parameter."""


def settle(client: TestClient) -> None:
    """Wait until no job runs."""
    while any(job["ended_at"] is None for job in client.get("/v1/jobs").json()["items"]):
        time.sleep(0.02)


@pytest.fixture
def saved(client: TestClient) -> Saved:
    def save() -> dict[str, str]:
        brief = client.post("/v1/briefs", json={"brief": {"text": "sunscreen"}}).json()
        shortlist = client.post("/v1/shortlists", json={"brief": {"text": "sunscreen", "k": 5}}).json()
        shared = client.put(f"/v1/shortlists/{shortlist['id']}/share").json()
        # a job that runs nothing: the indexes of these tests are not to be changed
        runner = client.app.state.reindexer  # type: ignore[attr-defined]
        runner.tables, runner.command = {"creators": Path("x"), "posts": Path("x")}, (sys.executable, "-c", "")
        settle(client)
        job = client.post("/v1/reindex", json={}).json()
        settle(client)
        first = shortlist["shortlist"]["entries"][0]["creator_id"]
        ids = {"brief_id": brief["id"], "shortlist_id": shortlist["id"], "creator_id": first, "token": shared["token"]}
        return ids | {"job_id": job["id"]}

    return save
