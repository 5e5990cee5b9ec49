"""What lowers relevance in a match: an audience elsewhere, and an account that is no person's, unless asked for."""

from typing import Any

import numpy as np
import pytest

from matcher.matching.scoring import BLEND
from matcher.records import Shortlist

PEOPLE = 1_000_000
"""So many that the prior of an audience counts next to nothing."""


def creator(name: str, kind: str, country: str) -> dict[str, Any]:
    audience = {"platform": "tiktok", "source": "followers", "status": "measured", "sample_size": PEOPLE}
    return {
        "creator_id": name, "display_name": "", "bio": "", "account_kind": kind,
        "platform": "tiktok", "handle": name, "followers": 9_000, "audience": [audience | {"country": {country: 1.0}}],
    }  # fmt: skip


@pytest.fixture
def matcher(matcher_of: Any) -> Any:
    creators = [creator("home", "person", "TW"), creator("away", "person", "VN"), creator("shop", "shop", "TW")]
    posts = [
        {"post_id": f"{one['creator_id']}{i}", "creator_id": one["creator_id"], "text": text}
        for one in creators
        for i, text in enumerate(("oolong tea", "green tea", "tea leaves"))
    ]
    return matcher_of(creators, posts)


def relevance_of(found: Shortlist) -> dict[str, tuple[float, str]]:
    """Creator → value and note of its relevance."""
    parts = {entry.creator_id: entry.contributions[0] for entry in found.entries}
    return {name: (part.value, part.note) for name, part in parts.items()}


def test_an_audience_elsewhere_halves_relevance_and_it_is_said(matcher: Any) -> None:
    found = relevance_of(matcher.match({"text": "oolong tea", "target_audience": {"country": {"TW": 1.0}}}))
    assert found["away"][0] == pytest.approx(BLEND.abroad_keeps * found["home"][0], rel=1e-3)
    assert "few of its audience are where the brief wants to be heard" in found["away"][1]
    assert "Lowered" not in found["home"][1]


def test_without_wanted_countries_nobody_is_away(matcher: Any) -> None:
    found = relevance_of(matcher.match({"text": "oolong tea"}))
    assert found["away"][0] == pytest.approx(found["home"][0], rel=1e-6)


@pytest.mark.parametrize(
    ("asked", "factor"),
    [
        pytest.param({}, 1 - BLEND.collector_lowers, id="not asked for"),
        pytest.param({"should": {"account_kinds": ["shop"]}}, 1.0, id="asked for"),
        pytest.param({"should": {"account_kinds": ["person"]}}, 1 - BLEND.collector_lowers, id="people asked for"),
    ],
)
def test_a_shop_is_lowered_unless_shops_are_asked_for(matcher: Any, asked: dict[str, Any], factor: float) -> None:
    found = relevance_of(matcher.match({"text": "oolong tea"} | asked))
    assert found["shop"][0] == pytest.approx(factor * found["home"][0], rel=1e-4)
    assert ("hardly a person's account" in found["shop"][1]) == (factor < 1)


def test_a_value_does_not_depend_on_who_else_is_scored(matcher: Any) -> None:
    everyone = relevance_of(matcher.match({"text": "oolong tea", "target_audience": {"country": {"TW": 1.0}}}))
    alone = relevance_of(
        matcher.match(
            {
                "text": "oolong tea",
                "target_audience": {"country": {"TW": 1.0}},
                "must_not": {"creator_ids": ["home", "shop"]},
            }
        )
    )
    assert set(alone) == {"away"}
    assert np.isclose(alone["away"][0], everyone["away"][0], atol=1e-9)
