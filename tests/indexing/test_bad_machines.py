"""Bad days with the machine: killed, out of disk, two at once, damaged files. `current` answers as before."""

import contextlib
import dataclasses
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.errors import SnapshotDamaged, SnapshotError, SnapshotLocked, SnapshotMismatch
from matcher.records.version import SCHEMA_VERSION
from matcher.snapshot import SnapshotStore

from .conftest import World

REINDEX = """
import sys
from datetime import UTC, datetime
from matcher.indexing import reindex
print("go", flush=True)
folder, indexes, model, *more = sys.argv[1:]
reindex(
    creators=folder + "/creators.jsonl", posts=folder + "/posts.jsonl", indexes=indexes, encoder=model, full=True,
    as_of=datetime(2026, 11, 22, tzinfo=UTC), progress=False, **dict(zip(more[::2], map(float, more[1::2]))),
)
"""


def start(world: World, *options: str) -> "subprocess.Popen[str]":
    """A real process that makes a full reindex; returns once its imports are done."""
    command = [sys.executable, "-c", REINDEX, str(world.folder), str(world.indexes), str(world.model), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    return process


def answer(world: World) -> dict[str, object]:
    found = Matcher.open(world.indexes).match({"text": "coffee and camping", "k": 5}).to_dict()
    return {name: value for name, value in found.items() if name != "created_at"}


def left_over(world: World) -> list[str]:
    return [path.name for path in world.indexes.iterdir() if path.name.startswith((".building-", ".trash-"))]


def test_killed_at_any_moment(world: World) -> None:
    """`kill -9` at random moments; benchmarks/bad_days does the same thirty times."""
    before, expected = SnapshotStore(world.indexes).current(), answer(world)
    moments = random.Random(7)
    for _ in range(2):
        with start(world) as process:
            time.sleep(moments.uniform(0.0, 1.2))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        store = SnapshotStore(world.indexes)
        if store.current() != before:  # the kill came after the publishing
            before, expected = store.current(), answer(world)
        assert answer(world) == expected
    summary = world.reindex(full=True)
    assert left_over(world) == []
    assert set(SnapshotStore(world.indexes).ids()) >= {summary.snapshot_id, before}


@pytest.mark.parametrize(
    ("name", "call"), [("rename", 0), ("rename", 1), ("replace", 0), ("replace", 1), ("fsync", 0), ("fsync", 60)]
)
def test_died_at_a_call_of_the_publishing(world: World, monkeypatch: pytest.MonkeyPatch, name: str, call: int) -> None:
    """The process dies at the n-th rename, replace or flush: `current` names a whole snapshot before and after."""
    store, expected = SnapshotStore(world.indexes), answer(world)
    real, calls = getattr(os, name), itertools.count()

    def die(*arguments: object, **options: object) -> object:
        if next(calls) == call:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(os, name, die)
        world.reindex(full=True, keep=1)
    assert answer(world) == expected | {"snapshot_id": store.current()}
    world.reindex(keep=1)
    assert left_over(world) == []
    assert store.current() in store.ids()
    assert answer(world) == expected | {"snapshot_id": store.current()}


def test_two_at_once(world: World) -> None:
    store = SnapshotStore(world.indexes)
    with store.lock():
        with pytest.raises(SnapshotLocked, match="--wait SECONDS"):
            world.reindex(full=True)
        waiting = start(world, "wait_s", "30")
        time.sleep(0.2)
        assert waiting.poll() is None
        assert len(store.ids()) == 1
    _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, said
    assert len(store.ids()) == 2


def test_two_processes_at_once(world: World) -> None:
    both = [start(world), start(world)]
    said = [process.communicate(timeout=60)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 1], [0, 0]), said  # the second was refused, or came when the first had ended
    assert codes == [0, 0] or any("SnapshotLocked" in text for text in said)
    answer(world)
    assert left_over(world) == []


def files_of(folder: Path) -> list[str]:
    """One file of each kind of a snapshot."""
    kinds = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size and path.suffix != ".lock":
            kinds[path.parent.name if path.parent != folder else path.name, path.suffix] = path
    return [str(path.relative_to(folder)) for path in kinds.values()]


def test_a_flipped_byte_of_any_kind_of_file_is_refused_by_name(world: World) -> None:
    folder = world.index().folder
    names = files_of(folder)
    assert len(names) > 15
    for name in names:
        path = folder / name
        whole = path.read_bytes()
        at = len(whole) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(SnapshotDamaged) as caught:
            Matcher.open(world.indexes)
        assert name in str(caught.value)
        path.write_bytes(whole)
    answer(world)


def test_a_damaged_snapshot_is_replaced_by_the_next_run(world: World) -> None:
    (world.index().folder / "peers.json").write_text("[")
    with pytest.raises(SnapshotDamaged):
        Matcher.open(world.indexes)
    summary = world.reindex()
    assert (summary.status, summary.counts["embedded"]) == ("published", 480)
    assert any("nothing was taken over from the current snapshot" in warning for warning in summary.warnings)
    answer(world)


def test_current_lost(world: World) -> None:
    (world.indexes / "current").unlink()
    assert world.reindex().status == "published"
    answer(world)


@pytest.fixture(params=[500, 1_000, 1_400])
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A file system of so many KB, full at different steps of the work."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={request.param}k", "tmpfs", str(folder)]
    if os.geteuid() or shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root may mount a small file system here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_disk_full(world: World, small_disk: Path) -> None:
    world.indexes = small_disk / "indexes"
    store = SnapshotStore(world.indexes)
    try:
        summary = world.reindex()
    except SnapshotError as error:
        assert "is full; nothing was published" in str(error)
        assert "matcher snapshots prune" in str(error)
        assert store.ids() == []
        assert left_over(world) == []
        return
    for _ in range(40):  # fill it up with snapshots
        before, expected = summary.snapshot_id, answer(world)
        try:
            summary = world.reindex(full=True, keep=100)
        except SnapshotError as error:
            assert "is full; nothing was published" in str(error)
            break
    else:
        pytest.fail("the disk never got full")
    assert store.current() == before
    assert answer(world) == expected
    assert left_over(world) == []
    for snapshot_id in store.ids():
        store.manifest(snapshot_id).verify(store.folder(snapshot_id))


def test_a_read_only_disk_is_enough_to_answer(world: World, tmp_path: Path) -> None:
    expected, read_only = answer(world), tmp_path / "read-only"
    read_only.mkdir()
    bind = ["mount", "--bind", str(world.indexes), str(read_only)]
    if os.geteuid() or shutil.which("mount") is None or subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("only root may mount a read-only file system here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(read_only)], check=True)
        for lock in world.indexes.rglob("*.lock"):
            lock.unlink()
        world.indexes = read_only
        assert answer(world) == expected
        with pytest.raises(SnapshotError, match="cannot be written to"):
            world.reindex(full=True)
    finally:
        subprocess.run(["umount", "--lazy", str(read_only)], check=True)


@pytest.mark.parametrize("code", [28, 122], ids=["no space left", "quota"])
def test_disk_full_by_any_library(world: World, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Where no small disk can be mounted: tantivy says it in words, NumPy by errno."""
    before = SnapshotStore(world.indexes).current()
    for error in (OSError(code, os.strerror(code)), ValueError(f"An IO error occurred: {os.strerror(code)}")):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patch, pytest.raises(SnapshotError, match="is full; nothing was published"):
            patch.setattr("matcher.indexing.words.build_lexical", fail)
            world.reindex(full=True)
    assert SnapshotStore(world.indexes).current() == before


def test_any_other_error_is_not_taken_for_a_full_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("something else")

    monkeypatch.setattr("matcher.indexing.words.build_lexical", fail)
    with pytest.raises(ValueError, match="something else"):
        world.reindex(full=True)
    assert left_over(world) == []


def test_an_older_schema_is_refused_and_rebuilt(world: World) -> None:
    index = world.index()
    dataclasses.replace(index.manifest, schema_version=0).save(index.folder)
    with pytest.raises(
        SnapshotMismatch, match=rf"has schema version 0, this matcher reads version {SCHEMA_VERSION}"
    ) as caught:
        Matcher.open(world.indexes)
    assert "matcher reindex --creators" in str(caught.value)
    summary = world.reindex()
    assert (summary.status, summary.counts["embedded"]) == ("published", 480)
    answer(world)
