#!/usr/bin/env python3
"""
Fit the warning "nothing in this index is clearly about this", in one command; again whenever the encoder changes.

    python scripts/fit_on_topic.py --briefs benchmarks/off_topic/briefs.tsv --judged briefs.jsonl --qrels qrels.tsv \\
        --indexes indexes

Briefs of our own say whether their subject is present in the index, absent, or nonsense; judged briefs are present. All
are asked in the whole index and in random parts of it, for a small index is not a large one. Each subject is held out
in turn; the threshold is the highest at which hardly any held-out brief that is present would be warned of.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from matcher.matching import Matcher
from matcher.matching.candidates import find_candidates, lexical_hits
from matcher.matching.evaluation import GOOD, read_briefs, read_qrels
from matcher.matching.on_topic import FIGURES, presence
from matcher.matching.query import Query, make_queries
from matcher.matching.scoring import score_creators
from matcher.records import Brief
from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.filters import apply_filters
from matcher.retrieval.index import Index

DATA = Path(__file__).parents[1] / "src" / "matcher" / "signals" / "data" / "on_topic.json"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
RIDGE = 1.0
HIGHEST = 0.2
"""No brief with a higher probability than this is ever warned of, whatever was seen."""
SPARED_SHARE = 0.97
"""Share of the cases that are present of which nothing may be said."""
SIZES, MOST = (50, 150, 500, 2_000, 10_000), 10_000
KEPT = (3, 5, 10)
LEAST_ALLOWED = 2


@dataclass(frozen=True)
class Subject:
    """A brief, whether its subject is there, and which creators are known to be about it."""

    kind: str
    language: str
    brief: Brief
    good: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """What is held out together: both languages of a judged topic."""
        return self.brief.brief_id.split("-", 1)[0] if self.good else self.brief.text


@dataclass(frozen=True)
class Case:
    """A subject in an index of some size, with what is seen there."""

    subject: Subject
    size: int
    """How many creators the index has, 0 for all of them."""
    kept: int
    """How many that are known to be about the subject are among them; -1 where that is not known."""
    figures: tuple[float, ...]
    present: bool


def cases_of(matcher: Matcher, subjects: Sequence[Subject], seed: int = 3) -> list[Case]:
    """
    Every subject in the whole index and in random parts of it.

    A judged subject is present in a part that keeps `KEPT` of its good creators, and those alone. Of a subject that
    is only known to be present somewhere, nothing is known in a part of less than `MOST` creators: it is left out.
    """
    index = matcher.index
    encoder = load_encoder(index.manifest.settings.get("encoder"))
    rng, n = np.random.default_rng(seed), len(index.creators)
    cases = []
    for subject in subjects:
        [query] = make_queries([subject.brief], encoder, index)
        good = np.array([row for name in subject.good if (row := index.find_creator(name)) is not None], np.int64)
        for size, kept in [(0, -1), *((size, kept) for size in SIZES for kept in (KEPT if len(good) else (-1,)))]:
            if size and subject.kind == "present" and size < MOST:
                continue
            part = np.ones(n, np.bool_)
            if size:
                part = np.zeros(n, np.bool_)
                part[rng.choice(n, min(size, n), replace=False)] = True
                part[good] = False
                part[rng.permutation(good)[: max(kept, 0)]] = True
            if (figures := figures_among(index, query, part)) is not None:
                cases.append(Case(subject, size, kept, figures, subject.kind in ("present", "judged")))
    return cases


def figures_among(index: Index, query: Query, part: NDArray[np.bool_]) -> tuple[float, ...] | None:
    """The figures of a query among part of the creators; None where its filters leave fewer than two."""
    allowed = apply_filters(index, query.brief).allowed & part
    if np.count_nonzero(allowed) < LEAST_ALLOWED:
        return None
    hits = lexical_hits(index, query)
    rows = find_candidates(index, query, hits, allowed, query.brief.k)
    found = presence(index, query, score_creators(index, query, hits, rows), int(np.count_nonzero(allowed)))
    return tuple(getattr(found, name) for name in FIGURES) if found else None


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


def held_out(cases: Sequence[Case]) -> np.ndarray:
    """The probability of every case from a fit on the other subjects."""
    figures, present = np.array([case.figures for case in cases]), np.array([case.present for case in cases])
    topics = np.array([case.subject.topic for case in cases])
    found = np.empty(len(cases))
    for topic in sorted(set(topics)):
        out = topics == topic
        weights, bias = fit(figures[~out], present[~out])
        found[out] = 1.0 / (1.0 + np.exp(-(figures[out] @ weights + bias)))
    return found


def read_subjects(path: Path, judged: Path, qrels: Path) -> list[Subject]:
    """Subjects of our own, and those of judged briefs with their good creators."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    own = [Subject(line["kind"], line["language"], Brief(text=line["text"], k=20)) for line in lines]
    grades = read_qrels(qrels)
    for brief in read_briefs(judged):
        good = sorted(name for name, grade in grades.get(brief.brief_id, {}).items() if grade >= GOOD)
        if good:
            own.append(Subject("judged", brief.language or "?", brief, tuple(good)))
    return own


def warned_by(cases: Sequence[Case], warned: np.ndarray) -> dict[str, dict[str, float]]:
    """Kind (with how many good creators were kept) → size of the index → share that is warned of."""
    shares: dict[str, dict[str, list[bool]]] = {}
    for case, is_warned in zip(cases, warned.tolist(), strict=True):
        name = case.subject.kind + (f", {case.kept} good" if case.kept >= 0 else "")
        shares.setdefault(name, {}).setdefault(str(case.size or "all"), []).append(is_warned)
    return {
        name: {size: round(float(np.mean(of)), 3) for size, of in by.items()} for name, by in sorted(shares.items())
    }


@click.command()
@click.option("--briefs", required=True, type=FILE, help="TSV: kind (present, absent, nonsense), language, text.")
@click.option("--judged", required=True, type=FILE, help="Briefs that the index is known to hold something for.")
@click.option("--qrels", required=True, type=FILE, help="TSV: brief_id, creator_id, grade.")
@click.option("--indexes", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=DATA, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(briefs: Path, judged: Path, qrels: Path, indexes: Path, out: Path) -> None:
    """Fit, report what held-out briefs would have been told, and write the model."""
    matcher = Matcher.open(indexes)
    cases = cases_of(matcher, read_subjects(briefs, judged, qrels))
    present = np.array([case.present for case in cases])
    probability = held_out(cases)
    weights, bias = fit(np.array([case.figures for case in cases]), present)
    threshold = min(HIGHEST, float(np.quantile(probability[present], 1 - SPARED_SHARE)))
    warned = warned_by(cases, probability < threshold)
    data = {
        "source": "scripts/fit_on_topic.py on benchmarks/off_topic/briefs.tsv and judged briefs, in parts of an index",
        "encoder": matcher.index.manifest.encoder_fingerprint[:12],
        "weights": dict(zip(FIGURES, np.round(weights, 4).tolist(), strict=True)),
        "bias": round(bias, 4),
        "warn_below": round(threshold, 3),
        "held_out_warned": warned,
        "cases": len(cases),
    }
    out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"threshold {threshold:.3f}, held out warned of {warned} -> {out}", err=True)


if __name__ == "__main__":
    main()
