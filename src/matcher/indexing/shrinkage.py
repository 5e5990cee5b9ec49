"""A guard against half an export: a table that shrank by much since the current snapshot is not published."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.errors import InputError, SnapshotError
from matcher.snapshot import SnapshotStore

SMALL = 100
"""Tables with fewer rows than this may shrink as they like: a try-out, not a nightly run."""


def refuse_shrinkage(store: SnapshotStore, counts: Mapping[str, int], most: float) -> None:
    """Raise InputError where creators or posts lost more than the share `most` since the current snapshot."""
    try:
        before = store.manifest().counts
    except SnapshotError:
        return
    for table in ("creators", "posts"):
        had, has = before[table], counts[table]
        if had >= SMALL and has < had * (1 - most):
            raise InputError(
                f"the {table} table has {has:,} usable rows; the current snapshot holds {had:,}, and at most "
                f"{most:.0%} may go missing in one run. If the table is whole, run again with --max-shrink 1"
            )
