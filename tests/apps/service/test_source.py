"""The matcher source: opened late, looked after cheaply, never worse than before."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import enumerate as all_threads

import pytest

from matcher.apps.service.source import LiveMatcher
from matcher.demo import World
from matcher.errors import NoSnapshot, SnapshotDamaged
from matcher.indexing import reindex
from matcher.matching import Matcher
from matcher.snapshot import SnapshotStore


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class CountedStore:
    """Looks at an indexes folder, and counts how often."""

    def __init__(self, indexes: Path) -> None:
        self._store, self.looks, self.indexes = SnapshotStore(indexes), 0, indexes

    def current(self) -> str:
        self.looks += 1
        return self._store.current()


def settle() -> None:
    """Wait until a refresh under way is done."""
    for thread in all_threads():
        if thread.name == "matcher-refresh":
            thread.join(10)


@pytest.fixture
def copied(indexes: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(indexes, tmp_path / "indexes"))


def test_nothing_is_opened_before_it_is_asked_for(copied: Path) -> None:
    assert LiveMatcher(copied / "nowhere") is not None


def test_the_same_matcher_while_nothing_changes(copied: Path) -> None:
    source = LiveMatcher(copied)
    assert source() is source()


def test_current_is_read_at_most_every_second(copied: Path) -> None:
    clock = Clock()
    source = LiveMatcher(copied, clock=clock)
    source()
    source._store = store = CountedStore(copied)  # type: ignore[assignment]
    for _ in range(50):
        source()
    assert store.looks == 0
    clock.now_s += 1.0
    for _ in range(50):
        source()
    assert store.looks == 1


def test_a_new_snapshot_is_picked_up_and_requests_go_on_meanwhile(copied: Path, build: Callable[[Path], str]) -> None:
    clock = Clock()
    source = LiveMatcher(copied, clock=clock)
    before = source().snapshot_id
    after = build(copied)
    assert source().snapshot_id == before
    clock.now_s += 1.0
    source()
    settle()
    assert source().snapshot_id == after != before


def test_a_request_keeps_the_snapshot_that_it_began_with(copied: Path, build: Callable[[Path], str]) -> None:
    source = LiveMatcher(copied, check_every_s=0.0)
    held = source()
    before, index = held.snapshot_id, held.index
    after = build(copied)
    source()
    settle()
    assert (held.snapshot_id, held.index is index) == (before, True)
    assert held.match("sunscreen").snapshot_id == before
    assert source().snapshot_id == after
    assert source().encoder is held.encoder


def test_without_an_index_every_second_one_look(tmp_path: Path, build: Callable[[Path], str]) -> None:
    clock = Clock()
    source = LiveMatcher(tmp_path, clock=clock)
    with pytest.raises(NoSnapshot, match="holds no index yet"):
        source()
    made = build(tmp_path)
    with pytest.raises(NoSnapshot):
        source()
    clock.now_s += 1.0
    assert source().snapshot_id == made


def test_a_damaged_first_snapshot_is_not_checked_for_every_request(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied / SnapshotStore(copied).current() / "posts" / "creator.npy").write_bytes(b"")
    opened: list[Path] = []
    open_matcher = Matcher.open

    def counted(indexes: Path, encoder: str | None = None) -> Matcher:
        opened.append(indexes)
        return open_matcher(indexes, encoder=encoder)

    monkeypatch.setattr(Matcher, "open", counted)
    source = LiveMatcher(copied, clock=Clock())
    for _ in range(3):
        with pytest.raises(SnapshotDamaged, match=r"creator\.npy is damaged"):
            source()
    assert opened == [copied]


def test_a_damaged_new_snapshot_leaves_the_old_one_in_use(copied: Path, build: Callable[[Path], str]) -> None:
    clock = Clock()
    source = LiveMatcher(copied, clock=clock)
    before = source().snapshot_id
    after = build(copied)
    good = (copied / after / "peers.json").read_bytes()
    (copied / after / "peers.json").write_bytes(b"[]")
    clock.now_s += 1.0
    source()
    settle()
    assert source().snapshot_id == before

    (copied / after / "peers.json").write_bytes(good)
    clock.now_s += 1.0
    source()
    settle()
    assert source().snapshot_id == before  # not yet: checking is dear
    clock.now_s += 30.0
    source()
    settle()
    assert source().snapshot_id == after


def test_an_indexes_folder_that_goes_away_leaves_the_matcher_in_use(copied: Path) -> None:
    clock = Clock()
    source = LiveMatcher(copied, clock=clock)
    before = source().snapshot_id
    (copied / "current").unlink()
    clock.now_s += 1.0
    assert source().snapshot_id == before
    (copied / "current").write_text(before, encoding="utf-8")
    clock.now_s += 1.0
    assert source().snapshot_id == before


def test_a_snapshot_of_another_encoder_is_opened_with_that_encoder(
    copied: Path, world: World, encoder_folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(encoder_folder, tmp_path / "other"))
    table = (other / "tokenizer.json").read_text(encoding="utf-8")
    (other / "tokenizer.json").write_text(table + "\n", encoding="utf-8")
    clock = Clock()
    source = LiveMatcher(copied, clock=clock)
    source()
    tables = {"creators": world.table("creators"), "posts": world.table("posts")}
    after = reindex(**tables, indexes=copied, encoder=str(other), progress=False).snapshot_id
    clock.now_s += 1.0
    source()
    settle()
    assert source().snapshot_id == after
    assert source().match("sunscreen").snapshot_id == after


def test_the_first_snapshot_is_warmed_before_anybody_gets_it(copied: Path) -> None:
    warmed: list[str] = []
    source = LiveMatcher(copied, warm=lambda matcher: warmed.append(matcher.snapshot_id))
    assert [source().snapshot_id for _ in range(2)] == warmed * 2


def test_a_first_match_that_fails_leaves_nobody_without_an_index(copied: Path) -> None:
    def fail(matcher: Matcher) -> None:
        raise ZeroDivisionError

    assert LiveMatcher(copied, warm=fail)().snapshot_id == SnapshotStore(copied).current()


def test_a_new_snapshot_takes_over_only_once_it_is_warm(copied: Path, build: Callable[[Path], str]) -> None:
    clock, seen, broken = Clock(), list[tuple[str, str]](), [True]

    def warm(matcher: Matcher) -> None:
        seen.append((matcher.snapshot_id, source._matcher.snapshot_id if source._matcher else ""))
        if broken[0] and len(seen) > 1:
            raise ZeroDivisionError

    source = LiveMatcher(copied, warm=warm, clock=clock)
    before = source().snapshot_id
    after = build(copied)
    clock.now_s += 1.0
    source()
    settle()
    assert source().snapshot_id == before  # it could not answer
    broken[0] = False
    clock.now_s += 30.0
    source()
    settle()
    assert source().snapshot_id == after
    assert seen == [(before, ""), (after, before), (after, before)]


def test_whoever_watches_needs_no_request(tmp_path: Path, build: Callable[[Path], str]) -> None:
    given: list[str] = []
    source = LiveMatcher(tmp_path, warm=lambda matcher: given.append(matcher.snapshot_id), check_every_s=0.02)
    source.watch()
    made: list[str] = []
    for _ in range(2):
        made.append(build(tmp_path))
        end = time.monotonic() + 30
        while given != made and time.monotonic() < end:
            time.sleep(0.02)
    assert given == made
