#!/usr/bin/env python3
"""
Learn the usual widths of forecasts by platform (data/forecast.json), for tables that are too small to learn from.

    python scripts/fit_forecast_widths.py --tables DIR --indexes indexes

DIR holds the tables (posts.parquet, post_metrics.parquet) that the current snapshot of the indexes was made from.
"""

import json
import sys
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "matcher" / "signals" / "data" / "forecast.json"
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "forecast")]

from corpus import corpus  # noqa: E402

from matcher.retrieval.index import Index  # noqa: E402
from matcher.snapshot import SnapshotStore  # noqa: E402
from matcher.training.forecast_widths import as_data, widths  # noqa: E402

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(help=__doc__)
@click.option("--tables", type=FOLDER, required=True)
@click.option("--indexes", type=FOLDER, required=True)
def main(tables: Path, indexes: Path) -> None:
    """Write the data file."""
    index = Index.open(SnapshotStore(indexes).folder())
    real = corpus(index, tables)
    named = index.vocabularies["platforms"]
    found = {target: widths(real.slots, series, named) for target, series in real.series.items()}
    posts = index.manifest.counts["posts"]
    source = f"scripts/fit_forecast_widths.py on {posts:,} posts, as of {index.manifest.as_of[:7]}"
    text = json.dumps(as_data(found, source), indent=1)
    DATA.write_text(text + "\n", encoding="utf-8")
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
