"""`matcher demo`: the whole main job on the demo world."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click


@click.command("demo")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("indexes/demo"),
              show_default=True, help="Where the tables and the index go.")  # fmt: skip
@click.option("--creators", type=click.IntRange(50), default=3000, show_default=True, help="Size of the world.")
@click.option(
    "--details", type=click.IntRange(0), default=2, show_default=True, help="Creators shown with all reasons."
)
def command(folder: Path, creators: int, details: int) -> None:
    """Make a world of invented creators, index it, and answer four briefs in four languages.

    \b
    Example:
      matcher demo
    """
    from matcher.apps.cli.tables import console, print_shortlist
    from matcher.demo import write_world
    from matcher.demo.setting import REFERENCE
    from matcher.indexing import Progress, ReindexSettings, run
    from matcher.matching import Matcher
    from matcher.records import Brief

    tables, indexes = folder / "tables", folder / "indexes"
    click.echo(f"Making {creators:,} invented creators in {tables} …", err=True)
    world = write_world(tables, creators=creators)
    settings = ReindexSettings(
        creators=world.table("creators"),
        posts=world.table("posts"),
        post_metrics=world.table("post_metrics"),
        comments=world.table("comments"),
        follower_history=world.table("follower_history"),
        collaborations=world.table("collaborations"),
        indexes=indexes,
        as_of=REFERENCE,
    )
    summary = run(settings, Progress())
    click.echo(
        f"Indexed {summary.counts['creators']:,} creators and {summary.counts['posts']:,} posts "
        f"in {sum(summary.seconds.values()):.1f} s.\n"
    )
    matcher = Matcher.open(indexes)
    asked = list(_copied(folder / "briefs"))
    for path in asked:
        brief = Brief.from_file(path)
        found = matcher.match(brief)
        print_shortlist(brief, found, details)
        console().print()
        console().rule(style="dim")
        console().print()
    some_id = found.entries[-1].creator_id if found.entries else "CREATOR_ID"
    click.echo("Where to go next:")
    click.echo(f'  matcher match --text "…your brief, in any language…" --indexes {indexes}')
    click.echo(f"  matcher match {asked[-1]} --indexes {indexes} --format md > shortlist.md")
    click.echo(f"  matcher explain {asked[-1]} {some_id} --indexes {indexes}")
    click.echo(f"  matcher similar {some_id} --indexes {indexes}")
    click.echo(f"  matcher serve --indexes {indexes}")
    click.echo("  matcher reindex --creators … --posts … --indexes indexes     # your own tables: docs/input-tables.md")


def _copied(folder: Path) -> Iterator[Path]:
    """The sample briefs as files beside the tables, to be changed and asked again."""
    from matcher.demo.samples import FOLDER

    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(FOLDER.glob("*.json")):
        yield Path(shutil.copyfile(source, folder / source.name))
