"""Comments over several nights, and comments that are odd."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from matcher.indexing.comments import Salt
from matcher.indexing.comments import texts as room
from matcher.retrieval.index import Index
from matcher.signals.comments.quality import judge
from matcher.signals.engagement import PARTS
from matcher.signals.overlap import Sketches

from ..conftest import AS_OF, World, rejects

Row = dict[str, Any]


def given(empty: World, comments: list[Row]) -> None:
    creators = [{"creator_id": name, "platform": "instagram", "followers": 5000} for name in ("ann", "ben")]
    posts = [{"post_id": f"p-{name}", "creator_id": name, "text": "a word"} for name in ("ann", "ben")]
    empty.write("creators", creators)
    empty.write("posts", posts)
    empty.write("comments", comments)


def comment(number: int, **more: Any) -> Row:
    row = {"comment_id": f"c{number}", "post_id": "p-ann", "author_id": f"fan{number}", "text": "Where did you buy it?"}
    return row | more


def quality(index: Index) -> list[float]:
    """What the comments of each creator are worth."""
    return [float(part) for part in index.creators.engagement_parts[:, PARTS.index("comment_quality")]]


def test_odd_comments_are_mended_or_rejected_with_a_reason(empty: World) -> None:
    tomorrow = f"{AS_OF + timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}"
    odd = [
        comment(20, text="x" * 100_000),
        comment(21, text="😍" * 5_000),
        comment(22, text=None),
        comment(23, author_id=None),
        comment(24, published_at=tomorrow),
        comment(25, reply_to="nothing"),
        comment(26, text="\u202e\ufffd bad \x00"),
    ]
    given(empty, [*map(comment, range(20)), *odd, comment(3, text="again"), comment(30, post_id="p-lost")])
    summary = empty.reindex(max_reject_share=0.2)
    assert summary.tables["comments"] == {"read": 29, "kept": 27, "rejected": 2}
    found = {(reject["field"], reject["reason"]) for reject in rejects(empty)}
    assert found == {
        ("comment_id", "duplicate: the first row with this id stays"),
        ("post_id", "unknown post"),
    }
    assert any("1 lie in the future" in warning for warning in summary.warnings)
    columns = empty.index().creators
    assert columns.comment_count.tolist() == [27, 0]
    assert columns.commenter_count.tolist() == [26, 0]
    assert columns.comment_empty[0] == pytest.approx(3 / 26), "the flood, the 100,000 letters and the one bad word"
    assert np.isnan(columns.comment_empty[1]) and np.isnan(columns.reply_rate).all()


def test_a_night_judges_new_texts_alone(empty: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given(empty, [comment(i, text=f"I wear number {i} on gravel") for i in range(12)])
    empty.reindex()
    salt, worth = empty.index().folder / "comments" / "salt.hex", quality(empty.index())
    read: list[str] = []

    def reading(texts: list[str]) -> Any:
        read.extend(texts)
        return judge(texts)

    monkeypatch.setattr(room, "judge", reading)
    rows = empty.rows("comments")
    empty.write("comments", [*reversed(rows), comment(50, post_id="p-ben", text="A new one for ben")])
    empty.reindex()
    assert read == ["A new one for ben"]
    assert quality(empty.index()) == pytest.approx(worth, nan_ok=True) and worth[0] > 0
    assert (empty.index().folder / "comments" / "salt.hex").read_text() == salt.read_text()


def test_an_erasure_takes_sketch_ids_and_salt(empty: World) -> None:
    given(empty, [comment(1), comment(2, post_id="p-ben", author_id="ann"), comment(3, post_id="p-ben")])
    empty.reindex()
    before = Salt.inherited(empty.index().folder / "comments")
    sketches = Sketches(*empty.index().commenter_sketches)
    assert [sketches.read(row).get_estimate() for row in (0, 1)] == [1.0, 2.0]
    empty.reindex(erase=("ann",))
    after = Salt.inherited(empty.index().folder / "comments")
    assert after != before and Salt.inherited(empty.index().folder / "comments") == after
    sketches = Sketches(*empty.index().commenter_sketches)
    assert len(sketches.start) == 2 and sketches.read(0).get_estimate() == 1.0
    empty.write("comments", [*empty.rows("comments"), comment(9, post_id="p-ben", author_id="ann")])
    empty.reindex()
    assert Sketches(*empty.index().commenter_sketches).read(0).get_estimate() == 1.0, "nor does she come back"
    assert Salt.inherited(empty.index().folder / "comments") == after
