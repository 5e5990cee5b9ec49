"""`matcher similar`: creators like these."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from matcher.apps.cli import options

_WHY = {
    "content": "no other creator has posts or a bio",
    "audience": "no other audience that is known has anything in common with theirs; try --by content",
}


@click.command("similar")
@click.argument("creator_ids", nargs=-1, required=True)
@click.option("--by", type=click.Choice(["content", "audience"]), default="content", show_default=True)
@click.option("-k", type=click.IntRange(1, 500), default=15, show_default=True, help="How many creators.")
@options.output("table", "json")
@options.indexes
@options.snapshot
def command(creator_ids: tuple[str, ...], by: Any, k: int, form: str, indexes: Path, snapshot: str | None) -> None:
    """Find creators like CREATOR_IDS, by what they post or by whom they reach.

    \b
    Example:
      matcher similar creator-00042 creator-00077 --by audience -k 20
    """
    from matcher.matching import Matcher

    found = Matcher.open(indexes, snapshot=snapshot).similar(creator_ids, k, by)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif found.entries:
        from matcher.apps.cli.tables import print_similar

        print_similar(found)
    if not found.entries:
        click.echo(f"nobody is like {', '.join(creator_ids)} by {by}: {_WHY[by]}", err=True)
    sys.exit(0 if found.entries else 1)
