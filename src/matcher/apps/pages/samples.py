"""Example briefs, one in each language of the page."""

from __future__ import annotations

from functools import cache

from matcher.demo import briefs
from matcher.records import Brief


@cache
def samples() -> tuple[Brief, ...]:
    """The briefs of the demo world."""
    return tuple(Brief.parse(data) for data in briefs())


def sample(brief_id: str) -> Brief | None:
    """An example by its id; None for one that is not there."""
    return next((brief for brief in samples() if brief.brief_id == brief_id), None)
