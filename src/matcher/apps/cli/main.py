"""The command `matcher`: its subcommands, and what an error becomes at this door."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module, metadata
from typing import Any

import click

from matcher.errors import MatcherError

COMMANDS = {
    "demo": "matcher.apps.cli.demo",
    "reindex": "matcher.apps.cli.reindex",
    "match": "matcher.apps.cli.match",
    "explain": "matcher.apps.cli.explain",
    "similar": "matcher.apps.cli.similar",
    "overlap": "matcher.apps.cli.overlap",
    "forecast": "matcher.apps.cli.forecast",
    "snapshots": "matcher.apps.cli.snapshots",
    "evaluate": "matcher.apps.cli.evaluate",
    "encoders": "matcher.apps.cli.encoders",
    "serve": "matcher.apps.cli.serve",
    "keys": "matcher.apps.cli.keys",
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

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of stdout that goes away (`matcher match … | head`) ends it in peace."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(DONE) from None
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EIO):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise MatcherError(f"the answer cannot be written: {error.strerror}; write it elsewhere") from None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, help="Show the version and exit.", expose_value=False, is_eager=True,
              callback=lambda ctx, _, asked: _version(ctx, asked))  # fmt: skip
def cli() -> None:
    """Brand–creator matching: a brief in any language in, a ranked and explained shortlist out.

    \b
    Example:
      matcher reindex --creators creators.parquet --posts posts.parquet --indexes indexes
      matcher match brief.json --indexes indexes -k 10

    Exit codes: 0 done, 1 nothing found or a check failed, 2 wrong input or state.
    """


def _version(ctx: click.Context, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        try:
            click.echo(f"matcher {metadata.version('matcher')}")
        except metadata.PackageNotFoundError:
            click.echo("matcher, from a source tree that is not installed")
        ctx.exit()


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
    sys.exit(code or DONE)
