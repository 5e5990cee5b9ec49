"""What an unknown column may have been meant for."""

from pathlib import Path

import pytest

from matcher.catalog.likely_columns import likely_column
from matcher.catalog.schema import TABLES

from .conftest import POST, Opener, jsonl, rows_of


@pytest.mark.parametrize(
    ("table", "column", "field"),
    [
        pytest.param("creators", "folowers", "followers", id="misspelt"),
        pytest.param("creators", "Followers Count", "followers", id="with a word that means nothing"),
        pytest.param("creators", "username", "handle", id="as Instagram says"),
        pytest.param("creators", "subscriberCount", "followers", id="as YouTube says"),
        pytest.param("creators", "description", "bio", id="what a creator says of itself"),
        pytest.param("posts", "description", "text", id="what a post says"),
        pytest.param("posts", "like_count", "likes", id="counts have their plain names"),
        pytest.param("posts", "caption", "text", id="a caption is the text"),
        pytest.param("posts", "taken_at", "published_at", id="a time"),
        *(
            pytest.param(f"{table}s", "id", f"{table}_id", id=f"of a {table}")
            for table in ("creator", "post", "comment")
        ),
        pytest.param("posts", "colour", None, id="nothing like it"),
        pytest.param("comments", "username", None, id="a field that this table does not have"),
    ],
)
def test_the_field_that_may_have_been_meant(table: str, column: str, field: str | None) -> None:
    assert likely_column(column, TABLES[table].columns) == field


def test_the_warning_names_it_where_the_table_lacks_it(tmp_path: Path, open_catalog: Opener) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(jsonl([{**POST, "like_count": 3, "shares": 1, "share_count": 1, "mood": "fine"}]))
    catalog = open_catalog(posts=path)
    rows_of(catalog.posts())
    aside = "is kept aside, because it is not understood"
    assert catalog.warnings == [
        f"posts: column 'like_count' {aside}; did you mean 'likes'?",
        f"posts: column 'mood' {aside}",
        f"posts: column 'share_count' {aside}",
    ]
