"""Topics, not briefs, are what was drawn: intervals, pairs and folds by topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
PerBrief = Mapping[str, float]


def topic_of(brief_id: str) -> str:
    """Both briefs of a topic, one in English and one in another language, are named `topic-language`."""
    return brief_id.split("-", 1)[0]


def by_topic(values: PerBrief) -> NDArray[np.float64]:
    """The mean over the briefs of each topic, topics in order of name."""
    topics = sorted({topic_of(brief_id) for brief_id in values})
    return np.array([np.mean([v for b, v in values.items() if topic_of(b) == topic]) for topic in topics])


def interval(values: NDArray[np.float64], seed: int = 7) -> dict[str, float]:
    """Mean of values per topic with its 90 % percentile bootstrap interval over topics."""
    draws = np.random.default_rng(seed).choice(values, size=(RESAMPLES, len(values))).mean(axis=1)
    low, high = np.quantile(draws, [0.05, 0.95])
    return {name: round(float(v), 4) for name, v in (("mean", values.mean()), ("low", low), ("high", high))}


def difference(ours: PerBrief, theirs: PerBrief) -> dict[str, float]:
    """Paired by topic: the mean of ours − theirs with its interval, and on how many topics ours is better."""
    gain = by_topic(ours) - by_topic(theirs)
    return interval(gain) | {"better": int(np.sum(gain > 0)), "worse": int(np.sum(gain < 0)), "topics": len(gain)}


def cross_validated(systems: Mapping[str, PerBrief]) -> tuple[dict[str, float], dict[str, str]]:
    """
    Leave one topic out: each topic is scored by the system that was best on the other topics.

    Returns the score of every brief and, per topic, which system was chosen.
    """
    names = sorted(systems)
    briefs = list(systems[names[0]])
    scores, chosen = {}, {}
    for topic in sorted({topic_of(brief_id) for brief_id in briefs}):
        others = [brief_id for brief_id in briefs if topic_of(brief_id) != topic]
        chosen[topic] = max(names, key=lambda name: _mean(systems[name], others))
        scores |= {b: systems[chosen[topic]][b] for b in briefs if topic_of(b) == topic}
    return scores, chosen


def _mean(values: PerBrief, briefs: Sequence[str]) -> float:
    return float(np.mean([values[brief_id] for brief_id in briefs]))
