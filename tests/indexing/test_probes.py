"""A snapshot that does not answer as it must is not published."""

import dataclasses
import importlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import ProbeFailed, SnapshotDamaged
from matcher.indexing.probes import probe
from matcher.retrieval import stores
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.retrieval.lexical import build_lexical
from matcher.retrieval.stores import build_ivf
from matcher.retrieval.vectors import VectorTable
from matcher.snapshot import Manifest, SnapshotStore
from matcher.snapshot.manifest import checksums

from ..tiny import byte_model
from .conftest import World


@pytest.fixture
def folder(built_world: World, tmp_path: Path) -> Path:
    shutil.copytree(built_world.index().folder, tmp_path / "snapshot")
    return tmp_path / "snapshot"


@pytest.fixture
def encoder(built_world: World) -> Encoder:
    return load_encoder(str(built_world.model))


def describe_again(folder: Path, **changes: object) -> None:
    """A manifest that is right about the files, whatever they now hold."""
    manifest = Manifest.load(folder)
    dataclasses.replace(manifest, files=checksums(folder), **changes).save(folder)  # type: ignore[arg-type]


def test_a_good_snapshot(folder: Path, encoder: Encoder) -> None:
    probe(folder, encoder)


@pytest.mark.parametrize("name", ["creators", "posts"])
def test_counts_that_disagree(folder: Path, encoder: Encoder, name: str) -> None:
    describe_again(folder, counts={"creators": 80, "posts": 480} | {name: 3})
    with pytest.raises(ProbeFailed, match=rf"disagree on the number of {name}: \(.*\), 3 expected"):
        probe(folder, encoder)


def test_a_file_that_is_not_what_the_manifest_says(folder: Path, encoder: Encoder) -> None:
    (folder / "peers.json").write_text("[]")
    with pytest.raises(SnapshotDamaged, match=r"peers\.json is damaged"):
        probe(folder, encoder)


def test_a_dense_index_of_other_vectors(folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "EXACT_ROWS", 0)
    other = np.random.default_rng(1).normal(size=(480, 32)).astype(np.float32)
    build_ivf(VectorTable.of(other), folder / "vectors" / "posts.faiss")
    monkeypatch.setattr(stores, "PROBES", 1)
    describe_again(folder)
    with pytest.raises(ProbeFailed, match="does not find itself: best similarity"):
        probe(folder, encoder)


def test_words_that_find_nothing(folder: Path, encoder: Encoder) -> None:
    shutil.rmtree(folder / "lexical")
    build_lexical(folder / "lexical", [(i, "other words") for i in range(480)])
    describe_again(folder)
    with pytest.raises(ProbeFailed, match=r"the words of post row \d+ \('.*'\) do not find it"):
        probe(folder, encoder)


def test_vectors_of_another_encoder(folder: Path, tmp_path: Path) -> None:
    other = load_encoder(str(byte_model(tmp_path / "other", seed=2)))
    with pytest.raises(ProbeFailed, match=r"stored vectors do not match encoder 'bytes-2'.*--full"):
        probe(folder, other)


def test_a_failed_probe_publishes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = SnapshotStore(world.indexes).current()

    def fail(folder: Path, encoder: Encoder) -> None:
        raise ProbeFailed("no")

    monkeypatch.setattr(importlib.import_module("matcher.indexing.build"), "probe", fail)
    with pytest.raises(ProbeFailed):
        world.reindex(full=True)
    store = SnapshotStore(world.indexes)
    assert (store.current(), store.ids()) == (before, [before])
    assert not list(world.indexes.glob(".building-*"))
