import numpy as np
import pytest

from matcher.apps.pages import facts
from matcher.matching import Matcher
from matcher.records import Brief
from tests.conftest import Tables

CREATOR = {
    "creator_id": "anna",
    "display_name": "Anna",
    "platform": "instagram",
    "followers": 1_000,
    "country": "TW",
    "audience": [
        {"source": "followers", "status": "measured", "sample_size": 400, "age": {"18-24": 0.7, "25-34": 0.3},
         "country": {"TW": 0.9, "HK": 0.1}},
    ],
}  # fmt: skip
POSTS = [
    {"post_id": f"p{i}", "creator_id": "anna", "text": f"post {i}", "published_at": f"2026-10-{i + 1:02}T00:00:00Z",
     "views": 1_000, "likes": 10 * i, "comments": 0, "observed_at": "2026-11-10T00:00:00Z"}
    for i in range(5)
]  # fmt: skip


@pytest.fixture
def small(matcher_of: Tables) -> Matcher:
    return matcher_of([CREATOR, {"creator_id": "bo", "display_name": "Bo"}], POSTS)


def test_audience_lays_wanted_beside_reached(small: Matcher) -> None:
    brief = Brief.parse({"text": "x", "target_audience": {"country": {"TW": 1}, "gender": {"female": 1}}})
    found = facts.audience(small.index, small.index.creator_row("anna"), brief)
    assert (found.status, found.people) == ("measured", 400)
    by_name = {facet.name: facet for facet in found.facets}
    assert list(by_name) == ["gender", "country", "age"]  # wanted ones first
    assert [(s.name, s.wanted) for s in by_name["country"].segments] == [("TW", 1.0), ("HK", 0.0)]
    assert [s.reached for s in by_name["country"].segments] == pytest.approx([0.9, 0.1])
    assert [(s.name, s.wanted, s.reached) for s in by_name["gender"].segments] == [("female", 1.0, None)]
    assert not by_name["gender"].known
    assert [s.wanted for s in by_name["age"].segments] == [None, None]


def test_audience_of_nobody_known(small: Matcher) -> None:
    found = facts.audience(small.index, small.index.creator_row("bo"))
    assert (found.people, found.facets) == (None, ())


def test_posts_are_newest_first_with_their_counts(small: Matcher) -> None:
    found = facts.posts(small.index, small.index.creator_row("anna"), 2)
    assert [(post.post_id, post.text, post.counts["likes"], post.counts["saves"]) for post in found] == [
        ("p4", "post 4", 40, None),
        ("p3", "post 3", 30, None),
    ]
    assert found[0].published_at == "2026-10-05T00:00:00+00:00"
    assert facts.posts(small.index, small.index.creator_row("bo")) == ()


def test_engagement_trend_is_oldest_first(small: Matcher) -> None:
    found = facts.engagement(small.index, small.index.creator_row("anna"))
    assert (found.basis, found.posts) == ("views", 5)
    assert found.recent is not None
    heights = [y for _, y in found.recent.dots]
    assert heights == sorted(heights, reverse=True)  # 0 % to 4 %: each post higher than the one before
    nobody = facts.engagement(small.index, small.index.creator_row("bo"))
    assert (nobody.rate, nobody.basis, nobody.standings, nobody.recent) == (None, None, (), None)


def test_standings_are_those_of_the_index(matcher: Matcher) -> None:
    row = int(np.flatnonzero(matcher.index.creators.engagement_posts > 3)[0])
    found = {part.name: part.percentile for part in facts.engagement(matcher.index, row).standings}
    assert found.pop("rate") == pytest.approx(float(matcher.index.creators.engagement_percentile[row]))
    known = matcher.index.creators.engagement_parts_percentile[row]
    assert sorted(found.values()) == pytest.approx(sorted(known[~np.isnan(known)].tolist()))
