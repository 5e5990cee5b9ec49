"""The command `matcher`: its subcommands, and what an error becomes at this door."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from matcher.errors import MatcherError

COMMANDS = {
    "demo": "matcher.apps.cli.demo",
    "reindex": "matcher.apps.cli.reindex",
    "match": "matcher.apps.cli.match",
    "explain": "matcher.apps.cli.explain",
    "similar": "matcher.apps.cli.similar",
    "snapshots": "matcher.apps.cli.snapshots",
    "evaluate": "matcher.apps.cli.evaluate",
    "serve": "matcher.apps.cli.serve",
}
"""Command → module that holds it under the name `command`; loaded only when it is called."""

DONE, NOTHING_FOUND, WRONG_INPUT = 0, 1, 2


class Lazy(click.Group):
    """A group whose commands are imported when they are used: `matcher match` must not wait for the service."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="matcher")
def cli() -> None:
    """Brand–creator matching: a brief in any language in, a ranked and explained shortlist out.

    \b
    Example:
      matcher reindex --creators creators.parquet --posts posts.parquet --indexes indexes
      matcher match brief.json --indexes indexes -k 10

    Exit codes: 0 done, 1 nothing found or a check failed, 2 wrong input or state.
    """


def main() -> None:
    """Entry point of the console script."""
    try:
        code = cli.main(standalone_mode=False)
    except MatcherError as error:
        click.echo(f"Error: {error}", err=True)
        code = WRONG_INPUT
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = 130
    except BrokenPipeError:  # the reader of stdout went away: `matcher match … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code or DONE)
