"""
Real creators to simulate on: sizes, usual reactions and comments of accounts that are taken to be honest.

Whether each of them is honest nobody knows; the few who are not count as false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.signals.comments.copies import copied
from matcher.signals.comments.quality import judge
from matcher.signals.comments.spam import SPAM
from matcher.signals.peers import group_medians, peer_groups
from matcher.signals.trade import tiers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CHUNK = 20_000


@dataclass(frozen=True)
class Base:
    """n creators with their real posts and comments."""

    followers: Floats
    following: Floats
    group: Ints
    post_creator: Ints
    likes: Floats
    comments: Floats
    """float64 [posts]: counted comments."""
    rate: Floats
    """float64 [n]: median interactions per follower."""
    spread: float
    """Scatter of the log interactions of one creator's posts: the median over creators with three or more."""
    creator: Ints
    """int64 [m]: whose post each comment stands under, with the rest of its columns."""
    post: Ints
    author: NDArray[np.uint64]
    own: NDArray[np.bool_]
    poor: NDArray[np.bool_]
    """bool [m]: whether a comment says nothing, is a copy or spam."""

    def __len__(self) -> int:
        return len(self.followers)


def read_base(folder: Path, half: int | None) -> Base:
    """Creators with followers and comments in tables of the contract: a half (0 or 1, by a hash of the id), or all."""
    import pandas as pd

    posts = pd.read_parquet(folder / "posts.parquet", columns=["post_id", "creator_id", "likes", "comments"])
    creators = pd.read_parquet(
        folder / "creators.parquet", columns=["creator_id", "platform", "followers", "following"]
    )
    said = pd.read_parquet(folder / "comments.parquet").merge(posts[["post_id", "creator_id"]], on="post_id")
    creators = creators[creators["followers"].notna() & creators["creator_id"].isin(said["creator_id"])]
    side = pd.util.hash_array(creators["creator_id"].to_numpy(object)) % 2
    mine = np.ones(len(side), dtype=np.bool_) if half is None else side == half
    creators = creators[mine].sort_values("creator_id").reset_index(drop=True)
    row = pd.Series(np.arange(len(creators)), index=creators["creator_id"])
    posts = posts[posts["creator_id"].isin(row.index)].reset_index(drop=True)
    said = said[said["creator_id"].isin(row.index)].reset_index(drop=True)
    post_row = pd.Series(np.arange(len(posts)), index=posts["post_id"])

    n = len(creators)
    followers = creators["followers"].to_numpy(np.float64)
    owner = row.loc[posts["creator_id"]].to_numpy(np.int64)
    likes, comments = (posts[name].to_numpy(np.float64, na_value=np.nan) for name in ("likes", "comments"))
    likes = np.where((likes == 0) & (comments > 0), np.nan, likes)
    taken = np.log(np.maximum(likes + np.nan_to_num(comments), 1.0))
    middle = group_medians(taken, owner, n)
    several = np.bincount(owner, minlength=n)[owner] >= 3
    platform = np.unique(creators["platform"].to_numpy(object).astype(str), return_inverse=True)[1].astype(np.int16)
    tier = (np.searchsorted(tiers().edges, followers, side="right") - 1).astype(np.int8)
    texts = said["text"].fillna("").astype(str).tolist()
    judged = np.concatenate([judge(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)])
    post = post_row.loc[said["post_id"]].to_numpy(np.int64)
    return Base(
        followers=followers,
        following=creators["following"].to_numpy(np.float64, na_value=np.nan),
        group=peer_groups(platform, tier, np.full(n, -1, np.int16), np.full(n, -1, np.int16)).group.astype(np.int64),
        post_creator=owner,
        likes=likes,
        comments=comments,
        rate=np.exp(middle) / followers,
        spread=1.4826 * float(np.nanmedian(np.abs(taken - middle[owner])[several])),
        creator=row.loc[said["creator_id"]].to_numpy(np.int64),
        post=post,
        author=pd.util.hash_array(said["author_id"].to_numpy(object)).astype(np.uint64),
        own=said["by_creator"].fillna(False).to_numpy(bool),
        poor=judged["empty"] | (judged["spam"] >= SPAM) | copied(judged["bands"], post),
    )
