"""
The weights of relevance from judged briefs: a small monotone model, drawn towards weights set by hand.

What is maximised is a smooth nDCG@10 of the whole score (Qin, Liu & Li 2010, ApproxNDCG): a place is one more than the
sum of logistic comparisons with all others. Creators that nobody judged count among those that may stand above, with a
weight below one, for many of them are good. Few weights, none below zero, a ridge towards the prior, and everything
that is reported is of topics that were left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.relevance import PARTS

PRIOR = {"best": 0.47, "mean": 0.21, "volume": 0.085, "bio": 0.085, "aspects": 0.12, "words": 0.10, "known": 0.30}
"""Set by hand before anything was learned."""
RIDGE = 0.03
SHARPNESS = 0.01
"""Scores that differ by so much are told apart; on the scale of scores, where the first ten span about a tenth."""
UNJUDGED = 0.5
"""What a creator that nobody judged counts for among those above; by reading, about half of them are no good."""
CUT, CUT_WIDTH = 10.5, 1.5
NOT_LEARNED_BELOW = 0.1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of one brief; n creators."""

    topic: str
    parts: Floats
    """float64 [n, PARTS]."""
    fixed: NDArray[np.bool_]
    """bool [n]: whose relevance does not come from the parts (no posts)."""
    value: Floats
    """float64 [n]: relevance as it is now, for those that are fixed."""
    factor: Floats
    """float64 [n]: what the value is lowered by."""
    rest: Floats
    """float64 [n]: what all other signals contribute."""
    weight: float
    """Weight of relevance in the score."""
    middle_z: float
    grades: NDArray[np.int64]
    """int64 [n]: -1 where nobody judged."""
    ideal: float
    """DCG@10 of the best order of all that is judged."""

    def scores(self, weights: Floats) -> Floats:
        """Scores float64 [n] under weights [PARTS]."""
        learned = self.factor / (1.0 + np.exp(-(self.parts @ weights - self.middle_z)))
        return self.rest + self.weight * np.where(self.fixed, self.value, learned)

    def head(self, weights: Floats, n: int = 100) -> Judged:
        """Only the first n candidates, and all that are good: the others never come near the first ten."""
        keep = np.zeros(len(self.grades), np.bool_)
        keep[np.argsort(-self.scores(weights), kind="stable")[:n]] = True
        keep |= self.grades >= 2
        columns = ("parts", "fixed", "value", "factor", "rest", "grades")
        return Judged(
            **{name: getattr(self, name) for name in self.__slots__} | {c: getattr(self, c)[keep] for c in columns}
        )


def prior_weights() -> Floats:
    """The weights set by hand, float64 [PARTS]."""
    return np.array([PRIOR[part] for part in PARTS], dtype=np.float64)


def fit_weights(briefs: Sequence[Judged], ridge: float = RIDGE) -> Floats:
    """Weights float64 [PARTS], 0 or more, that rank the judged briefs best."""
    from scipy.optimize import minimize

    prior = prior_weights()
    spread = np.maximum(prior, NOT_LEARNED_BELOW)
    heads = [brief.head(prior) for brief in briefs]

    def loss(weights: Floats) -> float:
        gain = sum(smooth_ndcg(brief, weights) for brief in heads) / len(heads)
        return -gain + ridge * float(np.mean(((weights - prior) / spread) ** 2))

    found = minimize(loss, prior, method="L-BFGS-B", bounds=[(0.0, None)] * len(PARTS), options={"maxiter": 40})
    return np.asarray(found.x, dtype=np.float64)


def smooth_ndcg(brief: Judged, weights: Floats) -> float:
    """nDCG@10 with logistic comparisons in the place of places."""
    score = brief.scores(weights)
    above = _logistic((score[None, :] - score[:, None]) / SHARPNESS)
    counts = np.where(brief.grades < 0, UNJUDGED, 1.0)
    place = 0.5 + above @ counts  # a creator is half above itself
    gained = brief.grades > 0
    at = place[gained]
    gains = brief.grades[gained] / np.log2(1.0 + at) * _logistic((CUT - at) / CUT_WIDTH)
    return float(gains.sum() / brief.ideal) if brief.ideal > 0 else 0.0


def left_out(briefs: Sequence[Judged]) -> dict[str, Floats]:
    """Topic → the weights that were learned without it: never from either language of the same topic."""
    topics = sorted({brief.topic for brief in briefs})
    return {topic: fit_weights([brief for brief in briefs if brief.topic != topic]) for topic in topics}


def _logistic(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -40.0, 40.0))), dtype=np.float64)
