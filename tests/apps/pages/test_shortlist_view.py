import pytest

from matcher.apps.pages.shortlist_view import shortlist_view
from matcher.matching import Matcher, on_topic
from matcher.matching.answer import Answer
from matcher.records import Brief
from matcher.signals.trade import trade_data
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


def test_a_brief_about_what_nobody_posts_about_is_said_to_be_one(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = trade_data("on_topic") | {"encoder": ""}  # of any encoder
    monkeypatch.setattr(on_topic, "trade_data", lambda _: model)
    monkeypatch.setattr(on_topic, "presence", lambda *_: on_topic.Presence(0.9, 0.7, 0.0))
    assert not shortlist_view(matcher, BRIEFS["en"]).off_topic
    monkeypatch.setattr(on_topic, "presence", lambda *_: on_topic.Presence(0.0, 0.0, -8.0))
    assert shortlist_view(matcher, BRIEFS["en"]).off_topic
    monkeypatch.setattr(Answer, "topic_warnings", ("nothing in this index is clearly about this: a creator's words",))
    assert not shortlist_view(matcher, BRIEFS["en"]).off_topic
