"""What would bring a creator in: only what it could reach, and what rises with it counted too."""

import pytest

from matcher.matching.changes import Room, changes_to_enter
from matcher.records.shortlist import Contribution


def part(signal: str, value: float, weight: float) -> Contribution:
    return Contribution(signal, value, weight, weight * value, 0.5, "measured", "")


PARTS = (part("relevance", 0.4, 0.8), part("engagement", 0.1, 0.2))


@pytest.mark.parametrize(
    ("gap", "relevance", "engagement"),
    [
        pytest.param(0.034, 0.44, 0.27, id="both could: 0.034 is 0.85 × 0.04 and 0.2 × 0.17"),
        pytest.param(0.085, 0.5, None, id="engagement would have to be above relevance"),
        pytest.param(0.45, None, None, id="relevance is at most 0.9: too many of its audience are elsewhere"),
    ],
)
def test_only_what_could_be_reached_is_named(gap: float, relevance: float | None, engagement: float | None) -> None:
    """Each of relevance takes 0.25 of engagement along, which is worth 0.8 + 0.2 × 0.25."""
    found = {c.signal: c.needed for c in changes_to_enter(PARTS, [Room(0.9, 0.85), Room(0.4, 0.2)], gap)}
    assert found["relevance"] == (None if relevance is None else pytest.approx(relevance))
    assert found["engagement"] == (None if engagement is None else pytest.approx(engagement))
