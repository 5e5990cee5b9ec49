"""`matcher explain`: why a creator stands where it stands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from matcher.apps.cli import options


@click.command("explain")
@click.argument("brief")
@click.argument("creator_id")
@options.output("table", "json")
@options.indexes
@options.snapshot
@options.encoder
def command(brief: str, creator_id: str, form: str, indexes: Path, snapshot: str | None, encoder: str | None) -> None:
    """Say why CREATOR_ID is in or out of the shortlist for BRIEF, and what would bring it in.

    \b
    Example:
      matcher explain brief.json creator-00042 --indexes indexes

    Exit code 1 when the creator is not in the shortlist.
    """
    from matcher.apps.cli.briefs import one
    from matcher.matching import Matcher

    asked = one(brief)
    explanation = Matcher.open(indexes, snapshot=snapshot, encoder=encoder).explain(asked, creator_id)
    if form == "json":
        click.echo(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2))
    else:
        from matcher.apps.cli.tables import print_explanation

        print_explanation(explanation)
    sys.exit(0 if explanation.in_shortlist else 1)
