"""`matcher reindex`: tables to a published snapshot."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from matcher.apps.cli import options

_TABLE = click.Path(path_type=Path)


@click.command("reindex")
@click.option(
    "--creators", type=_TABLE, required=True, help="File or folder: .jsonl, .csv, .parquet, also .gz and .zst."
)
@click.option("--posts", type=_TABLE, required=True, help="File or folder.")
@click.option("--post-metrics", type=_TABLE, help="Counts of posts at several times.")
@click.option("--comments", type=_TABLE)
@click.option("--follower-history", type=_TABLE)
@click.option("--collaborations", type=_TABLE, help="Past work and what came of it.")
@click.option("--accounts", type=_TABLE, help="Profiles of followers or commenters, in numbers.")
@options.indexes
@click.option("--encoder", metavar="NAME", help="Model folder or Hub name; the embedded model by default.")
@click.option("--token-weights", is_flag=True, help="Words that most posts say count less; learnt from the posts.")
@click.option("--max-reject-share", type=click.FloatRange(0, 1), default=0.05, show_default=True,
              help="More bad rows than this in a table is an error.")  # fmt: skip
@click.option("--max-shrink", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="More creators or posts than this missing since the last snapshot is an error.")  # fmt: skip
@click.option("--erase", multiple=True, metavar="CREATOR_ID", help="Forget this creator for good; may be repeated.")
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help="Snapshots that stay.")
@click.option("--wait", "wait_s", type=click.FloatRange(0), default=0, help="Seconds to wait for another reindex.")
@click.option("--full", is_flag=True, help="Embed everything again.")
@click.option("--as-of", type=click.DateTime(), help="Moment that ages are counted from, UTC; now by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one line of JSON.")
def command(as_of: datetime | None, as_json: bool, **settings: Any) -> None:
    """Read, check and embed a platform's tables, and publish them as a new snapshot.

    Only what changed since the last snapshot is embedded again. Bad rows go to rejects.jsonl in the snapshot. Whatever
    goes wrong, the current snapshot stays as it was.

    \b
    Example:
      matcher reindex --creators creators.parquet --posts posts/ --indexes indexes
    """
    from matcher.indexing import Progress, ReindexSettings, run

    if as_of is not None:
        settings["as_of"] = as_of.replace(tzinfo=UTC)
    summary = run(ReindexSettings(**settings), Progress())
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
        return
    for warning in summary.warnings:
        click.echo(f"Note: {warning}", err=True)
    counts = summary.counts
    click.echo(f"{summary.status} {summary.snapshot_id}")
    click.echo(f"  {counts['creators']:,} creators, {counts['posts']:,} posts ({counts['embedded']:,} embedded)")
    for table, rows in summary.tables.items():
        if rows["rejected"]:
            click.echo(f"  {table}: {rows['rejected']:,} of {rows['read']:,} rows rejected, see rejects.jsonl")
    click.echo(f"  {sum(summary.seconds.values()):.1f} s")
