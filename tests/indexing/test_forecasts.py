"""Forecasts in a snapshot, from tables of a few rows."""

from pathlib import Path

import numpy as np
import pytest

from matcher.matching import Matcher
from matcher.retrieval.index import Index
from matcher.snapshot import ForecastColumns

from ..tiny import Row
from .conftest import World, contents

VIDEO: Row = {"platform": "youtube", "media_type": "video", "text": "tea", "observed_at": "2026-11-01"}


def indexed(world: World, creators: list[Row], posts: list[Row]) -> Index:
    world.write("creators", creators)
    world.write("posts", [VIDEO | {"post_id": f"p{i}"} | post for i, post in enumerate(posts)])
    world.reindex(max_reject_share=0)
    return world.index()


def slots(index: Index, row: int) -> list[tuple[str | None, str | None]]:
    found, names = index.forecasts, index.vocabularies
    own = range(int(found.start[row]), int(found.start[row + 1]))
    return [(names.name("platforms", int(found.platform[i])), names.name("formats", int(found.format[i]))) for i in own]


def test_slots_follow_posts_and_accounts(empty: World) -> None:
    account = {"platform": "instagram", "handle": "x", "followers": 10}
    index = indexed(
        empty,
        [{"creator_id": "a", "platform": "youtube"}, {"creator_id": "b", "accounts": [account]}, {"creator_id": "c"}],
        [
            {"creator_id": "a"},
            {"creator_id": "a", "media_type": "short"},
            {"creator_id": "a", "platform": None},
            {"creator_id": "a", "platform": "tiktok", "media_type": None},
        ],
    )
    assert [slots(index, row) for row in range(3)] == [
        [("youtube", "short"), ("youtube", "video"), ("tiktok", None)],
        [("instagram", None)],
        [],
    ]


def test_only_settled_posts_with_a_known_count_are_learned_from(empty: World) -> None:
    index = indexed(
        empty,
        [{"creator_id": "a", "platform": "youtube"}],
        [
            {"creator_id": "a", "views": 10, "likes": 5, "published_at": "2026-10-01"},
            {"creator_id": "a", "views": 10, "likes": 0, "comments": 4, "published_at": "2026-10-02"},
            {"creator_id": "a", "views": 10, "likes": 5, "published_at": "2026-10-31"},
        ],
    )
    assert index.forecasts.posts.tolist() == [[2, 1]]
    assert np.isfinite(index.forecasts.counts).all()


def test_a_creator_without_posts_gets_what_its_peers_reach_marked_absent(empty: World) -> None:
    posts = [
        {"creator_id": f"c{i:02}", "views": 1000 + i, "likes": 10, "published_at": f"2026-09-{day:02}"}
        for i in range(12)
        for day in range(1, 6)
    ]
    creators = [{"creator_id": f"c{i:02}", "platform": "youtube"} for i in range(12)]
    index = indexed(empty, [*creators, {"creator_id": "new", "platform": "youtube"}], posts)
    [found] = Matcher.open(empty.indexes).forecast("new").entries[0].forecasts
    assert (found.platform, found.format) == ("youtube", "video")
    assert found.views is not None and (found.views.status, found.views.posts) == ("absent", 0)
    assert found.views.expected == pytest.approx(1006, rel=0.1)
    assert found.views.interval[0] <= found.views.expected <= found.views.interval[1]
    assert found.views.note.startswith("No settled post with this count: what is usual for 12 creators of the same")
    assert index.forecasts.posts.max() == 5


def test_a_platform_without_counts_has_no_forecast_of_them(empty: World) -> None:
    indexed(empty, [{"creator_id": "a", "platform": "youtube"}], [{"creator_id": "a", "likes": 7}])
    [found] = Matcher.open(empty.indexes).forecast("a").entries[0].forecasts
    assert found.views is None
    assert found.engagements is not None and found.engagements.posts == 1


def test_the_order_of_the_tables_does_not_matter(world: World) -> None:
    def forecast() -> dict[str, bytes]:
        return {name: data for name, data in contents(world.index().folder).items() if name.startswith("forecast/")}

    before = forecast()
    for table in ("creators", "posts"):
        world.write(table, world.rows(table)[::-1])
    world.reindex()
    assert forecast() == before and len(before) == 9


def test_columns_are_kept(tmp_path: Path, world: World) -> None:
    found = world.index().forecasts
    found.save(tmp_path / "copy")
    again = ForecastColumns.open(tmp_path / "copy")
    np.testing.assert_array_equal(again.counts, found.counts)
    assert len(again) == len(found) == found.start[-1]
