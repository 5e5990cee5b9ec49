"""What is not genuine, or not about the brief, weighs in a match."""

from typing import Any

import pytest

PEOPLE = 1_000_000
WANTED = {"text": "oolong tea", "target_audience": {"country": {"TW": 1.0}}}


def creator(name: str, credibility: float | None) -> dict[str, Any]:
    audience = {"platform": "tiktok", "source": "followers", "status": "measured", "sample_size": PEOPLE}
    record = audience | {"country": {"TW": 1.0}} | ({} if credibility is None else {"credibility": credibility})
    return {
        "creator_id": name, "display_name": "", "bio": "", "account_kind": "person",
        "platform": "tiktok", "handle": name, "followers": 9_000, "audience": [record],
    }  # fmt: skip


def parts(found: Any, signal: str) -> dict[str, Any]:
    return {
        entry.creator_id: next(part for part in entry.contributions if part.signal == signal) for entry in found.entries
    }


@pytest.fixture
def matcher(matcher_of: Any) -> Any:
    """Four creators with like audiences: 25 %, 81 %, an unsaid share and 81 % are genuine; one is off topic."""
    creators = [creator("bought", 0.25), creator("known", 0.81), creator("silent", None), creator("cars", 0.81)]
    texts = {"cars": ("racing cars", "new engine", "oolong tea")}
    posts = [
        {
            "post_id": f"{one['creator_id']}{i}", "creator_id": one["creator_id"], "platform": "tiktok", "text": text,
            "likes": 90, "comments": 5, "views": 1000, "published_at": f"2026-09-0{i + 1}", "observed_at": "2026-10-01",
        }
        for one in creators
        for i, text in enumerate(texts.get(one["creator_id"], ("oolong tea", "green tea", "tea leaves")))
    ]  # fmt: skip
    return matcher_of(creators, posts)


def test_an_audience_counts_by_its_genuine_share(matcher: Any) -> None:
    """The root of the share; who does not state it gets the usual one, and cannot gain by hiding it."""
    found = matcher.match(WANTED)
    audience = parts(found, "audience")
    whole = audience["known"].value / 0.9
    assert audience["bought"].value == pytest.approx(0.5 * whole, rel=1e-3)
    assert audience["silent"].value == pytest.approx(0.9 * whole, rel=1e-3)
    assert audience["bought"].figures["genuine"] == 0.25
    assert audience["bought"].note.endswith("25% of it count as genuine, which lowers the value by 50%.")
    ranks = {entry.creator_id: entry.rank for entry in found.entries}
    assert ranks["known"] < ranks["bought"] and ranks["silent"] < ranks["bought"]


def test_engagement_counts_as_far_as_the_creator_is_relevant(matcher: Any) -> None:
    found = matcher.match({"text": "oolong tea"})
    relevance, engagement = parts(found, "relevance"), parts(found, "engagement")
    assert relevance["cars"].value < relevance["known"].value
    for name in ("cars", "known"):
        assert engagement[name].value == pytest.approx(0.5 * relevance[name].value, rel=0.02), "all react alike"
        assert "as far as the creator is relevant and believed" in engagement[name].note


def test_scores_are_still_the_sum_of_their_contributions(matcher: Any) -> None:
    for entry in matcher.match(WANTED).entries:
        assert entry.score == pytest.approx(sum(part.contribution for part in entry.contributions), abs=1e-6)


def test_the_place_of_engagement_is_that_of_the_rate_whatever_it_counts_for(matcher: Any) -> None:
    """All react alike: the same place, though one of them is off topic and its engagement counts for less."""
    engagement = parts(matcher.match({"text": "oolong tea"}), "engagement")
    assert engagement["cars"].value < engagement["known"].value
    assert engagement["cars"].percentile == engagement["known"].percentile
