"""What a reindex is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matcher.errors import InputError


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
    accounts: Any = None
    """Profiles of people who follow the creators, or comment on them."""
    encoder: str | Path | None = None
    """A name or folder for `load_encoder`; None is the embedded default."""
    token_weights: bool = False
    """Whether frequent words of the posts count less: weights are learnt from them and kept in the snapshot."""
    max_reject_share: float = 0.05
    max_shrink: float = 0.5
    """Share of the current snapshot's creators or posts that may be missing from the tables."""
    erase: tuple[str, ...] = ()
    """Creators to remove for good: from the new snapshot, from all later ones, and with the older snapshots."""
    keep: int = 3
    """Snapshots that stay after a successful run."""
    wait_s: float = 0.0
    """How long to wait for another reindex to end."""
    full: bool = False
    """Embed everything again, whatever is known."""
    as_of: datetime = field(default_factory=lambda: datetime.now(UTC))
    """The moment that ages are counted from; taken as UTC where it names no zone."""

    def __post_init__(self) -> None:
        if self.keep < 1:
            raise InputError(f"keep is {self.keep}; at least 1 snapshot has to stay")
        if not 0 <= self.max_shrink <= 1:
            raise InputError(f"max_shrink is {self.max_shrink:g}; it is a share, from 0 to 1")
        if self.wait_s < 0:
            raise InputError(f"wait_s is {self.wait_s:g}; it has to be 0 or more seconds")
        as_of = self.as_of if self.as_of.tzinfo else self.as_of.replace(tzinfo=UTC)
        object.__setattr__(self, "as_of", as_of.astimezone(UTC))
        if self.encoder is not None and Path(self.encoder).is_dir():  # the manifest names it for readers elsewhere
            object.__setattr__(self, "encoder", str(Path(self.encoder).resolve()))

    def tables(self) -> dict[str, Any]:
        """Table name → source, for the tables that are given."""
        names = ("creators", "posts", "post_metrics", "comments", "follower_history", "collaborations", "accounts")
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
    """Rows read, kept and rejected of every table; empty when nothing had changed and nothing was read."""
    seconds: dict[str, float]
    warnings: tuple[str, ...]
    removed: tuple[str, ...] = ()
    """Older snapshots that were removed."""
    peak_memory_mb: float = 0.0
    """The most memory that the process has held so far."""
