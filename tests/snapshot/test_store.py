"""Snapshots are published in one step, kept, rolled back and removed, one writer at a time."""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from matcher.errors import NoSnapshot, SnapshotDamaged, SnapshotError, SnapshotLocked
from matcher.snapshot import Manifest, SnapshotStore
from matcher.snapshot.manifest import checksums
from matcher.snapshot.store import replace_text

Publish = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "indexes")


@pytest.fixture
def publish(store: SnapshotStore) -> Publish:
    """Publish a snapshot of one file and return its id."""

    def publisher(snapshot_id: str, content: str = "a") -> str:
        with store.lock():
            building = store.begin(snapshot_id)
            (building / "data").mkdir()
            (building / "data" / "x.txt").write_text(content)
            describe(building, snapshot_id)
            store.publish(building)
        return snapshot_id

    return publisher


def describe(folder: Path, snapshot_id: str) -> None:
    Manifest(
        snapshot_id=snapshot_id, created_at="2026-11-22T00:00:00Z", as_of="2026-11-22T00:00:00Z", encoder="e",
        encoder_fingerprint="f", dimensions=2, counts={"creators": 1, "posts": 0}, sources=[], settings={},
        warnings=[], files=checksums(folder),
    ).save(folder)  # fmt: skip


def test_an_empty_folder_says_how_to_make_an_index(store: SnapshotStore) -> None:
    assert store.ids() == []
    with pytest.raises(NoSnapshot, match="matcher reindex --creators"):
        store.current()


def test_publish_makes_a_snapshot_current(store: SnapshotStore, publish: Publish) -> None:
    publish("2026a")
    publish("2026b")
    assert store.ids() == ["2026a", "2026b"]
    assert store.current() == "2026b"
    assert store.folder() == store.indexes / "2026b"
    assert store.manifest().snapshot_id == "2026b"
    assert (store.indexes / "current").read_text() == "2026b\n"


def test_what_is_being_built_is_not_listed(store: SnapshotStore, publish: Publish) -> None:
    publish("2026a")
    with store.lock():
        describe(store.begin("2026b"), "2026b")
        assert store.ids() == ["2026a"]
        with pytest.raises(SnapshotError, match="holds no snapshot '2026b'"):
            store.folder("2026b")


def test_use_rolls_back(store: SnapshotStore, publish: Publish) -> None:
    publish("2026a")
    publish("2026b")
    store.use("2026a")
    assert store.current() == "2026a"


def test_use_refuses_a_damaged_snapshot(store: SnapshotStore, publish: Publish) -> None:
    publish("2026a")
    publish("2026b")
    (store.indexes / "2026a" / "data" / "x.txt").write_text("b")
    with pytest.raises(SnapshotDamaged, match=r"2026a/data/x\.txt is damaged"):
        store.use("2026a")
    assert store.current() == "2026b"


@pytest.mark.parametrize("snapshot_id", ["2025", "..", "current", ".building-x", "../2026a", "2026a/data"])
def test_an_id_that_is_not_there(store: SnapshotStore, publish: Publish, snapshot_id: str) -> None:
    publish("2026a")
    with pytest.raises(SnapshotError, match="there are: 2026a"):
        store.use(snapshot_id)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"../../etc\n", id="a path"),
        pytest.param(b"\xff\xfe\x00", id="not text"),
        pytest.param(b"2025\n", id="a snapshot that is not there"),
        pytest.param(b"two lines\nof it\n", id="prose"),
    ],
)
def test_current_naming_nonsense(store: SnapshotStore, publish: Publish, content: bytes) -> None:
    publish("2026a")
    (store.indexes / "current").write_bytes(content)
    with pytest.raises(SnapshotError, match=r"matcher snapshots use ID.*2026a"):
        store.folder()


def test_current_missing(store: SnapshotStore, publish: Publish) -> None:
    publish("2026a")
    (store.indexes / "current").unlink()
    with pytest.raises(SnapshotDamaged, match=r"current is missing.*2026a"):
        store.current()


@pytest.mark.parametrize(
    ("keep", "current", "left"),
    [
        pytest.param(2, "d", ["c", "d"], id="the newest stay"),
        pytest.param(1, "a", ["a", "d"], id="the one in use stays"),
        pytest.param(9, "d", ["a", "b", "c", "d"], id="fewer than asked for"),
    ],
)
def test_prune(store: SnapshotStore, publish: Publish, keep: int, current: str, left: list[str]) -> None:
    for name in "abcd":
        publish(name)
    store.use(current)
    assert store.prune(keep) == [name for name in "abcd" if name not in left]
    assert store.ids() == left
    assert store.current() == current


def test_prune_keeps_at_least_one(store: SnapshotStore, publish: Publish) -> None:
    publish("a")
    with pytest.raises(SnapshotError, match="at least 1"):
        store.prune(0)


def test_remove(store: SnapshotStore, publish: Publish) -> None:
    publish("a")
    publish("b")
    store.remove(["a"])
    assert sorted(path.name for path in store.indexes.iterdir() if path.name != ".lock") == ["b", "current"]


def test_the_lock_sweeps_up_after_the_dead(store: SnapshotStore, publish: Publish) -> None:
    publish("a")
    for name in (".building-x", ".trash-y"):
        (store.indexes / name / "deep").mkdir(parents=True)
        (store.indexes / name / "deep" / "file").write_text("x")
    for name in (".current.partial", "rejects.jsonl.123.tmp"):
        (store.indexes / name).write_text("half")
    (store.indexes / "notes.txt").write_text("a person's own")
    with store.lock():
        left = {path.name for path in store.indexes.iterdir()}
    assert left - {".lock"} == {"a", "current", "notes.txt"}
    assert store.current() == "a"


def test_replace_text(tmp_path: Path) -> None:
    replace_text(tmp_path / "current", "one\n")
    replace_text(tmp_path / "current", "two\n")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("current", "two\n")]


def test_an_indexes_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match="--indexes"), SnapshotStore(tmp_path / "file").lock():
        pass


def _hold(indexes: Path, held: Event, seconds: float) -> None:
    with SnapshotStore(indexes).lock():
        held.set()
        time.sleep(seconds)


@pytest.mark.parametrize(("held_s", "wait_s", "gets_it"), [(0.3, 20.0, True), (20.0, 0.0, False), (20.0, 0.2, False)])
def test_another_process_holds_the_lock(store: SnapshotStore, held_s: float, wait_s: float, gets_it: bool) -> None:
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    other = spawn.Process(target=_hold, args=(store.indexes, held, held_s))
    other.start()
    try:
        assert held.wait(60)
        if gets_it:
            with store.lock(wait_s):
                pass
        else:
            with pytest.raises(SnapshotLocked, match="another reindex is writing"), store.lock(wait_s):
                pass
    finally:
        other.kill()
        other.join()
    with store.lock():  # the lock of a dead process is nobody's
        pass
