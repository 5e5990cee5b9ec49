"""
The indexes folder: snapshots side by side, and `current`, the name of the one in use.

A snapshot is written in a hidden folder, renamed when complete, and only then named in `current`, which is replaced
in one step. A run that dies at any point leaves `current` as it was; the next one, under the same lock, removes what
is left over.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from matcher.errors import NoSnapshot, SnapshotDamaged, SnapshotError, SnapshotLocked
from matcher.records.said import Said, listed, say
from matcher.snapshot.manifest import FILE_NAME, Manifest

_BUILDING = ".building-"
_TRASH = ".trash-"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


@dataclass(frozen=True)
class SnapshotStore:
    """All snapshots of one indexes folder."""

    indexes: Path

    def ids(self) -> list[str]:
        """Ids of the complete snapshots, oldest first (an id begins with its time)."""
        if not self.indexes.is_dir():
            return []
        return sorted(f.name for f in self.indexes.iterdir() if _ID.fullmatch(f.name) and (f / FILE_NAME).is_file())

    def current(self) -> str:
        """Id of the snapshot in use; raises NoSnapshot when nothing has been published."""
        try:
            snapshot_id = (self.indexes / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            if known := self.ids():
                raise SnapshotDamaged(
                    say("{path} is missing. {way}", path=str(self.indexes / "current"), way=_choose(known))
                ) from None
            raise NoSnapshot(
                say(
                    "{indexes} holds no index yet.\n"
                    "Make one:  matcher reindex --creators … --posts … --indexes {indexes}",
                    indexes=str(self.indexes),
                )
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SnapshotDamaged(
                say(
                    "{path} cannot be read ({error}). {way}",
                    path=str(self.indexes / "current"),
                    error=str(error),
                    way=_choose(self.ids()),
                )
            ) from None
        if not _ID.fullmatch(snapshot_id):
            raise SnapshotDamaged(
                say(
                    "{path} names {snapshot!r}, which is no snapshot id. {way}",
                    path=str(self.indexes / "current"),
                    snapshot=snapshot_id[:80],
                    way=_choose(self.ids()),
                )
            )
        return snapshot_id

    def folder(self, snapshot_id: str | None = None) -> Path:
        """Folder of a snapshot, by default of the current one; raises SnapshotError when it is not there."""
        snapshot_id = snapshot_id or self.current()
        folder = self.indexes / snapshot_id
        if not _ID.fullmatch(snapshot_id) or not (folder / FILE_NAME).is_file():
            raise SnapshotError(
                say(
                    "{indexes} holds no snapshot {snapshot!r}. {way}",
                    indexes=str(self.indexes),
                    snapshot=snapshot_id,
                    way=_choose(self.ids()),
                )
            )
        return folder

    def manifest(self, snapshot_id: str | None = None) -> Manifest:
        """Manifest of a snapshot, by default of the current one."""
        return Manifest.load(self.folder(snapshot_id))

    def use(self, snapshot_id: str) -> None:
        """Make a snapshot the current one, after checking every file of it."""
        folder = self.folder(snapshot_id)
        Manifest.load(folder).verify(folder)
        replace_text(self.indexes / "current", snapshot_id + "\n")

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` snapshots and the current one; returns the ids removed."""
        if keep < 1:
            raise SnapshotError(f"keep is {keep}; at least 1 snapshot has to stay")
        current = self.current()
        doomed = [snapshot_id for snapshot_id in self.ids()[:-keep] if snapshot_id != current]
        self.remove(doomed)
        return doomed

    def remove(self, snapshot_ids: list[str]) -> None:
        """Delete snapshots; each leaves the list in one step, before its files go."""
        for snapshot_id in snapshot_ids:
            trash = self.indexes / f"{_TRASH}{snapshot_id}"
            os.rename(self.folder(snapshot_id), trash)
            shutil.rmtree(trash, ignore_errors=True)

    @contextmanager
    def lock(self, wait_s: float = 0.0) -> Iterator[None]:
        """Hold the folder's write lock; raises SnapshotLocked when another process keeps it for `wait_s` seconds."""
        try:
            self.indexes.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SnapshotError(
                f"{self.indexes} cannot be used as the indexes folder: {error.strerror}. Name another with --indexes."
            ) from None
        lock = FileLock(self.indexes / ".lock", timeout=wait_s)
        try:
            lock.acquire()
        except Timeout:
            raise SnapshotLocked(
                f"another reindex is writing to {self.indexes}; wait for it to end, or use --wait SECONDS"
            ) from None
        except OSError as error:
            raise SnapshotError(
                f"{self.indexes} cannot be written to: {error.strerror}. Give this user the right to, or name another "
                "with --indexes."
            ) from None
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def begin(self, snapshot_id: str) -> Path:
        """An empty folder to build a snapshot in; call it under the lock."""
        folder = self.indexes / f"{_BUILDING}{snapshot_id}"
        folder.mkdir()
        return folder

    def publish(self, building: Path) -> Path:
        """Give a complete snapshot its name and make it the current one; call it under the lock."""
        for path in sorted(building.rglob("*")):
            _sync(path)
        _sync(building)
        final = self.indexes / building.name.removeprefix(_BUILDING)
        os.rename(building, final)
        replace_text(self.indexes / "current", final.name + "\n")
        return final

    def _sweep(self) -> None:
        """Remove what runs that died have left behind."""
        for path in self.indexes.iterdir():
            if path.name.startswith((_BUILDING, _TRASH)):
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix in (".partial", ".tmp"):
                path.unlink()


def _choose(known: list[str]) -> Said:
    """The way out where `current` is of no use."""
    if not known:
        return say("There is no snapshot to go back to: run matcher reindex.")
    return say("Choose one with matcher snapshots use ID, or reindex; there are: {ids}", ids=listed(known[-5:]))


def replace_text(path: Path, text: str) -> None:
    """Replace a small file in one step that survives a crash: either the old text is there or the new one."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        _sync(partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
