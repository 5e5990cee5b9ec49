"""The stream of comments, row by row."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from matcher.catalog.keys import hash_strings
from matcher.catalog.schema import COMMENTS
from matcher.indexing.comments import Comments, KnownTexts, Salt, spool_comments
from matcher.indexing.erasure import Erased
from matcher.snapshot import NEVER

SALT = Salt(b"0123456789abcdef")
AS_OF = 1_000_000
Row = dict[str, Any]


def comment(comment_id: str, post_id: str, author_id: str | None = None, **more: Any) -> Row:
    return {"comment_id": comment_id, "post_id": post_id, "author_id": author_id, "text": "hi"} | more


def spooled(folder: Path, rows: list[Row], erased: tuple[str, ...] = (), size: int = 2) -> Comments:
    """Posts p of ann, q and r of ben."""
    posts: Any = SimpleNamespace(
        post_hash=hash_strings(pa.array(["p", "q", "r"])), creator=np.array([0, 1, 1], np.int32)
    )
    names = [name for name in COMMENTS.names if not name.startswith("source_")]
    filled = [{name: row.get(name) for name in names} | {"source_file": 0, "source_line": 1} for row in rows]
    table = pa.Table.from_pylist(filled, COMMENTS)
    ids = pa.chunked_array([["ann", "ben"]])
    known = Erased(frozenset()).with_ids(erased)
    batches = table.to_batches(max_chunksize=size)
    texts = KnownTexts.open(None)
    return spool_comments(batches, folder / "comments", posts, ids, SALT, texts, known, AS_OF, lambda _: None)


def test_columns(tmp_path: Path) -> None:
    found = spooled(
        tmp_path,
        [
            comment("1", "q", "fan", published_at=50_000_000),
            comment("2", "q", "ben", reply_to="1"),
            comment("3", "p", "ben"),
            comment("4", "r", None, by_creator=True),
            comment("5", "lost", "fan"),
            comment("6", "r", "fan"),
        ],
    )
    fan, ben = SALT.hashes(["fan", "ben"]).tolist()
    assert found.creator.tolist() == [1, 1, 0, 1, 1]
    assert found.post.tolist() == [1, 1, 0, 2, 2]
    assert found.author.tolist() == [fan, ben, ben, 0, fan]
    assert found.author_creator.tolist() == [-1, 1, 1, -1, -1]
    assert found.own.tolist() == [False, True, False, True, False]
    assert found.at.tolist() == [50, NEVER, NEVER, NEVER, NEVER]
    assert found.reply_to.tolist() == [0, found.key[0], 0, 0, 0]
    assert found.warnings == []


def test_an_erased_author_leaves_no_id(tmp_path: Path) -> None:
    found = spooled(tmp_path, [comment("1", "p", "cat"), comment("2", "p", "fan")], erased=("cat",))
    assert found.author.tolist() == [0, *SALT.hashes(["fan"])]


def test_a_time_in_the_future_is_not_known(tmp_path: Path) -> None:
    found = spooled(tmp_path, [comment("1", "p", "a", published_at=at * 1_000_000) for at in (AS_OF, AS_OF + 90_000)])
    assert found.at.tolist() == [AS_OF, NEVER]
    assert found.warnings == ["comments: 1 lie in the future; their times count as unknown"]


def test_without_authors_it_is_said(tmp_path: Path) -> None:
    found = spooled(tmp_path, [comment("1", "p"), comment("2", "q")])
    assert len(found) == 2 and "no author is known" in found.warnings[0] and len(found.warnings) == 1


def test_without_texts_it_is_said(tmp_path: Path) -> None:
    found = spooled(tmp_path, [comment("1", "p", "fan", text=None), comment("2", "q", "fan", text=None)])
    assert found.text.tolist() == [0, 0]
    assert found.warnings == ["comments: no text is known of any comment; what they are worth cannot be said"]


def test_no_comments(tmp_path: Path) -> None:
    found = spooled(tmp_path, [])
    assert len(found) == 0 and found.author.dtype == np.uint64 and found.warnings == []
