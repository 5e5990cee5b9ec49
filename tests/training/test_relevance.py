"""Learning the weights of relevance, on briefs small enough to see through."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.matching.measures import dcg
from matcher.signals.relevance import PARTS
from matcher.training import relevance as learning
from matcher.training.relevance import Judged, fit_weights, left_out, prior_weights, smooth_ndcg


def brief_where(part: str, topic: str, seed: int) -> Judged:
    """Thirty creators, of whom those high in one part are good, whatever the others say."""
    rng = np.random.default_rng(seed)
    parts = rng.uniform(0.0, 4.0, (30, len(PARTS)))
    good = parts[:, PARTS.index(part)] > 3.0
    grades = np.where(good, 3, 0)
    return Judged(
        topic=topic,
        parts=parts,
        fixed=np.zeros(30, np.bool_),
        value=np.zeros(30),
        factor=np.ones(30),
        rest=np.zeros(30),
        weight=1.0,
        middle_z=2.5,
        grades=grades,
        ideal=dcg(sorted(grades.tolist(), reverse=True)[:10]),
    )


def test_scores_by_hand() -> None:
    brief = replace(
        brief_where("best", "a", 1), parts=np.eye(len(PARTS))[:2], fixed=np.array([False, True]),
        value=np.array([0.0, 0.4]), factor=np.array([0.5, 0.5]), rest=np.array([0.1, 0.1]), weight=0.6,
        grades=np.array([3, 0]),
    )  # fmt: skip
    weights = np.zeros(len(PARTS))
    weights[0] = 2.5  # the first creator has 1 of the first part: the logistic function is at its middle
    assert brief.scores(weights) == pytest.approx([0.1 + 0.6 * 0.5 * 0.5, 0.1 + 0.6 * 0.4])


def test_smooth_ndcg_is_near_the_measure_when_scores_are_far_apart() -> None:
    brief = replace(brief_where("best", "a", 1), rest=np.linspace(30, 0, 30), weight=0.0)
    brief = replace(brief, grades=np.where(np.arange(30) < 3, 3, 0), ideal=dcg([3, 3, 3]))
    assert smooth_ndcg(brief, prior_weights()) == pytest.approx(1.0, abs=0.02)


def test_the_part_that_tells_gains_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "SHARPNESS", 0.1)
    briefs = [brief_where("words", topic, seed) for seed, topic in enumerate("abc")]
    learned = fit_weights(briefs, ridge=0.01)
    assert (learned >= 0).all()
    gain = dict(zip(PARTS, learned - prior_weights(), strict=True))
    assert max(gain, key=lambda part: gain[part]) == "words"
    assert np.mean([smooth_ndcg(b, learned) for b in briefs]) > np.mean(
        [smooth_ndcg(b, prior_weights()) for b in briefs]
    )


def test_a_heavy_ridge_keeps_the_prior() -> None:
    assert fit_weights([brief_where("words", "a", 1)], ridge=1e6) == pytest.approx(prior_weights(), abs=1e-3)


def test_a_topic_is_left_out_in_both_its_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def fit(briefs: list[Judged]) -> np.ndarray:
        seen.append({brief.topic for brief in briefs})
        return prior_weights()

    monkeypatch.setattr(learning, "fit_weights", fit)
    briefs = [brief_where("best", topic, 1) for topic in ("a", "a", "b", "b", "c")]
    assert set(left_out(briefs)) == {"a", "b", "c"}
    assert seen == [{"b", "c"}, {"a", "c"}, {"a", "b"}]
