"""Creators side by side are called by their names."""

from matcher.apps.pages.creator_view import reasons, together
from matcher.records import Brief
from matcher.records.said import Said
from tests.conftest import Tables

CREATORS = [
    {"creator_id": "c1", "display_name": "Ann Eats", "platform": "instagram", "handle": "ann", "followers": 1000},
    {"creator_id": "c2", "platform": "instagram", "handle": "ben.bakes", "followers": None},
    {"creator_id": "c3", "platform": "instagram", "followers": 10},
    {"creator_id": "c4", "platform": "instagram", "followers": None},
]
POSTS = [{"post_id": f"p{n}", "creator_id": f"c{n}", "text": "cake", "platform": "instagram"} for n in (1, 2, 3, 4)]


def test_warnings_of_an_overlap_call_creators_by_name_by_handle_else_by_id(matcher_of: Tables) -> None:
    matcher = matcher_of(CREATORS, POSTS)
    creators = [reasons(matcher, Brief(text="cake"), creator_id) for creator_id in ("c1", "c2", "c3", "c4")]
    found = together(matcher, creators)
    (warning,) = [one for one in found.warnings if "left out" in one]
    assert warning == "Followers are not known of @ben.bakes, c4: left out." and type(warning) is Said
    assert any("not known of c2, c4: left out" in one for one in matcher.overlap(["c1", "c2", "c3", "c4"]).warnings)
