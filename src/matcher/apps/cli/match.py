"""`matcher match`: one brief, or a file of many, to shortlists."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.apps.cli import options

if TYPE_CHECKING:
    from matcher.records import Brief, Shortlist


@click.command("match")
@click.argument("brief", required=False)
@click.option("--text", help="The brief as plain text, instead of a file.")
@click.option("--understood", is_flag=True, help="Take what --text names (countries, sizes, ages, …) as conditions.")
@click.option("-k", type=click.IntRange(1, 500), help="How many creators; overrides the brief's own k.")
@click.option(
    "--details", type=click.IntRange(0), default=3, show_default=True, help="Creators shown with all reasons."
)
@options.output("table", "json", "jsonl", "csv", "md")
@options.indexes
@options.snapshot
@options.encoder
def command(
    brief: str | None, text: str | None, understood: bool, k: int | None, details: int, form: str, indexes: Path,
    snapshot: str | None, encoder: str | None,
) -> None:  # fmt: skip
    """Rank the creators of the index for a BRIEF: a JSON or YAML file, a .jsonl of many, or - for stdin.

    \b
    Example:
      matcher match brief.json --indexes indexes -k 10
      matcher match briefs.jsonl --format jsonl > shortlists.jsonl
      matcher match --text "vegan protein powder, creators who cook plant-based meals"
      matcher match --text "camping creators in Taiwan, 5k-50k followers" --understood

    Exit code 1 when nothing was found; the funnel then says which filter left nobody. Of many briefs all are answered,
    and the exit code is 1 when any of them found nobody; stderr names those.
    """
    from matcher.apps.cli.briefs import read
    from matcher.apps.cli.render import render
    from matcher.apps.cli.understood import note
    from matcher.matching import Matcher

    briefs = read(brief, text, understood)
    matcher = Matcher.open(indexes, snapshot=snapshot, encoder=encoder)
    empty: list[Shortlist] = []

    def answers() -> Iterator[tuple[Brief, Shortlist]]:
        for asked, shortlist in zip(briefs, matcher.match_many(briefs, k), strict=True):
            if not shortlist.entries:
                empty.append(shortlist)
            yield asked, shortlist

    render(answers(), form, details, many=len(briefs) > 1)
    for shortlist in empty if form != "table" else ():
        click.echo(f"{shortlist.brief_id}: {shortlist.warnings[-1]}", err=True)
    if text is not None and (said := note(text, understood)):
        click.echo(said, err=True)
    sys.exit(1 if empty else 0)
