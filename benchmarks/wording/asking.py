"""Every subject in every frame of its language, asked of the engine as it is and with parts of its reading out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))

from hidden import Grades
from read import Frame, Topic
from variants import NO_COMPOUNDS, NO_FOCUS, NO_SUBJECT, Replacement, replaced

from matcher.matching import Matcher
from matcher.matching.evaluation import GOOD
from matcher.matching.measures import ndcg
from matcher.records import Brief
from matcher.text import joined_compounds

DEPTH = 50
FULL = "as it is"
WITHOUT: Mapping[str, tuple[Replacement, ...]] = {
    "without the subject reading": NO_SUBJECT,
    "without the list of brief words": NO_FOCUS,
    "without either": (*NO_SUBJECT, *NO_FOCUS),
    "without joined compounds": NO_COMPOUNDS,
}


@dataclass(frozen=True)
class Asked:
    """A subject, put in one way."""

    topic: Topic
    frame: Frame
    number: int
    """Of the frame."""

    @property
    def brief(self) -> Brief:
        """As a brief for the platform of the subject."""
        text = self.frame.text.format(self.topic.phrase[self.frame.language])
        return Brief(text=text, language=self.frame.language, must={"platforms": [self.topic.platform]}, k=DEPTH)

    @property
    def key(self) -> str:
        """Begins with the topic, as ids of briefs do: topic-language-frame."""
        return f"{self.topic.name}-{self.frame.language}-{self.number}"


@dataclass(frozen=True)
class Found:
    """How well one was answered."""

    ndcg: float
    """nDCG@10, creators that never set the tag counting as wrong."""
    recall: float
    """Capped recall@50: of the good creators, or of 50 where there are more, the share found (BEIR, Thakur 2021)."""


def all_asked(topics: Sequence[Topic], frames: Sequence[Frame]) -> list[Asked]:
    """Every topic in every frame."""
    return [Asked(topic, frame, number) for number, frame in enumerate(frames) for topic in topics]


def ask(matcher: Matcher, asked: Sequence[Asked], grades: Mapping[str, Grades]) -> dict[str, Found]:
    """Key → how well it was answered."""
    answers = matcher.match_many([one.brief for one in asked], k=DEPTH)
    rankings = ([entry.creator_id for entry in answer.entries] for answer in answers)
    return {one.key: _measured(ranking, grades[one.topic.name]) for one, ranking in zip(asked, rankings, strict=True)}


def variants(
    matcher: Matcher, asked: Sequence[Asked], grades: Mapping[str, Grades]
) -> Iterator[tuple[str, dict[str, Found]]]:
    """The engine as it is, and without each part; only briefs with a compound are asked without joined ones."""
    full = ask(matcher, asked, grades)
    yield FULL, full
    for name, replacements in WITHOUT.items():
        touched = [one for one in asked if replacements is not NO_COMPOUNDS or _has_compound(one)]
        with replaced(*replacements):
            yield name, full | ask(matcher, touched, grades)


def _has_compound(one: Asked) -> bool:
    return joined_compounds(one.brief.text) != one.brief.text


def _measured(ranking: Sequence[str], grades: Grades) -> Found:
    good = sum(grade >= GOOD for grade in grades.values())
    found = sum(grades.get(creator, 0) >= GOOD for creator in ranking[:DEPTH])
    return Found(ndcg(ranking, grades, 10), found / min(good, DEPTH))
