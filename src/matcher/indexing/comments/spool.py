"""
The stream of comments: each becomes a few numbers on disk, in order of arrival.

Memory is bounded by a batch; texts and ids are read once and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.catalog.keys import hash_strings
from matcher.indexing.comments.authors import NOBODY, Salt, author_hashes
from matcher.indexing.comments.column_files import ColumnFiles
from matcher.indexing.comments.texts import NO_TEXT, KnownTexts
from matcher.indexing.erasure import Erased
from matcher.indexing.lookup import Lookup
from matcher.indexing.spool import Spool, seconds
from matcher.records.said import say
from matcher.signals.comments.quality import JUDGED
from matcher.snapshot import NEVER
from matcher.text import find_mentions

_DAY_S = 86_400
_DTYPES: dict[str, Any] = {
    "creator": np.int32, "post": np.int64, "author": np.uint64, "author_creator": np.int32, "own": np.bool_,
    "at": np.int64, "key": np.uint64, "reply_to": np.uint64, "mentions": np.uint8,
    "text": np.uint64, "judged": JUDGED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comments:
    """All comments in order of arrival, memory-mapped; m comments."""

    creator: NDArray[np.int32]
    """int32 [m]: row of the creator whose post it stands under."""
    post: NDArray[np.int64]
    """int64 [m]: row of the post in the spool of the posts."""
    author: NDArray[np.uint64]
    """uint64 [m]: salted hash of the author's id, NOBODY (0) where it is not known."""
    author_creator: NDArray[np.int32]
    """int32 [m]: row of the creator who wrote it, -1 for everybody else."""
    own: NDArray[np.bool_]
    """bool [m]: written by the creator under a post of its own."""
    at: NDArray[np.int64]
    """int64 [m]: seconds since 1970, NEVER where not known."""
    key: NDArray[np.uint64]
    """uint64 [m]: hash of the comment's id."""
    reply_to: NDArray[np.uint64]
    """uint64 [m]: key of the comment that it answers, 0 for none."""
    mentions: NDArray[np.uint8]
    """uint8 [m]: different people that a comment of the creator addresses; 0 for the comments of others."""
    text: NDArray[np.uint64]
    """uint64 [m]: hash of the text, NO_TEXT (0) without one."""
    judged: NDArray[Any]
    """JUDGED [m]: what the text says, see signals.comments; zeros without a text."""
    warnings: list[str]
    """What was set aside, in words."""

    def __len__(self) -> int:
        return len(self.creator)


def spool_comments(
    batches: Iterable[pa.RecordBatch],
    folder: Path,
    posts: Spool,
    creator_ids: pa.ChunkedArray,
    salt: Salt,
    known: KnownTexts,
    erased: Erased,
    as_of_s: int,
    advance: Callable[[int], None],
) -> Comments:
    """
    Take in all comments, those under posts of erased creators left out.

    `creator_ids` are the ids in order of the creators' rows; times later than a day after `as_of_s` count as unknown.
    """
    post_rows, creators = Lookup.of(posts.post_hash), Lookup.of(salt.hashes(creator_ids.to_pylist()))
    counted = {"comments": 0, "authors": 0, "texts": 0, "later": 0}
    with ColumnFiles(folder, _DTYPES) as files:
        for batch in batches:
            columns = _columns(batch, post_rows, creators, salt, erased)
            there = columns["post"] >= 0
            columns = {name: values[there] for name, values in columns.items()}
            columns["creator"] = posts.creator[columns["post"]]
            columns["own"] |= columns["author_creator"] == columns["creator"]
            texts = batch.column("text").filter(pa.array(there))
            columns["mentions"] = _mentions(texts, columns["own"])
            columns["text"], columns["judged"] = known.judge(texts)
            later = columns["at"] > as_of_s + _DAY_S
            columns["at"][later] = NEVER
            files.append(columns)
            counted["comments"] += len(later)
            counted["authors"] += int((columns["author"] != NOBODY).sum())
            counted["texts"] += int((columns["text"] != NO_TEXT).sum())
            counted["later"] += int(later.sum())
            advance(batch.num_rows)
    return Comments(**files.open(), warnings=list(_warnings(counted)))


def _columns(
    batch: pa.RecordBatch, posts: Lookup, creators: Lookup, salt: Salt, erased: Erased
) -> dict[str, NDArray[Any]]:
    """What is kept of a batch; post -1 where the post is not among those that stay."""
    post_ids = batch.column("post_id").dictionary_encode()
    author = author_hashes(batch.column("author_id"), salt, erased)
    answers = batch.column("reply_to")
    return {
        "post": posts.rows(hash_strings(post_ids.dictionary))[np.asarray(post_ids.indices)],
        "author": author,
        "author_creator": creators.rows(author).astype(np.int32),
        "own": np.asarray(pc.fill_null(batch.column("by_creator"), False)).astype(np.bool_),
        "at": seconds(batch.column("published_at")),
        "key": hash_strings(batch.column("comment_id")),
        "reply_to": np.where(np.asarray(answers.is_valid()), hash_strings(answers), np.uint64(0)),
    }


def _mentions(texts: pa.Array, own: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """How many people each comment of the creator addresses, uint8 [m]."""
    found = np.zeros(len(texts), np.uint8)
    written = np.flatnonzero(own)
    named = (find_mentions(text or "") for text in texts.take(pa.array(written)).to_pylist())
    found[written] = [min(len(set(names)), 255) for names in named]
    return found


def _warnings(counted: dict[str, int]) -> Iterable[str]:
    if counted["comments"] and not counted["authors"]:
        yield say("comments: no author is known of any comment; who comments on several creators cannot be said")
    if counted["comments"] and not counted["texts"]:
        yield say("comments: no text is known of any comment; what they are worth cannot be said")
    if counted["later"]:
        yield say("comments: {n:,} lie in the future; their times count as unknown", n=counted["later"])
