"""Forecasts as they are told: by the library, in explanations, for creators in the order asked for."""

import pytest

from matcher.errors import BriefError, UnknownCreator
from matcher.matching import Matcher
from matcher.retrieval.index import Index


def test_forecasts_come_in_the_order_asked_for_each_creator_once(matcher: Matcher, index: Index) -> None:
    ids = [index.creator_id(row) for row in (9, 2, 9)]
    found = matcher.forecast(ids)
    assert found.snapshot_id == matcher.snapshot_id
    assert [entry.creator_id for entry in found.entries] == ids[:2]
    assert found.entries[0] == matcher.forecast(ids[0]).entries[0]


def test_a_forecast_is_what_the_columns_hold(matcher: Matcher, index: Index) -> None:
    columns = index.forecasts
    for row in range(60):
        [entry] = matcher.forecast(index.creator_id(row)).entries
        assert len(entry.forecasts) == columns.start[row + 1] - columns.start[row]
        told = sorted((f.views.expected, f.views.posts) for f in entry.forecasts if f.views)
        own = slice(int(columns.start[row]), int(columns.start[row + 1]))
        held = zip(columns.counts[own, 0, 1].tolist(), columns.posts[own, 0].tolist(), strict=True)
        assert told == sorted((round(count), posts) for count, posts in held if count == count)


def test_every_count_lies_in_its_interval_and_says_what_it_rests_on(matcher: Matcher, index: Index) -> None:
    for entry in matcher.forecast([index.creator_id(row) for row in range(200)]).entries:
        for forecast in entry.forecasts:
            for count in filter(None, (forecast.views, forecast.engagements)):
                assert 0 <= count.interval[0] <= count.expected <= count.interval[1]
                assert count.status == ("estimated" if count.posts else "absent")
                few = "Too few creators here to learn from" in count.note
                assert few or f"{count.peers:,} creators of the same platform" in count.note


def test_an_explanation_holds_the_forecasts(matcher: Matcher, index: Index) -> None:
    creator_id = index.creator_id(5)
    explanation = matcher.explain("street food", creator_id)
    assert explanation.forecasts == matcher.forecast(creator_id).entries[0].forecasts
    assert explanation.to_dict()["forecasts"][0]["engagements"]["interval"]


def test_unknown_creators_and_no_creators_are_errors(matcher: Matcher) -> None:
    with pytest.raises(UnknownCreator, match="nobody"):
        matcher.forecast("nobody")
    with pytest.raises(BriefError, match="at least one creator_id"):
        matcher.forecast([])
