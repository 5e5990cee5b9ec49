"""
What the comments under a creator's posts are worth.

A comment that says nothing has depth 0; else depth grows with the logarithm of its words, and a question adds to it.
Spam and copies are suspicious. The quality of a creator's comments is the mean depth, suspicious ones counted as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.comments.copies import BANDS, bands, copied
from matcher.signals.comments.readings import read_comments
from matcher.signals.comments.spam import SPAM, spam_probability
from matcher.signals.trade import trade_data

JUDGED = np.dtype([("spam", "<f4"), ("depth", "<f4"), ("empty", "?"), ("bands", "<u4", BANDS)])
"""What is kept of one text: P(spam), depth 0 to 1, whether it says nothing, and keys that its near-copies share."""

Floats = NDArray[np.float64]


def judge(texts: list[str]) -> NDArray[Any]:
    """Judge texts, JUDGED [n]."""
    readings, numbers = read_comments(texts), trade_data("comment_quality")
    depth = np.log1p(readings.words) / np.log1p(numbers["long_words"]) + numbers["question"] * readings.question
    depth[readings.words == 0] = numbers["mention_alone"]
    depth[readings.empty] = 0.0
    found = np.zeros(len(texts), JUDGED)
    found["spam"], found["empty"] = spam_probability(readings), readings.empty
    found["depth"], found["bands"] = np.minimum(depth, 1.0), bands(readings.folded)
    return found


@dataclass(frozen=True, slots=True)
class CommentQuality:
    """What the comments of others say, for n creators; NaN where there are too few."""

    judged: NDArray[np.int64]
    """int64 [n]: comments with a text."""
    suspicious: Floats
    """float64 [n]: share of spam and copies."""
    empty: Floats
    """float64 [n]: share that says nothing."""
    quality: Floats
    """float64 [n]: mean depth, where what is suspicious counts as 0."""


def comment_quality(judged: NDArray[Any], creator: NDArray[Any], post: NDArray[np.int64], n: int) -> CommentQuality:
    """The quality of m comments, JUDGED [m], for n creators; `creator` and `post` [m] say where each stands."""
    suspicious = copied(judged["bands"], post) | (judged["spam"] >= SPAM)
    count = np.bincount(creator, minlength=n)
    enough = count >= trade_data("comment_quality")["least_comments"]

    def mean(values: NDArray[Any]) -> Floats:
        total = np.bincount(creator, weights=values.astype(np.float64), minlength=n)
        share: Floats = np.divide(total, count, out=np.full(n, np.nan), where=enough)
        return share

    return CommentQuality(
        judged=count,
        suspicious=mean(suspicious),
        empty=mean(judged["empty"]),
        quality=mean(np.where(suspicious, 0.0, judged["depth"])),
    )
