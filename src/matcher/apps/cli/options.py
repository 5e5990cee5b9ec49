"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

indexes = click.option(
    "--indexes",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: Path(os.environ.get("MATCHER_INDEXES", "indexes")),
    show_default="$MATCHER_INDEXES or ./indexes",
    help="Folder of the snapshots.",
)

snapshot = click.option("--snapshot", metavar="ID", help="Use this snapshot instead of the current one.")

encoder = click.option(
    "--encoder", metavar="NAME", help="Model folder or Hub name; by default the one the snapshot was built with."
)


def output(*formats: str) -> Callable[[Any], Any]:
    """The option `--format`, with the formats that a command can write; the first is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="What to print."
    )
