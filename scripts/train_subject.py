#!/usr/bin/env python3
"""
Learn which words of a brief are its subject and write src/matcher/retrieval/subject/network.npz, in one command; again
whenever the embedded encoder changes.

    python scripts/train_subject.py --pairs pairs.jsonl.gz --posts posts.parquet

The frames of briefs are this project's own (`training/brief_frames.tsv`); names of things come from the encoder's
training pairs, stretches of posts from a table with `text` and `hashtags`. Needs the `train` extra; two minutes.
"""

from pathlib import Path

import click
import pandas as pd

from matcher.retrieval.encoders.load import embedded
from matcher.training.fillers import fillers
from matcher.training.pairs import read_pairs
from matcher.training.subject import Settings, fit

TARGET = Path(__file__).parents[1] / "src" / "matcher" / "retrieval" / "subject" / "network.npz"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
POSTS = 60_000


@click.command()
@click.option("--pairs", required=True, type=FILE, help="Gzipped JSON lines, as for train_encoder.py.")
@click.option("--posts", required=True, type=FILE, help="Parquet table of posts: text, hashtags.")
@click.option("--out", default=TARGET, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(pairs: Path, posts: Path, out: Path) -> None:
    """Fit the network."""
    settings = Settings()
    table = pd.read_parquet(posts, columns=["text", "hashtags"])
    table = table.sample(min(POSTS, len(table)), random_state=settings.seed)
    tags = [[] if own is None else list(own) for own in table["hashtags"]]
    filling = fillers(read_pairs(pairs), table["text"].fillna("").tolist(), tags, settings.seed)
    for language, of in filling.items():
        click.echo(f"{language}: {len(of.terms):,} terms, {len(of.stretches):,} stretches of posts", err=True)
    fit(embedded(), filling, settings).save(out)
    click.echo(f"written: {out}", err=True)


if __name__ == "__main__":
    main()
