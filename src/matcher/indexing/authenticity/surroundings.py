"""What may explain new followers: the posts of the year, giveaways among them, and mentions by other creators."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.indexing.accounts import flatten
from matcher.indexing.columns import taken
from matcher.indexing.spool import Spool
from matcher.signals.authenticity.attention import PostWeeks, post_weeks, with_features
from matcher.signals.authenticity.weeks import WEEKS
from matcher.signals.engagement import SETTLED_DAYS
from matcher.signals.trade import trade_data
from matcher.snapshot import NEVER
from matcher.text import find_mentions

_DAY_S = 86_400.0
_CHUNK = 65_536
Floats = NDArray[np.float64]


def surroundings(
    spool: Spool, creators: pa.Table, rows: NDArray[np.int64], followers: Floats, as_of_s: int
) -> PostWeeks:
    """The weeks of the posts of the creators `rows` (ascending), in the same order."""
    ago = np.where(spool.published_at == NEVER, np.inf, (as_of_s - spool.published_at) / _DAY_S)
    year = np.flatnonzero((ago >= 0) & (ago < 7 * WEEKS))
    texts = spool.table().column("text")
    place = np.full(creators.num_rows, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))

    own = year[place[spool.creator[year]] >= 0]
    read_at = np.where(spool.observed_at[own] == NEVER, as_of_s, spool.observed_at[own])
    own = own[read_at - spool.published_at[own] >= SETTLED_DAYS * _DAY_S]
    posts = post_weeks(
        place[spool.creator[own]], ago[own], interactions(spool, own), spool.counts["views"][own],
        _matching(texts, own, giveaway_pattern()), len(rows),
    )  # fmt: skip
    mentioned, by = _mentions(texts, year, spool.creator, creators, place)
    return with_features(posts, mentioned, ago[by], followers[spool.creator[by]])


def interactions(spool: Spool, posts: NDArray[np.int64]) -> Floats:
    """Likes, comments, shares and saves of some posts, NaN where likes are hidden."""
    likes, comments, shares, saves = (spool.counts[name][posts] for name in ("likes", "comments", "shares", "saves"))
    hidden = np.isnan(likes) | ((likes == 0) & (np.nan_to_num(comments) > 0))
    return np.where(hidden, np.nan, likes + np.nan_to_num(comments) + np.nan_to_num(shares) + np.nan_to_num(saves))


def giveaway_pattern() -> str:
    """A regular expression of the words of giveaways in all languages."""
    words = [word for own in trade_data("giveaways")["words"].values() for word in own]
    return "(?i)" + "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words)


def _matching(texts: pa.ChunkedArray, rows: NDArray[np.int64], pattern: str) -> NDArray[np.bool_]:
    """Whether the texts of some rows match."""
    found = [
        np.asarray(pc.fill_null(pc.match_substring_regex(taken(texts, rows[i : i + _CHUNK]), pattern), False))
        for i in range(0, len(rows), _CHUNK)
    ]
    return np.concatenate(found).astype(np.bool_) if found else np.zeros(0, dtype=np.bool_)


def _mentions(
    texts: pa.ChunkedArray,
    posts: NDArray[np.int64],
    creator: NDArray[np.int32],
    creators: pa.Table,
    place: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(place of the creator mentioned, row of the post) for each mention of a creator by another one."""
    known = {handle: place[row] for handle, row in _handles(creators).items() if place[row] >= 0}
    if not known:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    posts = posts[_matching(texts, posts, "[@＠]")]
    mentioned, by = [], []
    for start in range(0, len(posts), _CHUNK):
        chunk = posts[start : start + _CHUNK]
        for post, text in zip(chunk.tolist(), taken(texts, chunk).to_pylist(), strict=True):
            for name in find_mentions(text):
                at = known.get(name.casefold(), -1)
                if at >= 0 and place[creator[post]] != at:
                    mentioned.append(at)
                    by.append(post)
    return np.array(mentioned, dtype=np.int64), np.array(by, dtype=np.int64)


def _handles(creators: pa.Table) -> dict[str, int]:
    """Handle → creator row; a handle of several creators is nobody's."""
    owner, flat = flatten(creators.column("accounts"))
    pairs = {
        (handle.lstrip("@").casefold(), row)
        for row, handle in zip(owner.tolist(), flat.field("handle").to_pylist(), strict=True)
        if handle
    }
    times = Counter(handle for handle, _ in pairs)
    return {handle: row for handle, row in pairs if times[handle] == 1}
