"""What the comments say of each creator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.indexing.comments.authors import NOBODY
from matcher.indexing.comments.replies import Replies, replies
from matcher.indexing.comments.spool import Comments
from matcher.indexing.comments.texts import NO_TEXT
from matcher.signals.comments.quality import CommentQuality, comment_quality
from matcher.signals.overlap import Sketches, build_sketches


@dataclass(frozen=True, slots=True)
class CommentFigures:
    """What the snapshot keeps of the comments under the posts of n creators; see CreatorColumns."""

    count: NDArray[np.int32]
    commenters: NDArray[np.int32]
    quality: CommentQuality
    replies: Replies


def comment_figures(comments: Comments, n: int) -> CommentFigures:
    """The figures of n creators; a creator's own comments count as answers alone."""
    others = ~comments.own
    rows = np.flatnonzero(others & (comments.text != NO_TEXT))
    rows = rows[np.argsort(comments.key[rows], kind="stable")]  # the order of the table does not matter
    return CommentFigures(
        count=np.bincount(comments.creator[others], minlength=n).astype(np.int32),
        commenters=_distinct(comments.creator[others], comments.author[others], n).astype(np.int32),
        quality=comment_quality(comments.judged[rows], comments.creator[rows], comments.post[rows], n),
        replies=replies(comments, n),
    )


def _distinct(creator: NDArray[np.int32], author: NDArray[np.uint64], n: int) -> NDArray[np.int64]:
    """Different authors that are known, per creator."""
    known = author != NOBODY
    creator, author = creator[known], author[known]
    order = np.lexsort((author, creator))
    creator, author = creator[order], author[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (creator[1:] != creator[:-1]) | (author[1:] != author[:-1])
    return np.bincount(creator[new], minlength=n)


def commenter_sketches(comments: Comments, n: int) -> Sketches:
    """Who comments on each of n creators, the creator left out."""
    rows = np.flatnonzero(~comments.own & (comments.author != NOBODY))
    return build_sketches(comments.creator[rows], comments.author[rows], n)
