"""
Measures of a ranking against judgements, under the names of the field.

A ranking is a sequence of creator ids, best first; judgements (qrels) are creator id → grade, where a creator that is
not listed counts as grade 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, k: int = 10) -> float:
    """nDCG@k with the grade as gain (Järvelin & Kekäläinen 2002): DCG over the ideal one; 0 without gain."""
    ideal = dcg(sorted(grades.values(), reverse=True)[:k])
    return dcg([grades.get(creator, 0) for creator in ranking[:k]]) / ideal if ideal > 0 else 0.0


def recall(ranking: Sequence[str], grades: Grades, k: int = 50, least: int = 2) -> float:
    """The share of all creators of grade `least` or better that stand in the first k; 0 when there are none."""
    good = {creator for creator, grade in grades.items() if grade >= least}
    return len(good.intersection(ranking[:k])) / len(good) if good else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, least: int = 2) -> float:
    """1 / place of the first creator of grade `least` or better; 0 when there is none."""
    places = (place for place, creator in enumerate(ranking, 1) if grades.get(creator, 0) >= least)
    return 1.0 / next(places, math.inf)


def judged_share(ranking: Sequence[str], grades: Grades, k: int = 10) -> float:
    """The share of the first k that was judged at all; 0 for an empty ranking."""
    top = ranking[:k]
    return sum(creator in grades for creator in top) / len(top) if top else 0.0


def judged_only(ranking: Sequence[str], grades: Grades) -> list[str]:
    """The ranking without the creators that nobody judged (Sakai 2007's condensed list)."""
    return [creator for creator in ranking if creator in grades]


def dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain of gains in the order of a ranking: each divided by log2(place + 1)."""
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))
