"""The posts that show a caution, in a world of two creators."""

from typing import Any

import pytest

from matcher.matching import Matcher
from matcher.records import Caution

from ..conftest import Tables

POST = {"platform": "instagram", "creator_id": "a", "text": "tea"}


@pytest.fixture
def cautions(matcher_of: Tables) -> Any:
    def told(posts: list[dict[str, Any]]) -> dict[str, Caution]:
        rows = [POST | {"post_id": f"p{i}", "published_at": f"2026-10-{i + 1:02}"} | row for i, row in enumerate(posts)]
        matcher: Matcher = matcher_of([{"creator_id": "a", "platform": "instagram", "followers": 100}], rows)
        return {caution.code: caution for caution in matcher.explain("tea", "a").cautions}

    return told


def test_the_newest_sponsored_posts_are_named(cautions: Any) -> None:
    told = cautions([{"sponsored": i != 2, "likes": 5} for i in range(6)])
    assert told["sponsored_share_high"].detail == "5 of 6 posts are sponsored (83%)."
    assert told["sponsored_share_high"].post_ids == ("p5", "p4", "p3")
    assert "likes_hidden" not in told


def test_posts_that_hide_their_likes_are_named(cautions: Any) -> None:
    told = cautions([{"likes": 0, "comments": 4}, {"likes": 5}, {}, {"likes": 0, "comments": 1}, {"likes": 5}])
    assert told["likes_hidden"].detail == "Likes are hidden on 3 of 5 posts (60%)."
    assert told["likes_hidden"].post_ids == ("p3", "p2", "p0")


def test_the_last_post_of_a_silent_creator_is_named_with_its_date(cautions: Any) -> None:
    told = cautions([{"published_at": "2026-01-01"}, {"published_at": "2026-03-14"}, {"published_at": "2026-02-01"}])
    assert told["silent"].detail.endswith("days old (2026-03-14).")
    assert told["silent"].post_ids == ("p1",)


def test_a_caution_that_is_no_matter_of_posts_names_none(cautions: Any) -> None:
    told = cautions([{}])
    assert told["few_peers"].post_ids == ()
    assert told["few_posts"].post_ids == ("p0",)
