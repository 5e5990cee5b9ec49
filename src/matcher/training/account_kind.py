"""The model of account kinds from accounts labelled by hand: cross-validated, tempered, and written as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.account_kind import FEATURES, KINDS
from matcher.training.softmax import Softmax, fit_softmax, probabilities, temperature_of

RIDGES = (3.0, 10.0, 20.0, 30.0, 100.0)
FOLDS = 10
_MARKS = {
    "person": (
        "name.person", "bio.first_person", "bio.work", "bio.life", "post.first_person", "post.play", "post.talk"
    ),
    "group": ("name.band", "bio.we"),
    "shop": ("name.shop", "bio.shop", "post.shop", "tag.shop"),
    "brand": ("name.company", "bio.company", "post.game", "post.house"),
    "media": ("name.media", "bio.media", "post.news", "post.film", "tag.news"),
    "label": ("name.automatic", "name.label", "post.music_video"),
    "compilation": ("name.collection", "bio.collection", "post.collection", "post.feature", "tag.clips"),
}  # fmt: skip
"""The marks by which accounts of a kind name themselves, and by which their posts are known."""
_EXPECTED = {kind: 2.5 for kind in KINDS} | {"shop": 4.0}
"""
What such a mark is expected to weigh before any account is seen, in log-odds. Shops are too few to learn from that
"Shop" in a name is a shop's; set among 0 to 6 by held-out F1 and loss.
"""
_EXPECTED_ALONE = {"name.shop": 6.0}
"""Of marks that no labelled account carries: set by the demo world, where 4 misses four shops of ten."""
DIGITS = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """One account as a person saw it."""

    creator_id: str
    platform: str
    language: str
    drawn: str
    """
    "random", "sought" by words that point to accounts of a kind that is rare on its platform, or "apart": drawn at
    random after the marks had been chosen, to test them.
    """
    kind: str


def read_labels(path: Path) -> list[Label]:
    """Labels from a tab-separated file with the columns of Label."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Label(**row) for row in csv.DictReader(file, delimiter="\t")]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and what it says of each labelled account when that account is held out."""

    model: Softmax
    held_out: Floats
    """float64 [labels, KINDS]: probabilities."""
    ridge: float
    temperature: float


def expected_weights() -> Floats:
    """The weights float64 [FEATURES, KINDS] that the marks are expected to have."""
    weights = np.zeros((len(FEATURES), len(KINDS)))
    for kind, marks in _MARKS.items():
        for mark in marks:
            expected = _EXPECTED_ALONE.get(mark, _EXPECTED[kind])
            weights[FEATURES.index(mark), KINDS.index(kind)] = expected
    return weights


def train(features: Floats, kinds: NDArray[np.int64], seed: int = 7) -> Trained:
    """
    Fit features [labels, FEATURES] to kinds [labels] (codes of KINDS).

    Weights are drawn towards what the marks are expected to weigh. The ridge is the one of RIDGES with the least
    held-out loss; one temperature, from the held-out log-odds, makes the probabilities as often right as they say.
    """
    held_out = {ridge: _held_out(features, kinds, ridge, seed) for ridge in RIDGES}
    losses = {ridge: _loss(logits, kinds) for ridge, logits in held_out.items()}
    ridge = min(losses, key=lambda each: losses[each])
    temperature = temperature_of(held_out[ridge], kinds)
    fitted = fit_softmax(features, kinds, len(KINDS), ridge, np.ones(len(kinds)), expected_weights())
    return Trained(fitted.cooled(temperature), probabilities(held_out[ridge] / temperature), ridge, temperature)


def folds(kinds: NDArray[np.int64], n_folds: int, seed: int) -> NDArray[np.int64]:
    """A fold for every label, each kind spread evenly over the folds."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(kinds))
    by_kind = order[np.argsort(kinds[order], kind="stable")]
    fold = np.empty(len(kinds), np.int64)
    fold[by_kind] = np.arange(len(kinds)) % n_folds
    return fold


def as_data(trained: Trained, source: str) -> dict[str, Any]:
    """The model as the data file that the package ships."""
    model = trained.model
    return {
        "source": source,
        "ridge": trained.ridge,
        "temperature": round(trained.temperature, DIGITS),
        "bias": dict(zip(KINDS, np.round(model.bias, DIGITS).tolist(), strict=True)),
        "weights": {
            feature: dict(zip(KINDS, np.round(row, DIGITS).tolist(), strict=True))
            for feature, row in zip(FEATURES, model.weights, strict=True)
            if np.abs(row).max() >= 10.0**-DIGITS
        },
    }


def _held_out(features: Floats, kinds: NDArray[np.int64], ridge: float, seed: int) -> Floats:
    fold = folds(kinds, FOLDS, seed)
    logits = np.zeros((len(kinds), len(KINDS)))
    for number in range(FOLDS):
        inside = fold != number
        rows = np.ones(int(inside.sum()))
        model = fit_softmax(features[inside], kinds[inside], len(KINDS), ridge, rows, expected_weights())
        logits[~inside] = model.logits(features[~inside])
    return logits


def _loss(logits: Floats, kinds: NDArray[np.int64]) -> float:
    return float(-np.log(probabilities(logits)[np.arange(len(kinds)), kinds]).mean())
