#!/usr/bin/env python3
"""
Train the shipped encoder: from translation pairs to a finished model folder, in one command.

    python scripts/train_encoder.py --pairs pairs.jsonl.gz --work build/encoder --out build/matcher-static-v1

A stopped run goes on where it was. Needs the `train` extra; about an hour on two cores, most of it the teacher.
"""

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from matcher.training.contrastive import Schedule
from matcher.training.pipeline import Recipe, build

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--pairs", required=True, type=FILE, help="Gzipped JSON lines: lang, text, en, source, licence, kind.")
@click.option("--thai-social", type=FILE, help="Gzipped JSON lines with `text`: Thai words for the tokeniser.")
@click.option("--dev", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
@click.option("--work", required=True, type=FOLDER, help="Folder of intermediate results; a second run continues.")
@click.option("--out", required=True, type=FOLDER, help="Where the model folder is written.")
@click.option("--epochs", default=Schedule().epochs, show_default=True)
@click.option("--seconds", type=float, help="Stop training by then; the result is no longer repeatable.")
@click.option("--seed", default=Schedule().seed, show_default=True)
def main(
    pairs: Path, thai_social: Path | None, dev: Path | None, work: Path, out: Path,
    epochs: int, seconds: float | None, seed: int,
) -> None:  # fmt: skip
    """Train the static encoder."""
    recipe = Recipe(schedule=replace(Schedule(), epochs=epochs, seconds=seconds, seed=seed))
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        build(
            pairs, thai_social, dev, work, out, recipe,
            lambda step, done, total: progress.update(task, description=step, completed=done, total=total),
        )  # fmt: skip
    console.print(f"written: {out}")


if __name__ == "__main__":
    main()
