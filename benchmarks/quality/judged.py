"""Briefs with grades: those that came judged, and those that were judged for this project (`judgements/`)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from topics import topic_of

from matcher.matching.evaluation import GOOD, read_briefs, read_qrels
from matcher.matching.measures import Grades
from matcher.records import Brief

OWN = Path(__file__).parent / "judgements"
LEAST_GOOD = 5
"""A topic with fewer good creators says nothing about an order."""


@dataclass(frozen=True)
class Judged:
    """A collection: briefs, and the grades of creators for each."""

    name: str
    briefs: Sequence[Brief]
    qrels: dict[str, Grades]


def as_judged(data: Path) -> Judged:
    """The briefs that came judged, as they were judged: what nobody graded counts as wrong."""
    return Judged("as judged", read_briefs(data / "briefs.jsonl"), dict(read_qrels(data / "qrels.tsv")))


def judged_to_the_end(data: Path) -> Judged:
    """The same briefs with their unjudged finds graded, and those of our own topics that have good creators enough."""
    given = as_judged(data)
    briefs = [*given.briefs, *read_briefs(OWN / "briefs.jsonl")]
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for brief_id, found in given.qrels.items():
        grades[topic_of(brief_id)] |= found
    with (OWN / "grades.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades[row["topic"]][row["creator_id"]] = int(row["grade"])
    enough = {topic for topic, found in grades.items() if sum(grade >= GOOD for grade in found.values()) >= LEAST_GOOD}
    qrels = {b.brief_id: grades[topic_of(b.brief_id)] for b in briefs if topic_of(b.brief_id) in enough}
    return Judged("judged to the end", briefs, dict(qrels))
