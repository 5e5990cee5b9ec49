"""`matcher serve`: the HTTP service."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import click

from matcher.apps.cli import options


@click.command("serve")
@options.indexes
@click.option("--host", help="Address to listen on.  [default: $MATCHER_HOST or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: $MATCHER_PORT or 8321]")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer.  [default: $MATCHER_WORKERS or 1]")
@options.encoder
def command(indexes: Path, host: str | None, port: int | None, workers: int | None, encoder: str | None) -> None:
    """Answer briefs over HTTP; the endpoints are in docs/service.md, their description is at /openapi.json.

    \b
    Example:
      matcher serve --indexes indexes --port 8321
      curl -s localhost:8321/v1/match -H 'content-type: application/json' -d '{"text": "trail running shoes"}'
    """
    from matcher.apps.service.app import serve
    from matcher.apps.settings import Settings

    settings = Settings.from_environment(os.environ)
    given: dict[str, Any] = {"indexes": indexes, "host": host, "port": port, "encoder": encoder, "workers": workers}
    serve(dataclasses.replace(settings, **{name: value for name, value in given.items() if value is not None}))
