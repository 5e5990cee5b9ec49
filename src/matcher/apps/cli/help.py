"""
The page docs/cli.md: the help text of every command.

    python -m matcher.apps.cli.help > docs/cli.md
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from matcher.apps.cli.main import cli

_WIDTH = 100


def help_page() -> str:
    """The whole page."""
    intro = (
        "# The command line\n\n"
        "Data goes to stdout, everything else to stderr. This page is what `--help` says; a test holds the two equal.\n"
        "Rewrite it with `python -m matcher.apps.cli.help > docs/cli.md`."
    )
    return "\n\n".join([intro, *_sections(cli, "matcher", None)]) + "\n"


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """The help of a command and of all below it."""
    context = click.Context(command, info_name=name, parent=parent, max_content_width=_WIDTH, terminal_width=_WIDTH)
    context.help_option_names = ["-h", "--help"]
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _sections(found, below, context)


if __name__ == "__main__":
    click.echo(help_page(), nl=False)
