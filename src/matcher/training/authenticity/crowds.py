"""Pods and bots, injected among real comments: who comments, under which posts, and with what sort of words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.training.authenticity.base import Base

Ints = NDArray[np.int64]
POD_POOR, BOT_POOR = 0.6, 0.9
"""Share of comments that are generic: pods put in some effort."""
BOTS = 30
"""Accounts of one seller of comments; everybody who buys gets some of them."""
_STRANGER, _BOT = np.uint64(1) << np.uint64(62), np.uint64(3) << np.uint64(62)


def pods(rng: np.random.Generator, base: Base, members: Ints, size: int, zeal: float = 0.8) -> Base:
    """
    Members, in groups of `size`, comment on one another's posts, each on the share `zeal` of them.

    A member whose account is known from its own comments uses that account.
    """
    account = members.astype(np.uint64) + _STRANGER
    _, first = np.unique(base.creator[base.own], return_index=True)
    known = dict(zip(base.creator[base.own][first].tolist(), base.author[base.own][first].tolist(), strict=True))
    account = np.array([known.get(m, int(a)) for m, a in zip(members.tolist(), account, strict=True)], dtype=np.uint64)
    group = np.arange(len(members)) // size
    under, posts = _commented(base, members)
    host = np.repeat(np.arange(len(members)), np.diff(posts[0]))
    parts = []
    for guest in range(size):
        who = np.minimum(group[host] * size + guest, len(members) - 1)
        parts.append((under, who, (who != host) & (rng.random(len(under)) < zeal)))
    post = np.concatenate([p[go] for p, _, go in parts])
    author = account[np.concatenate([who[go] for _, who, go in parts])]
    return _with(base, post, author, rng.random(len(post)) < POD_POOR)


def bots(rng: np.random.Generator, base: Base, buyers: Ints, dose: float) -> Base:
    """Under the posts of buyers, so many generic comments for each comment that is there, by accounts of one seller."""
    bought = np.isin(base.creator, buyers) & ~base.own
    times = rng.poisson(dose, int(bought.sum()))
    post = np.repeat(base.post[bought], times)
    author = rng.integers(0, BOTS, len(post)).astype(np.uint64) + _BOT
    return _with(base, post, author, rng.random(len(post)) < BOT_POOR)


def _commented(base: Base, members: Ints) -> tuple[Ints, tuple[Ints]]:
    """Posts of members that have comments, member after member, and offsets [members + 1]."""
    posts = np.unique(base.post[np.isin(base.creator, members)])
    owner = base.post_creator[posts]
    place = np.argsort(members, kind="stable")
    at = place[np.searchsorted(members[place], owner)]
    order = np.argsort(at, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(members)))])
    return posts[order], (start,)


def _with(base: Base, post: Ints, author: NDArray[np.uint64], poor: NDArray[np.bool_]) -> Base:
    """The base with more comments; the counts of the posts grow in proportion to the comments that were read."""
    read = np.bincount(base.post[~base.own], minlength=len(base.likes))
    more = np.bincount(post, minlength=len(base.likes))
    grown = base.comments * (1.0 + np.divide(more, read, out=np.zeros(len(read)), where=read > 0))
    return replace(
        base,
        comments=grown,
        creator=np.append(base.creator, base.post_creator[post]),
        post=np.append(base.post, post),
        author=np.append(base.author, author),
        own=np.append(base.own, np.zeros(len(post), dtype=np.bool_)),
        poor=np.append(base.poor, poor),
    )
