"""`matcher forecast`: what the next post of creators will bring."""

from __future__ import annotations

import json
from pathlib import Path

import click

from matcher.apps.cli import options


@click.command("forecast")
@click.argument("creator_ids", nargs=-1, required=True)
@options.output("table", "json")
@options.indexes
@options.snapshot
def command(creator_ids: tuple[str, ...], form: str, indexes: Path, snapshot: str | None) -> None:
    """Foretell views and engagements of the next post of CREATOR_IDS, per platform and format.

    The middle is the median, the interval holds 90 % of such posts. A creator without posts gets what is
    usual for its peers, marked so.

    \b
    Example:
      matcher forecast creator-00042 creator-00077 --indexes indexes
    """
    from matcher.matching import Matcher

    found = Matcher.open(indexes, snapshot=snapshot).forecast(creator_ids)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        from matcher.apps.cli.forecast_tables import print_forecasts

        print_forecasts(found)
