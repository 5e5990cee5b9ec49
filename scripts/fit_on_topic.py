#!/usr/bin/env python3
"""
Fit the warning "nothing in this index is clearly about this", in one command; again whenever the encoder changes.

    python scripts/fit_on_topic.py --briefs benchmarks/off_topic/briefs.tsv --judged briefs.jsonl --indexes indexes

Briefs of our own say whether their subject is present in the index, absent, or nonsense; judged briefs are present.
Each is held out in turn; the threshold is the highest at which no held-out brief that is present would be warned of.
"""

import csv
import json
from pathlib import Path

import click
import numpy as np

from matcher.matching import Matcher
from matcher.matching.answer import answer
from matcher.matching.evaluation import read_briefs
from matcher.matching.on_topic import FIGURES, presence
from matcher.matching.query import make_queries
from matcher.records import Brief
from matcher.retrieval.encoders import load_encoder

DATA = Path(__file__).parents[1] / "src" / "matcher" / "signals" / "data" / "on_topic.json"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
RIDGE = 1.0
HIGHEST = 0.3
"""No brief with a higher probability than this is ever warned of, whatever was seen."""
SPARED_SHARE = 0.98
"""Share of the briefs that are present of whom nothing may be said."""


def figures_of(matcher: Matcher, briefs: list[Brief]) -> np.ndarray:
    """The figures [briefs, FIGURES] of briefs on a snapshot."""
    index = matcher.index
    encoder = load_encoder(index.manifest.settings.get("encoder"))
    rows = []
    for query in make_queries(briefs, encoder, index):
        found = presence(index, query, answer(index, query).scored)
        rows.append([getattr(found, name) if found else np.nan for name in FIGURES])
    return np.array(rows)


def fit(figures: np.ndarray, present: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights [FIGURES], none below 0, and the bias of a logistic; both outcomes count alike."""
    from scipy.optimize import minimize

    mean, deviation = figures.mean(axis=0), figures.std(axis=0)
    x = (figures - mean) / deviation
    rows = np.where(present, 0.5 / present.mean(), 0.5 / (1 - present.mean()))
    sign = np.where(present, 1.0, -1.0)

    def loss(theta: np.ndarray) -> float:
        surprise = np.logaddexp(0.0, -sign * (x @ theta[:-1] + theta[-1]))
        return float((rows * surprise).sum() + RIDGE * (theta[:-1] ** 2).sum())

    n = figures.shape[1]
    theta = minimize(loss, np.zeros(n + 1), method="L-BFGS-B", bounds=[(0.0, None)] * n + [(None, None)]).x
    weights = theta[:-1] / deviation
    return weights, float(theta[-1] - weights @ mean)


def held_out(figures: np.ndarray, present: np.ndarray) -> np.ndarray:
    """The probability of every brief from a fit on the others."""
    found = np.empty(len(present))
    for at in range(len(present)):
        weights, bias = fit(np.delete(figures, at, 0), np.delete(present, at))
        found[at] = 1.0 / (1.0 + np.exp(-(figures[at] @ weights + bias)))
    return found


def read_subjects(path: Path) -> list[tuple[str, str, Brief]]:
    """Kind, language and brief of every line."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    return [(line["kind"], line["language"], Brief(text=line["text"], k=20)) for line in lines]


@click.command()
@click.option("--briefs", required=True, type=FILE, help="TSV: kind (present, absent, nonsense), language, text.")
@click.option("--judged", required=True, type=FILE, help="Briefs that the index is known to hold something for.")
@click.option("--indexes", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=DATA, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(briefs: Path, judged: Path, indexes: Path, out: Path) -> None:
    """Fit, report what held-out briefs would have been told, and write the model."""
    matcher = Matcher.open(indexes)
    subjects = read_subjects(briefs) + [("judged", brief.language or "?", brief) for brief in read_briefs(judged)]
    kinds = np.array([kind for kind, _, _ in subjects], dtype=object)
    figures = figures_of(matcher, [brief for _, _, brief in subjects])
    present = np.array([kind in ("present", "judged") for kind in kinds])
    probability = held_out(figures, present)
    weights, bias = fit(figures, present)
    threshold = min(HIGHEST, float(np.quantile(probability[present], 1 - SPARED_SHARE)))
    warned = {kind: round(float((probability[kinds == kind] < threshold).mean()), 3) for kind in sorted(set(kinds))}
    data = {
        "source": "scripts/fit_on_topic.py on benchmarks/off_topic/briefs.tsv and judged briefs",
        "encoder": matcher.index.manifest.encoder_fingerprint[:12],
        "weights": dict(zip(FIGURES, np.round(weights, 4).tolist(), strict=True)),
        "bias": round(bias, 4),
        "warn_below": round(threshold, 3),
        "held_out_warned": warned,
        "briefs": {kind: int((kinds == kind).sum()) for kind in sorted(set(kinds))},
    }
    out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"threshold {threshold:.3f}, held out warned of {warned} -> {out}", err=True)


if __name__ == "__main__":
    main()
