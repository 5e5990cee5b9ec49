"""
Does a creator answer the people who comment, and how soon?

Where comments name what they reply to, that is counted. Where none of a table does, an answer is a comment of the
creator that addresses somebody: a post's answers are the people addressed, at most as many as commented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.indexing.comments.spool import Comments
from matcher.indexing.lookup import Lookup
from matcher.signals.distinct import distinct
from matcher.signals.peers import group_medians
from matcher.snapshot import NEVER

LEAST_COMMENTS = 10
"""A share of comments is told from so many comments of others."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What n creators answer."""

    rate: NDArray[np.float64]
    """float64 [n]: answered share of the comments of others, NaN where too few are known or no creator ever writes."""
    hours: NDArray[np.float64]
    """float64 [n]: median hours from a comment to its first answer, NaN where no answer names its comment."""
    timed: NDArray[np.int64]
    """int64 [n]: comments whose first answer has a time, that `hours` is told from."""


def replies(comments: Comments, n: int) -> Replies:
    """Rate and speed of the answers of n creators."""
    others = ~comments.own
    received = np.bincount(comments.creator[others], minlength=n)
    if not comments.own.any():
        return Replies(np.full(n, np.nan), np.full(n, np.nan), np.zeros(n, np.int64))
    if comments.reply_to.any():
        answered, hours, timed_answers = _linked(comments, n)
    else:
        answered, hours, timed_answers = _addressed(comments, n), np.full(n, np.nan), np.zeros(n, np.int64)
    rate = np.divide(answered, received, out=np.full(n, np.nan), where=received >= LEAST_COMMENTS)
    return Replies(rate, hours, timed_answers)


def _linked(comments: Comments, n: int) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Comments of others that a comment of the creator names, hours to the first that does, and how many have them."""
    rows = np.flatnonzero(comments.own & (comments.reply_to != 0))
    target = Lookup.of(comments.key).rows(comments.reply_to[rows])
    valid = target >= 0
    rows, target = rows[valid], target[valid]
    valid = ~comments.own[target] & (comments.post[target] == comments.post[rows])
    rows, target = rows[valid], target[valid]
    answered = distinct(target)
    timed = (comments.at[rows] != NEVER) & (comments.at[target] != NEVER)
    waited = (comments.at[rows[timed]] - comments.at[target[timed]]) / 3600.0
    first = np.full(len(comments), np.inf)
    np.minimum.at(first, target[timed], np.where(waited >= 0, waited, np.inf))
    first[np.isinf(first)] = np.nan
    creator, waits = comments.creator[answered].astype(np.int64), first[answered]
    known = np.bincount(creator[~np.isnan(waits)], minlength=n)
    return np.bincount(creator, minlength=n), group_medians(waits, creator, n), known


def _addressed(comments: Comments, n: int) -> NDArray[np.int64]:
    """People whom the creator addresses under its posts, at most as many as commented there."""
    posts = int(comments.post.max(initial=-1)) + 1
    said = np.bincount(comments.post, weights=comments.mentions, minlength=posts)
    received = np.bincount(comments.post[~comments.own], minlength=posts)
    creator = np.zeros(posts, np.int64)
    creator[comments.post] = comments.creator
    answered = np.bincount(creator, weights=np.minimum(said, received), minlength=n)
    return answered.astype(np.int64)
