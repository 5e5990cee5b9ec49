"""The index as the page shows it: snapshots with age and counts, warnings, and rejected rows to look through."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from matcher.errors import SnapshotError
from matcher.matching import Matcher
from matcher.records.said import Said, unpacked
from matcher.snapshot import Manifest, SnapshotStore

PER_PAGE = 50
MOST_READ = 200_000
"""Lines of a rejects file that are looked at; more are counted as more."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot in the list."""

    snapshot_id: str
    manifest: Manifest | None
    """None where it cannot be read."""
    in_use: bool
    age_s: float


@dataclass(frozen=True, slots=True)
class IndexView:
    """All of the index page but the rejects."""

    used: Manifest
    snapshots: tuple[Snapshot, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Rejects:
    """Some rejected rows of the last load."""

    rows: tuple[dict[str, Any], ...]
    reasons: tuple[tuple[str, str, int], ...]
    """(table, reason, rows), the most frequent first."""
    tables: tuple[str, ...]
    table: str
    page: int
    pages: int
    total: int
    cut: bool
    """Whether there are more than were looked at."""


def index_view(matcher: Matcher) -> IndexView:
    """The snapshots beside the one in use."""
    store = SnapshotStore(matcher.index.folder.parent)
    found = tuple(_snapshot(store, name, matcher.snapshot_id) for name in reversed(store.ids()))
    return IndexView(matcher.index.manifest, found)


def _snapshot(store: SnapshotStore, snapshot_id: str, used: str) -> Snapshot:
    try:
        manifest = store.manifest(snapshot_id)
    except SnapshotError:
        return Snapshot(snapshot_id, None, snapshot_id == used, 0.0)
    made = datetime.fromisoformat(manifest.created_at)
    return Snapshot(snapshot_id, manifest, snapshot_id == used, (datetime.now(UTC) - made).total_seconds())


def rejects(indexes: Path, table: str = "", page: int = 1) -> Rejects:
    """A page of the rows that the last load could not use, of one table or of all."""
    rows, cut = _read(indexes / "rejects.jsonl")
    tables = tuple(sorted({str(row.get("table")) for row in rows}))
    chosen = [row for row in rows if row.get("table") == table] if table in tables else rows
    reasons = Counter((str(row.get("table")), _reason(row)) for row in chosen)
    pages = max(1, -(-len(chosen) // PER_PAGE))
    page = min(page, pages)
    return Rejects(
        rows=tuple(chosen[(page - 1) * PER_PAGE : page * PER_PAGE]),
        reasons=tuple((of, reason, count) for (of, reason), count in reasons.most_common(8)),
        tables=tables,
        table=table if table in tables else "",
        page=page,
        pages=pages,
        total=len(chosen),
        cut=cut,
    )


def _reason(row: dict[str, Any]) -> str:
    reason = row.get("reason")
    return reason if isinstance(reason, Said) else str(reason)  # `str` would take its template from it


def _read(path: Path) -> tuple[list[dict[str, Any]], bool]:
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            read = [_row(line) for line in islice(lines, MOST_READ)]
            return [row for row in read if row is not None], next(lines, None) is not None
    except OSError:
        return [], False


def _row(line: str) -> dict[str, Any] | None:
    """A line as a row; None for what is none, as the last line of a file that is still being written."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict):
        return None
    said = unpacked(row.pop("said", None))
    return row | {"reason": said} if isinstance(said, Said) else row
