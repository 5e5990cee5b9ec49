"""The posts that show a caution: a person who is told of twelve sponsored posts wants to see some."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from itertools import islice

from matcher.records import Caution
from matcher.retrieval.index import Index
from matcher.signals.cautions import RECENT_POSTS
from matcher.snapshot import read_columns

SHOWN = 3
"""So many posts are named."""


def with_posts(index: Index, rows: Sequence[int], said: Sequence[tuple[Caution, ...]]) -> list[tuple[Caution, ...]]:
    """The cautions of creator rows, each with the newest posts that show it; their ids are read in one go."""
    showing = [
        [_SHOWING[caution.code](index, row)[:SHOWN] if caution.code in _SHOWING else () for caution in cautions]
        for row, cautions in zip(rows, said, strict=True)
    ]
    [ids] = read_columns(index.post_table, [post for each in showing for posts in each for post in posts], ("post_id",))
    left = iter(ids)
    return [
        tuple(
            dataclasses.replace(caution, post_ids=tuple(islice(left, len(posts)))) if len(posts) else caution
            for caution, posts in zip(cautions, each, strict=True)
        )
        for cautions, each in zip(said, showing, strict=True)
    ]


def _newest(index: Index, row: int) -> range:
    first = int(index.creators.post_start[row])
    return range(first, min(int(index.creators.post_start[row + 1]), first + RECENT_POSTS))


def _last(index: Index, row: int) -> Sequence[int]:
    return _newest(index, row)[:1]


def _every(index: Index, row: int) -> Sequence[int]:
    return _newest(index, row)


def _sponsored(index: Index, row: int) -> Sequence[int]:
    return [post for post in _newest(index, row) if index.posts.sponsored[post]]


def _hiding(index: Index, row: int) -> Sequence[int]:
    posts = list(_newest(index, row))
    likes, comments = read_columns(index.post_table, posts, ("likes", "comments"))
    return [p for p, n, said in zip(posts, likes, comments, strict=True) if n is None or (n == 0 and (said or 0) > 0)]


_SHOWING: dict[str, Callable[[Index, int], Sequence[int]]] = {
    "few_posts": _every,
    "silent": _last,
    "sponsored_share_high": _sponsored,
    "likes_hidden": _hiding,
}
"""Code of a caution → the posts that show it, newest first."""
