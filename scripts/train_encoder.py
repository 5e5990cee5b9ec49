#!/usr/bin/env python3
"""
Train an encoder as shipped ones are: from translation pairs to a finished model folder, in one command.

    python scripts/train_encoder.py --pairs pairs.jsonl.gz --work build/encoder --out build/matcher-static-v1

A stopped run goes on where it was, to the same bytes; a work folder of other settings is refused. Needs the `train`
extra; under an hour on two quiet cores.
"""

import time
from dataclasses import replace
from pathlib import Path

import click

from matcher.errors import MatcherError
from matcher.training.contrastive import Schedule
from matcher.training.pipeline import Recipe, build

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
QUIET_S = 10.0


class Lines:
    """Says on stderr how far a step has come: when it begins, when it ends, and every ten seconds in between."""

    def __init__(self) -> None:
        self._began = self._said = time.monotonic()
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Note that `done` of `total` are done; what stands after a comma is no part of the step's name."""
        now, name = time.monotonic(), step.split(",")[0]
        if name != self._step or done >= total or now - self._said >= QUIET_S:
            click.echo(f"{now - self._began:7.0f} s  {step}: {done:,} of {total:,}", err=True)
            self._step, self._said = name, now


@click.command()
@click.option("--pairs", required=True, type=FILE, help="Gzipped JSON lines: lang, text, en, source, licence, kind.")
@click.option("--thai-social", type=FILE, help="Gzipped JSON lines with `text`: Thai words for the tokeniser.")
@click.option("--dev", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
@click.option("--work", required=True, type=FOLDER, help="Folder of intermediate results; a second run continues.")
@click.option("--out", required=True, type=FOLDER, help="Where the model folder is written.")
@click.option("--epochs", default=Schedule().epochs, show_default=True)
@click.option("--seed", default=Schedule().seed, show_default=True)
def main(
    pairs: Path, thai_social: Path | None, dev: Path | None, work: Path, out: Path, epochs: int, seed: int
) -> None:  # fmt: skip
    """Train the static encoder."""
    recipe = Recipe(schedule=replace(Schedule(), epochs=epochs, seed=seed))
    try:
        build(pairs, thai_social, dev, work, out, recipe, Lines())
    except MatcherError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"written: {out}", err=True)


if __name__ == "__main__":
    main()
