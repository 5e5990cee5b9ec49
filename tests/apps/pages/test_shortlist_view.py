from types import SimpleNamespace
from typing import Any

import pytest

from matcher.apps.pages.shortlist_view import OFF_TOPIC, _off_topic, shortlist_view
from matcher.matching import Matcher
from matcher.records import Brief
from tests.apps.pages.conftest import BRIEFS


def test_bars_are_the_contributions_and_posts_the_evidence(matcher: Matcher) -> None:
    found = shortlist_view(matcher, BRIEFS["zh-Hant"])
    for card in found.cards:
        assert [bar.key for bar in card.bars] == [part.signal for part in card.entry.contributions]
        assert sum(bar.width for bar in card.bars) == pytest.approx(100 * card.entry.score, abs=0.05)
        assert tuple(item.post for item in card.posts) == card.entry.evidence
        assert all("".join(piece.text for piece in item.pieces) == item.post.text for item in card.posts)


def test_sliders_are_the_weights_in_play(matcher: Matcher) -> None:
    found = shortlist_view(matcher, BRIEFS["th"])
    weights = {part.signal: round(100 * part.weight) for part in found.cards[0].entry.contributions}
    assert {slider.signal: slider.percent for slider in found.sliders} == weights
    assert [slider.signal for slider in found.sliders if not slider.adjustable] == ["preferences"]


def test_sliders_are_there_when_nobody_is_left(matcher: Matcher) -> None:
    brief = Brief.parse({"text": "cats", "must": {"followers": {"min": 9e9}}})
    found = shortlist_view(matcher, brief)
    assert found.cards == ()
    assert {slider.signal for slider in found.sliders} >= {"relevance", "audience", "engagement"}


def _shortlist(*similarities: float) -> Any:
    return SimpleNamespace(entries=[SimpleNamespace(evidence=[SimpleNamespace(similarity=s)]) for s in similarities])


@pytest.mark.parametrize(
    ("similarities", "expected"),
    [
        pytest.param((0.7, 0.6, 0.5), False, id="three are near"),
        pytest.param((0.55, 0.44, 0.43), True, id="one by chance"),
        pytest.param((0.3,), True, id="the only one is far"),
        pytest.param((OFF_TOPIC + 0.01,), False, id="the only one is near"),
        pytest.param((), False, id="no posts at all say nothing"),
    ],
)
def test_off_topic(similarities: tuple[float, ...], expected: bool) -> None:
    assert _off_topic(_shortlist(*similarities)) is expected
