"""The funnel as a picture: what each condition of a brief left, which took most, and how to loosen each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.apps.pages.brief_link import pack
from matcher.records import Brief
from matcher.retrieval.filters import WANTED_PLATFORMS, Filtered, apply_filters
from matcher.retrieval.index import Index

_WIDER = {"followers", "engagement_rate", "credibility", "price", "last_post_within_days"}
"""Conditions on a number, which can be widened; the others can only be left out."""


@dataclass(frozen=True, slots=True)
class Loosened:
    """A brief with one condition loosened."""

    brief: Brief
    link: str
    creators: int
    """Creators that would be left."""
    wider: bool
    """Whether the condition is still there, twice as wide; else it is left out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel."""

    name: str
    """`all`, or the condition's place in the brief."""
    field: str
    """The condition's own name, for its label."""
    left: int
    removed: int
    share: float
    """Of all creators, those left."""
    loosened: tuple[Loosened, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """All steps, and the one that removed most."""

    steps: tuple[Step, ...]
    worst: Step | None

    @property
    def first(self) -> int:
        """Creators in the index."""
        return self.steps[0].left

    @property
    def last(self) -> int:
        """Creators that pass."""
        return self.steps[-1].left


def funnel(index: Index, brief: Brief) -> Funnel:
    """The funnel of a brief, each step with the ways to loosen it."""
    filtered = apply_filters(index, brief)
    everyone = filtered.funnel[0].creators
    steps, before = [Step("all", "all", everyone, 0, 1.0, ())], everyone
    for done in filtered.funnel[1:]:
        left = done.creators
        steps.append(
            Step(
                name=done.step,
                field=done.step.partition(".")[2],
                left=left,
                removed=before - left,
                share=left / everyone if everyone else 0.0,
                loosened=_ways(index, brief, filtered, done.step),
            )
        )
        before = left
    worst = max(steps, key=lambda step: step.removed)
    return Funnel(tuple(steps), worst if worst.removed else None)


def _ways(index: Index, brief: Brief, filtered: Filtered, step: str) -> tuple[Loosened, ...]:
    ways = []
    if (wider := widened(brief, step)) is not None:
        left = apply_filters(index, wider).funnel[-1].creators
        ways.append(Loosened(wider, pack(wider), left, True))
    dropped = left_out(brief, step)
    return (*ways, Loosened(dropped, pack(dropped), _left_without(index, dropped, filtered, step), False))


def _left_without(index: Index, dropped: Brief, filtered: Filtered, step: str) -> int:
    """The creators that pass all the other steps: as they are, unless the step is one that others look at."""
    if step == WANTED_PLATFORMS:
        return apply_filters(index, dropped).funnel[-1].creators
    others = [bitmap for name, bitmap in filtered.steps.items() if name != step]
    return int(np.count_nonzero(np.logical_and.reduce(others))) if others else len(filtered.allowed)


def left_out(brief: Brief, step: str) -> Brief:
    """The brief without the condition of a step."""
    part, name = step.split(".")
    said = brief.model_dump(exclude_defaults=True)
    said[part].pop(name)
    return Brief.parse(said)


def widened(brief: Brief, step: str) -> Brief | None:
    """The brief with a condition on numbers twice as wide; None for conditions of other kinds."""
    part, name = step.split(".")
    if part != "must" or name not in _WIDER:
        return None
    said = brief.model_dump(exclude_defaults=True)
    value: Any = said["must"][name]
    if name == "last_post_within_days":
        said["must"][name] = value * 2
    else:
        top = 1.0 if name in ("engagement_rate", "credibility") else float("inf")
        low, high = value.get("min"), value.get("max")
        said["must"][name] = value | {"min": low and low / 2, "max": high and min(high * 2, top)}
        if name == "price":
            del said["must"][name]["min"]
    return Brief.parse(said)
