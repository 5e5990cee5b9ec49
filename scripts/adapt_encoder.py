#!/usr/bin/env python3
"""
Fine-tune the encoder on a platform's own posts, as they stand in its current snapshot, into a new model folder.

    python scripts/adapt_encoder.py --indexes indexes --out models/ours
    matcher encoders models/ours
    matcher reindex --creators … --posts … --encoder models/ours

Posts of one creator, and captions and their hashtags, are drawn together, close to where they were. Needs the `train`
extra. Whether it helps depends on the posts: compare both encoders with `matcher evaluate` before you switch.
"""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from matcher.errors import MatcherError
from matcher.training.adapt import Adaptation
from matcher.training.adapted import write_adapted

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--indexes", default="indexes", show_default=True, type=FOLDER, help="Its current snapshot is read.")
@click.option("--out", required=True, type=FOLDER, help="Where the new model folder is written.")
@click.option("--name", help="What the new encoder is called; the folder's name by default.")
@click.option("--encoder", type=FOLDER, help="Static model folder to start from; the embedded one by default.")
@click.option("--steps", default=Adaptation().steps, show_default=True, type=click.IntRange(1))
@click.option("--rate", default=Adaptation().rate, show_default=True, type=click.FloatRange(0, min_open=True))
@click.option("--hold", default=Adaptation().hold, show_default=True, type=click.FloatRange(0),
              help="How hard every text is held to where it was.")  # fmt: skip
@click.option("--seed", default=Adaptation().seed, show_default=True)
def main(
    indexes: Path, out: Path, name: str | None, encoder: Path | None, steps: int, rate: float, hold: float, seed: int
) -> None:
    """Fine-tune the encoder on the posts of a snapshot."""
    console = Console(stderr=True)
    how = Adaptation(steps=steps, rate=rate, hold=hold, seed=seed)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        try:
            pairs = write_adapted(
                indexes, encoder, out, name or out.name, how,
                lambda step, steps, loss: progress.update(
                    task, description=f"loss {loss:.3f}", completed=step, total=steps
                ),
            )  # fmt: skip
        except MatcherError as error:
            raise click.ClickException(str(error)) from error
    console.print(f"written: {out}, adapted on {pairs:,} pairs. Use it with:  matcher reindex … --encoder {out}")


if __name__ == "__main__":
    main()
