"""What a reindex is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ReindexSettings:
    """Inputs and options of one reindex. A table is a file, a folder of files, or a pandas DataFrame."""

    creators: Any
    posts: Any
    indexes: Path
    post_metrics: Any = None
    comments: Any = None
    follower_history: Any = None
    collaborations: Any = None
    encoder: str | None = None
    """A name for `load_encoder`; None is the embedded default."""
    max_reject_share: float = 0.05
    erase: tuple[str, ...] = ()
    """Creators to remove for good: from the new snapshot, from all later ones, and with the older snapshots."""
    keep: int = 3
    """Snapshots that stay after a successful run."""
    wait_s: float = 0.0
    """How long to wait for another reindex to end."""
    full: bool = False
    """Embed everything again, whatever is known."""
    as_of: datetime = field(default_factory=lambda: datetime.now(UTC))
    """The moment that ages are counted from."""
    batch_rows: int = 16_384

    def tables(self) -> dict[str, Any]:
        """Table name → source, for the tables that are given."""
        names = ("creators", "posts", "post_metrics", "comments", "follower_history", "collaborations")
        return {name: source for name in names if (source := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reindex did: the line that monitoring reads."""

    status: str
    """`published` or `unchanged`."""
    snapshot_id: str
    counts: dict[str, int]
    """creators, posts, embedded, reused, erased."""
    tables: dict[str, dict[str, int]]
    """Rows read, kept and rejected of every table."""
    seconds: dict[str, float]
    warnings: tuple[str, ...]
    removed: tuple[str, ...] = ()
    """Older snapshots that were removed."""
