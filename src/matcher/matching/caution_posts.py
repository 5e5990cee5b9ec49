"""The posts that show a caution: a person who is told of twelve sponsored posts wants to see some."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from matcher.records import Caution
from matcher.retrieval.index import Index
from matcher.signals.cautions import RECENT_POSTS
from matcher.snapshot import read_columns

SHOWN = 3
"""So many posts are named."""


def with_posts(index: Index, row: int, said: tuple[Caution, ...]) -> tuple[Caution, ...]:
    """The cautions of a creator row, each with the newest posts that show it."""
    return tuple(
        dataclasses.replace(caution, post_ids=_ids(index, _SHOWING[caution.code](index, row)))
        if caution.code in _SHOWING
        else caution
        for caution in said
    )


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


def _ids(index: Index, posts: Sequence[int]) -> tuple[str, ...]:
    if not len(posts):
        return ()
    [ids] = read_columns(index.post_table, list(posts[:SHOWN]), ("post_id",))
    return tuple(ids)
