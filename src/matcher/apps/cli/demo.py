"""`matcher demo`: the whole main job on the demo world."""

from __future__ import annotations

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
    from matcher.apps.cli.tables import print_shortlist
    from matcher.demo import briefs, write_world
    from matcher.demo.setting import REFERENCE
    from matcher.indexing import Progress, ReindexSettings, run
    from matcher.matching import Matcher, as_brief

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
    for data in briefs():
        brief = as_brief(data)
        print_shortlist(brief, matcher.match(brief), details)
        click.echo("\n" + "─" * 100 + "\n")
    example = Path(__file__).parents[2] / "demo" / "briefs"
    click.echo("Where to go next:")
    click.echo(f'  matcher match --text "…your brief, in any language…" --indexes {indexes}')
    click.echo(f"  matcher explain {_first(example)} CREATOR_ID --indexes {indexes}")
    click.echo(f"  matcher similar CREATOR_ID --indexes {indexes}")
    click.echo(f"  matcher serve --indexes {indexes}")
    click.echo("  matcher reindex --creators … --posts … --indexes indexes     # your own tables: docs/input-tables.md")


def _first(folder: Path) -> Path:
    path = sorted(folder.glob("*.json"))[0]
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
