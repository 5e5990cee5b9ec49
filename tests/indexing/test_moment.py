"""An `as_of` that does not fit the posts is said."""

from datetime import UTC, datetime

import numpy as np
import pytest

from matcher.indexing.moment import odd_moment
from matcher.snapshot import NEVER

from .conftest import AS_OF, World


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("as_of", "posts", "said"),
    [
        pytest.param("2026-01-02", ["2026-01-01", "2025-01-01"], None, id="the night of the export"),
        pytest.param("2027-01-02", ["2026-01-01"], None, id="a year later, to the day"),
        pytest.param("2027-01-03", ["2026-01-01"], "367 days after the newest post (2026-01-01)", id="a day more"),
        pytest.param("2000-01-01", ["2026-01-01"], "1 of 1 posts are later (the newest: 2026-01-01)", id="before all"),
        pytest.param("2026-01-01", ["2026-02-01", "2025-01-01"], None, id="half are planned"),
        pytest.param("2026-01-01", ["2026-01-02"], None, id="another time zone"),
        pytest.param("2999-01-01", [], None, id="no post has a time"),
    ],
)
def test_odd_moment(as_of: str, posts: list[str], said: str | None) -> None:
    found = odd_moment(at(as_of), np.array([NEVER, *map(at, posts)], np.int64))
    if said is None:
        assert found is None
    else:
        assert found is not None and f"as_of is {as_of}" in found and said in found and "--as-of" in found


def test_a_reindex_warns(world: World) -> None:
    assert not any("as_of" in warning for warning in world.reindex(full=True).warnings)
    for year in (1999, 2099):
        assert any(f"as_of is {year}-" in warning for warning in world.reindex(as_of=AS_OF.replace(year=year)).warnings)
