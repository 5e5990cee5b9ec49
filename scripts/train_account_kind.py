#!/usr/bin/env python3
"""
Train the model of account kinds from accounts labelled by hand, in one command.

    python scripts/train_account_kind.py --labels benchmarks/account_kind/labels.tsv --indexes indexes

The labels hold ids only; names, bios and posts come from a snapshot that has these creators. Seconds.
"""

import json
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from matcher.retrieval.index import Index
from matcher.signals.account_kind import KINDS, account_features, posts_to_read
from matcher.snapshot import SnapshotStore
from matcher.training.account_kind import Label, as_data, read_labels, train

DATA = Path(__file__).parents[1] / "src" / "matcher" / "signals" / "data" / "account_kind.json"
SOURCE = "trained by scripts/train_account_kind.py on accounts labelled by hand (benchmarks/account_kind)"


def labelled(index: Index, labels: list[Label]) -> tuple[list[Label], np.ndarray, np.ndarray]:
    """The labels that a snapshot holds, their features and the codes of their kinds."""
    columns, table = index.creators, index.creator_table
    read, owner = posts_to_read(np.asarray(columns.post_start))
    posts = index.post_table.take(pa.array(read))
    features = account_features(
        table.column("display_name").combine_chunks(),
        table.column("bio").combine_chunks(),
        index.vocabularies.each("platforms", columns.platform),
        posts.column("text").combine_chunks(),
        posts.column("hashtags").combine_chunks(),
        owner,
        np.diff(columns.post_start),
    )
    rows = [index.find_creator(label.creator_id) for label in labels]
    found = [(label, row) for label, row in zip(labels, rows, strict=True) if row is not None]
    kinds = np.array([KINDS.index(label.kind) for label, _ in found], np.int64)
    return [label for label, _ in found], features[[row for _, row in found]], kinds


@click.command()
@click.option("--labels", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--indexes", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=DATA, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(labels: Path, indexes: Path, out: Path) -> None:
    """Train, say how often the model is right on accounts that were held out, and write it."""
    found, features, kinds = labelled(Index.open(SnapshotStore(indexes).folder()), read_labels(labels))
    trained = train(features, kinds)
    right = (trained.held_out.argmax(axis=1) == kinds).mean()
    out.write_text(json.dumps(as_data(trained, SOURCE), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(
        f"{len(found)} accounts, ridge {trained.ridge:g}, temperature {trained.temperature:.2f}, "
        f"held out right {right:.3f} -> {out}",
        err=True,
    )


if __name__ == "__main__":
    main()
