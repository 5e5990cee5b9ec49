"""`matcher encoders`: which encoders there are, and how good and how fast they are."""

from __future__ import annotations

import json
import sys

import click

from matcher.apps.cli import options


@click.command("encoders")
@click.argument("names", nargs=-1)
@options.output("table", "json")
def command(names: tuple[str, ...], form: str) -> None:
    """List the encoders that there are, or load and check NAMES: model folders, Hub names or matcher-static-v1.

    Without names only the embedded encoder is loaded and checked; models in the cache of the Hugging Face Hub and
    well-known ones to download are listed with what is known of them. The check is small: 200 sentences with their
    translations, 40 pairs of synonyms, 25 opposites and 16 tags per language, all written for matcher.

    \b
    Example:
      matcher encoders
      matcher encoders intfloat/multilingual-e5-small models/my-encoder --format json

    Exit code 2 when one of the names cannot be loaded; the others are checked all the same.
    """
    from matcher.errors import MatcherError
    from matcher.retrieval.encoders.ladder import Rung, checked, ladder

    rungs: list[Rung] = [] if names else ladder()
    failed = False
    for name in names:
        try:
            rungs.append(checked(name))
        except MatcherError as error:
            click.echo(f"Error: {error}", err=True)
            failed = True
    if form == "json":
        click.echo(json.dumps([rung.to_dict() for rung in rungs], ensure_ascii=False, indent=2))
    elif rungs:
        from matcher.apps.cli.encoder_tables import print_ladder

        print_ladder(rungs)
    sys.exit(2 if failed else 0)
