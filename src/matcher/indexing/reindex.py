"""
Reindex: read, check, embed what is new, build a snapshot, probe it, make it current.

The only writer of snapshots. Whatever goes wrong, the current snapshot stays as it was.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError, SnapshotError
from matcher.indexing.build import Build
from matcher.indexing.progress import Progress
from matcher.indexing.settings import ReindexSettings, Summary
from matcher.snapshot import SnapshotStore

_ROOM = 1 << 16
"""Bytes: a disk with less than this left is full."""


def reindex(creators: Any, posts: Any, indexes: str | Path = "indexes", **options: Any) -> Summary:
    """
    Build and publish a snapshot from a platform's tables.

    Tables are paths (a file or a folder of JSONL, CSV or Parquet files) or pandas DataFrames; `options` are the other
    fields of ReindexSettings. Raises InputError for tables that cannot be used, SnapshotLocked while another reindex
    runs, ProbeFailed when the new snapshot does not answer; the current snapshot then stays as it was.
    """
    show = options.pop("progress", True)
    return run(ReindexSettings(creators=creators, posts=posts, indexes=Path(indexes), **options), Progress(show))


def run(settings: ReindexSettings, progress: Progress) -> Summary:
    """One reindex under the lock of its indexes folder."""
    store = SnapshotStore(settings.indexes)
    with store.lock(settings.wait_s), progress:
        snapshot_id = new_id(datetime.now(UTC))
        building = store.begin(snapshot_id)
        try:
            return Build(settings, progress, store, building, snapshot_id).publish()
        except MatcherError:
            raise
        except (OSError, ValueError, RuntimeError) as error:  # tantivy raises ValueError, FAISS RuntimeError
            if _disk_is_full(error, settings.indexes):
                raise SnapshotError(
                    f"the disk of {settings.indexes} is full; nothing was published. Free some space, or remove old "
                    f"snapshots with: matcher snapshots prune --keep 1 --indexes {settings.indexes}"
                ) from error
            raise
        finally:
            shutil.rmtree(building, ignore_errors=True)


def new_id(now: datetime) -> str:
    """A snapshot id such as `20261122T021500Z-0c35a1f2`; ids made one after another are in order."""
    return f"{now:%Y%m%dT%H%M%SZ}-{now.microsecond:05x}{secrets.token_hex(2)[:3]}"


def _disk_is_full(error: Exception, folder: Path) -> bool:
    """Whether an error comes from a full disk; not every library that writes says so itself."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    full = any(os.strerror(code) in str(error) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
    return full or shutil.disk_usage(folder).free < _ROOM
