"""
Features of an account, from what it says and how it posts: one row of numbers per creator.

Marks in the name and the bio are 0 or 1, those of the posts the share of the newest posts that carry them. Beside them
stand how often titles repeat, how often an account names itself in its titles, and how much there is to read. All lie
in [0, 1], and none needs a language model, so that new accounts cost little at reindex.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.signals.account_kind.marks import PARTS, mark_names, marked
from matcher.snapshot import spans

POSTS_READ = 20
"""So many of an account's newest posts are read."""
START_CHARACTERS = 12
"""Titles repeat when they begin with the same so many characters."""
SHORTEST_NAME = 3
SHORTEST_NAME_ELSEWHERE = 2
"""Letters that a name needs to be looked for in posts: Latin ones, and those of other scripts, which say more each."""
SHORT_CHARACTERS = 60
PLATFORMS = ("youtube", "instagram", "tiktok", "threads")
_MANY_POSTS = 50.0
_SAID_OF_ITSELF = r"official|vevo\b|\b(?:channel|topic|music|tv|band|studio)\b|官方.*|公式.*|チャンネル"
_NO_LETTER = r"[^\pL\pM\pN]+"
_LATIN = r"[\p{Latin}\pN]+"
_NOT_LATIN = r"[^\p{Latin}\pN]+"

FEATURES: tuple[str, ...] = (
    *(f"{part}.{mark}" for part in PARTS for mark in mark_names(part)),
    "posts.repeated",
    "posts.own_name",
    "posts.short",
    "posts.known",
    "posts.many",
    "name.known",
    "bio.known",
    *(f"platform.{name}" for name in PLATFORMS),
)
"""Names of the columns, in order."""

Floats = NDArray[np.float64]


def posts_to_read(post_start: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the newest POSTS_READ posts of every account, and whose each is; the posts of account i lie from
    post_start[i] to post_start[i + 1], newest first."""
    counts = np.minimum(np.diff(post_start), POSTS_READ)
    return spans(post_start[:-1], counts), np.repeat(np.arange(len(counts)), counts)


def account_features(
    names: pa.Array,
    bios: pa.Array,
    platforms: Sequence[str | None],
    texts: pa.Array,
    tags: pa.Array,
    owner: NDArray[np.int64],
    posts: NDArray[np.int64],
) -> Floats:
    """
    Features float64 [n, FEATURES] of n accounts that have so many `posts` [n] each.

    `texts` [m] are those of the posts to read, `tags` [m] the lists of their hashtags; `owner` int64 [m] says of which
    account each is.
    """
    n = len(names)
    read = pc.fill_null(texts, "")
    columns = [
        marked("name", names).astype(np.float64),
        marked("bio", bios).astype(np.float64),
        _shares(marked("post", read), owner, n),
        _shares(marked("tag", pc.binary_join(tags.cast(pa.list_(pa.string())), " ")), owner, n),
        _shares(_repeats(read, owner), owner, n),
        _shares(_naming(names, read, owner), owner, n),
        _shares(np.asarray(pc.less(pc.utf8_length(read), SHORT_CHARACTERS)), owner, n),
        (posts > 0).astype(np.float64),
        np.log1p(np.minimum(posts, _MANY_POSTS)) / np.log1p(_MANY_POSTS),
        _filled(names),
        _filled(bios),
        np.array([[platform == name for name in PLATFORMS] for platform in platforms], np.float64).reshape(
            n, len(PLATFORMS)
        ),
    ]
    return np.concatenate([column if column.ndim == 2 else column[:, None] for column in columns], axis=1)


def _shares(flags: NDArray[np.bool_], owner: NDArray[np.int64], n: int) -> Floats:
    """The share of each account's posts that carry a flag, float64 [n, flags]; 0 without posts."""
    flags = flags if flags.ndim == 2 else flags[:, None]
    posts = np.maximum(np.bincount(owner, minlength=n), 1)
    return np.stack([np.bincount(owner, flag, n) / posts for flag in flags.T], axis=1)


def _repeats(texts: pa.Array, owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a post begins like another post of its account."""
    starts = pc.utf8_slice_codeunits(pc.utf8_lower(texts), 0, START_CHARACTERS)
    codes = np.asarray(starts.dictionary_encode().indices, dtype=np.int64)
    keys = owner * (int(codes.max(initial=0)) + 1) + codes
    _, inverse, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray((sizes[inverse.ravel()] > 1) & (np.asarray(pc.utf8_length(starts)) > 0))


def _naming(names: pa.Array, texts: pa.Array, owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """
    Whether a post holds the name of its account: its Latin letters, or those of another script ("Gin Lee李幸倪").

    Case, spaces, and "Official" and the like in the name do not count.
    """
    bare = _letters(pc.replace_substring_regex(pc.utf8_lower(names), _SAID_OF_ITSELF, ""))
    latin = pc.replace_substring_regex(bare, _NOT_LATIN, "").to_pylist()
    other = pc.replace_substring_regex(bare, _LATIN, "").to_pylist()
    known = [[*_long(a, SHORTEST_NAME), *_long(b, SHORTEST_NAME_ELSEWHERE)] for a, b in zip(latin, other, strict=True)]
    pairs = zip(owner.tolist(), _letters(pc.utf8_lower(texts)).to_pylist(), strict=True)
    return np.array([any(part in text for part in known[i]) for i, text in pairs], np.bool_)


def _long(name: str | None, shortest: int) -> list[str]:
    return [name] if name and len(name) >= shortest else []


def _letters(texts: pa.Array) -> pa.Array:
    """Texts without spaces and signs; letters in fancy styles become plain ones."""
    return pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKC"), _NO_LETTER, "")


def _filled(texts: pa.Array) -> Floats:
    return np.asarray(pc.fill_null(pc.greater(pc.utf8_length(texts), 0), False), dtype=np.float64)
