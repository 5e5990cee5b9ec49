"""`matcher overlap`: how many people several creators reach together."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from matcher.apps.cli import options


@click.command("overlap")
@click.argument("creator_ids", nargs=-1, required=True)
@options.output("table", "json", "csv", "md")
@options.indexes
@options.snapshot
def command(creator_ids: tuple[str, ...], form: str, indexes: Path, snapshot: str | None) -> None:
    """Tell how many people CREATOR_IDS reach together, and how many of them are the same.

    From who comments where that is known of all of them, else by a model of their followers; each number with its
    error. The matrix holds the part of the people of a row whom the column reaches too.

    \b
    Example:
      matcher overlap creator-00042 creator-00077 creator-00113
      matcher overlap creator-00042 creator-00077 --format csv > pairs.csv
    """
    from matcher.matching import Matcher

    found = Matcher.open(indexes, snapshot=snapshot).overlap(creator_ids)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif form == "table":
        from matcher.apps.cli.tables import print_overlap

        print_overlap(found)
    else:
        from matcher.apps.cli.overlap_text import as_csv, as_markdown

        click.echo(as_csv(found) if form == "csv" else as_markdown(found), nl=False)
    sys.exit(0 if found.members else 1)
