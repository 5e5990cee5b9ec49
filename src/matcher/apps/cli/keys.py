"""`matcher keys`: API keys of the service."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.apps.cli import options
from matcher.apps.scopes import SCOPES
from matcher.errors import InputError

if TYPE_CHECKING:
    from matcher.apps.storage import Database


@click.group("keys")
def command() -> None:
    """Make, list and revoke the keys by which others may use the service.

    They are in the database of the service: $MATCHER_DATABASE, by default a file beside the snapshots.

    \b
    Example:
      matcher keys make "Platform team" --scope match --scope read
      matcher keys revoke k_0a1b2c3d4e5f60718293a4b5
    """


@command.command("make")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES),
              help="What the key may do; may be repeated.  [default: match, read]")  # fmt: skip
@click.option("--requests-per-minute", type=click.IntRange(0), help="Its own limit; 0 is none.")
@click.option("--max-body-bytes", type=click.IntRange(1), help="Its own limit of a request's body.")
@options.indexes
def make(
    name: str, scopes: tuple[str, ...], requests_per_minute: int | None, max_body_bytes: int | None, indexes: Path
) -> None:
    """Make a key and print it; it is shown this once."""
    from matcher.apps.storage.keys import make_key

    key, secret = make_key(
        _database(indexes), name[:200], scopes or ("match", "read"), requests_per_minute, max_body_bytes
    )
    click.echo(secret)
    click.echo(f"key {key.id} may do {', '.join(key.scopes)}; keep it safe, it is not shown again", err=True)


@command.command("list")
@options.indexes
def list_keys(indexes: Path) -> None:
    """One line per key, oldest first."""
    from matcher.apps.storage.keys import list_keys

    for key in list_keys(_database(indexes, there=True)):
        state = f"revoked {key.revoked_at[:10]}" if key.revoked_at else "in use"
        click.echo(f"{key.id}  {key.created_at[:10]}  {state:<18}  {','.join(key.scopes):<24}  {key.name}")


@command.command("revoke")
@click.argument("key_id")
@options.indexes
def revoke(key_id: str, indexes: Path) -> None:
    """Make a key useless for good; services notice within seconds."""
    from matcher.apps.storage.keys import revoke_key

    revoke_key(_database(indexes, there=True), key_id)
    click.echo(f"{key_id} is revoked", err=True)


def _database(indexes: Path, there: bool = False) -> Database:
    """The service's database; with `there` a file that does not exist is an error, and is not made."""
    from matcher.apps.settings import Settings
    from matcher.apps.storage import Database

    settings = dataclasses.replace(Settings.from_environment(os.environ), indexes=indexes)
    if there and settings.database is None and not (indexes / "service.db").is_file():
        raise InputError(f"{indexes} holds no keys yet; make one with: matcher keys make NAME --indexes {indexes}")
    return Database(settings.database_url)
