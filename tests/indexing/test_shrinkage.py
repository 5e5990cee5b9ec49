"""Half an export is not published."""

import pytest

from matcher.errors import InputError
from matcher.indexing.shrinkage import refuse_shrinkage
from matcher.snapshot import SnapshotStore

from .conftest import World


def test_a_table_that_lost_more_than_half_is_refused_and_current_stays(world: World) -> None:
    before = world.index().manifest.snapshot_id
    posts = world.rows("posts")
    world.write("posts", posts[: len(posts) // 2 - 1])
    with pytest.raises(InputError, match=r"posts table has 239 usable rows.*holds 480.*50%.*--max-shrink 1"):
        world.reindex(max_reject_share=1.0)
    assert world.index().manifest.snapshot_id == before
    assert world.reindex(max_reject_share=1.0, max_shrink=1.0).counts["posts"] == 239


def test_an_empty_posts_table_is_refused_where_there_were_posts(world: World) -> None:
    world.write("posts", [])
    with pytest.raises(InputError, match="posts table has 0 usable rows"):
        world.reindex(max_reject_share=1.0)


@pytest.mark.parametrize(
    ("has", "most", "refused"),
    [
        pytest.param(240, 0.5, False, id="just the share that may go"),
        pytest.param(239, 0.5, True, id="one more"),
        pytest.param(479, 0.0, True, id="none may go"),
        pytest.param(0, 1.0, False, id="all may go"),
    ],
)
def test_the_limit_is_a_share_of_what_the_current_snapshot_holds(
    built_world: World, has: int, most: float, refused: bool
) -> None:
    store, counts = SnapshotStore(built_world.indexes), {"creators": 80, "posts": has}
    if not refused:
        return refuse_shrinkage(store, counts, most)
    with pytest.raises(InputError):
        refuse_shrinkage(store, counts, most)


def test_few_rows_may_shrink_as_they_like(built_world: World) -> None:
    refuse_shrinkage(SnapshotStore(built_world.indexes), {"creators": 1, "posts": 480}, 0.0)


def test_a_first_run_has_nothing_to_shrink_from(built_world: World) -> None:
    refuse_shrinkage(SnapshotStore(built_world.folder / "nowhere"), {"creators": 1, "posts": 1}, 0.0)


def test_a_share_beyond_1_is_refused(world: World) -> None:
    with pytest.raises(InputError, match=r"max_shrink is 1\.5"):
        world.reindex(max_shrink=1.5)
