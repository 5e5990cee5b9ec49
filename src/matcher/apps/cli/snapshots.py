"""`matcher snapshots`: the index's history."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from matcher.apps.cli import options


@click.group("snapshots")
def command() -> None:
    """List, show, roll back and remove snapshots.

    \b
    Example:
      matcher snapshots list
      matcher snapshots use 20261122T010000Z-1a2b3c4d
    """


@command.command("list")
@options.indexes
def list_snapshots(indexes: Path) -> None:
    """One line per snapshot, oldest first; * marks the one in use."""
    from matcher.errors import MatcherError
    from matcher.snapshot import SnapshotStore

    store = SnapshotStore(indexes)
    current = store.current()
    for snapshot_id in store.ids():
        mark = "*" if snapshot_id == current else " "
        try:
            found = store.manifest(snapshot_id)
            counts = f"{found.counts['creators']:>9,} creators {found.counts['posts']:>11,} posts  {found.encoder}"
        except MatcherError as error:
            counts = str(error).splitlines()[0]
        click.echo(f"{mark} {snapshot_id}  {counts}")


@command.command("show")
@click.argument("snapshot_id", required=False)
@options.indexes
def show(snapshot_id: str | None, indexes: Path) -> None:
    """The manifest of a snapshot as JSON; of the current one by default."""
    from matcher.snapshot import SnapshotStore

    click.echo(
        json.dumps(dataclasses.asdict(SnapshotStore(indexes).manifest(snapshot_id)), ensure_ascii=False, indent=2)
    )


@command.command("use")
@click.argument("snapshot_id")
@options.indexes
def use(snapshot_id: str, indexes: Path) -> None:
    """Make a snapshot the current one, after checking every file of it."""
    from matcher.snapshot import SnapshotStore

    store = SnapshotStore(indexes)
    with store.lock():
        store.use(snapshot_id)
    click.echo(f"{snapshot_id} is in use now", err=True)


@command.command("prune")
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help="How many of the newest stay.")
@options.indexes
def prune(keep: int, indexes: Path) -> None:
    """Remove old snapshots and print their ids; the current one always stays. What stays, and why, is on stderr."""
    from matcher.snapshot import SnapshotStore

    store = SnapshotStore(indexes)
    with store.lock():
        removed, current, left = store.prune(keep), store.current(), store.ids()
    for snapshot_id in removed:
        click.echo(snapshot_id)
    for snapshot_id in left:
        reasons = ["in use"] * (snapshot_id == current) + [f"one of the newest {keep}"] * (snapshot_id in left[-keep:])
        click.echo(f"kept {snapshot_id}: {', '.join(reasons)}", err=True)
    click.echo(f"{len(removed)} removed, {len(left)} kept", err=True)
