"""Evaluate: how well the shortlists for judged briefs agree with the judgements, per language, with intervals."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matcher.errors import BriefError
from matcher.matching.matcher import Matcher
from matcher.matching.measures import judged_only, judged_share, ndcg, recall, reciprocal_rank
from matcher.matching.query import detected_language
from matcher.records import Brief

DEPTH = 100
_RESAMPLES = 2_000
GOOD = 2

MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "ndcg@10": lambda ranking, grades: ndcg(ranking, grades, 10),
    "ndcg@10_judged": lambda ranking, grades: ndcg(judged_only(ranking, grades), grades, 10),
    "recall@50": lambda ranking, grades: recall(ranking, grades, 50),
    "mrr": reciprocal_rank,
    "judged@10": lambda ranking, grades: judged_share(ranking, grades, 10),
}


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over briefs with its 90 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures per brief, and per group of briefs."""

    briefs: dict[str, dict[str, float]]
    groups: dict[str, dict[str, Mean]]
    sizes: dict[str, int]
    unjudged: dict[str, list[str]]
    """brief_id → creators among its first ten that nobody judged: they count as wrong until somebody reads them."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts."""
        return asdict(self)


def read_briefs(path: Path) -> list[Brief]:
    """Briefs from a `.jsonl` file, or the one brief of a JSON or YAML file."""
    if path.suffix != ".jsonl":
        return [Brief.from_file(path)]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BriefError(f"{path} cannot be read: {error}") from None
    return [Brief.from_text(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements from a tab-separated file with the columns brief_id, creator_id and grade."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
                try:
                    grades[row["brief_id"]][row["creator_id"]] = int(row["grade"])
                except (KeyError, TypeError, ValueError):
                    raise BriefError(
                        f"{path}, line {number}: needs tab-separated brief_id, creator_id and a whole grade, "
                        "and a first line that names these columns"
                    ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BriefError(f"{path} cannot be read: {error}") from None
    return dict(grades)


def evaluate(matcher: Matcher, briefs: Sequence[Brief], qrels: Mapping[str, Mapping[str, int]]) -> Evaluation:
    """Rank for every judged brief, and measure; raises BriefError when none of the briefs is judged."""
    judged = [brief for brief in briefs if brief.brief_id in qrels]
    rankings = {
        brief.brief_id: [entry.creator_id for entry in found.entries]
        for brief, found in zip(judged, matcher.match_many(judged, k=DEPTH), strict=True)
    }
    languages = {brief.brief_id: brief.language or detected_language(brief.text) or "?" for brief in judged}
    return measure(rankings, qrels, {i: groups_of(matcher, languages[i], qrels[i]) for i in rankings})


def measure(
    rankings: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]], groups: Mapping[str, Sequence[str]]
) -> Evaluation:
    """Measures of given rankings (brief_id → creator ids); `groups` names the groups that each brief belongs to."""
    if not rankings:
        raise BriefError("none of the briefs has judgements: brief_id in the briefs and in the qrels must agree")
    each = {i: {name: f(ranking, qrels[i]) for name, f in MEASURES.items()} for i, ranking in rankings.items()}
    members: dict[str, list[str]] = {"all": list(each)}
    for brief_id in each:
        for group in groups[brief_id]:
            members.setdefault(group, []).append(brief_id)
    members = {group: members[group] for group in sorted(members, key=_group_order)}
    means = {group: {name: _mean([each[i][name] for i in ids]) for name in MEASURES} for group, ids in members.items()}
    unread = {i: [creator for creator in ranking[:10] if creator not in qrels[i]] for i, ranking in rankings.items()}
    return Evaluation(each, means, {group: len(ids) for group, ids in members.items()}, unread)


def _group_order(group: str) -> tuple[int, str]:
    """All, within, across; then the languages of the briefs, then the pairs."""
    first = ("all", "within", "across")
    return (first.index(group) if group in first else 4 if "→" in group else 3, group)


def groups_of(matcher: Matcher, language: str, grades: Mapping[str, int]) -> tuple[str, ...]:
    """
    The groups of a brief: its language; whether it is in the language of most of its good creators (within) or not
    (across); and the pair of both.
    """
    index = matcher.index
    spoken: Counter[str] = Counter()
    for creator_id, grade in grades.items():
        row = index.find_creator(creator_id) if grade >= GOOD else None
        if row is not None:
            spoken.update(index.languages(row)[:1])
    theirs = spoken.most_common(1)[0][0] if spoken else "?"
    return (f"brief {language}", "within" if theirs == language else "across", f"{language} → {theirs}")


def _mean(values: Sequence[float]) -> Mean:
    """The mean with a percentile bootstrap over briefs, seeded."""
    sample = np.asarray(values)
    draws = np.random.default_rng(7).choice(sample, size=(_RESAMPLES, len(sample))).mean(axis=1)
    low, high = np.quantile(draws, [0.05, 0.95])
    return Mean(round(float(sample.mean()), 4), round(float(low), 4), round(float(high), 4))
