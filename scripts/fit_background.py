#!/usr/bin/env python3
"""
Measure what posts in general score for briefs in general and write src/matcher/signals/data/background.json; again
whenever the embedded encoder changes.

    python scripts/fit_background.py --briefs briefs.jsonl --indexes indexes

It stands in where an index has too few posts to be a background of its own. The mean and deviation of the cosine
hardly differ between briefs, nor between real posts and invented ones.
"""

import json
from pathlib import Path

import click
import numpy as np

from matcher.matching import Matcher
from matcher.matching.evaluation import read_briefs
from matcher.matching.query import make_queries
from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.vectors import dots

DATA = Path(__file__).parents[1] / "src" / "matcher" / "signals" / "data" / "background.json"


@click.command()
@click.option("--briefs", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--indexes", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=DATA, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(briefs: Path, indexes: Path, out: Path) -> None:
    """Measure and write."""
    index, encoder = Matcher.open(indexes).index, load_encoder()
    cosines = [
        dots(query.vectors[:1], index.reference.post_vectors)[:, 0]
        for query in make_queries(read_briefs(briefs), encoder, index)
    ]
    data = {
        "source": "scripts/fit_background.py: cosines of briefs with posts of reference creators, means over briefs",
        "encoder": encoder.fingerprint[:12],
        "cosine_mean": round(float(np.mean([each.mean() for each in cosines])), 3),
        "cosine_deviation": round(float(np.mean([each.std() for each in cosines])), 3),
    }
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{data} -> {out}", err=True)


if __name__ == "__main__":
    main()
