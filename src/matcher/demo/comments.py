"""The comments table: questions and praise, empty words, bots, pods that comment on each other, and replies."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matcher.demo.arrays import Flags, Floats, Ints
from matcher.demo.captions import join
from matcher.demo.cast import COMMENT_BOTS, POD, Cast
from matcher.demo.columns import days_ago, hide, ids
from matcher.demo.feed import Feed
from matcher.demo.lexicon import Lexicon
from matcher.demo.norms import Counts
from matcher.demo.posts import post_numbers

QUESTION, PRAISE, GENERIC, EMOJI, BOT, PODDED, REPLY = range(7)
_SHARES = {
    "honest": [0.28, 0.30, 0.24, 0.14, 0.04, 0.0, 0.0],
    "pod": [0.05, 0.1, 0.15, 0.1, 0.0, 0.6, 0.0],
    "bots": [0.05, 0.08, 0.27, 0.1, 0.5, 0.0, 0.0],
}
AUTHORS, BOTS, POD_SIZE = 400_000, 60, 12
READ_SHARE, READ_SHARE_CHEATS, AT_MOST = 0.05, 0.25, 12


def _sorts(rng: np.random.Generator, cheat: Ints) -> Ints:
    """What sort of comment each is, by the creator's cheat."""
    edges = np.array([np.cumsum(_SHARES[name]) for name in ("honest", "pod", "bots")])
    row = np.select([cheat == POD, cheat == COMMENT_BOTS], [1, 2], 0)
    passed: Ints = (rng.random(len(cheat))[:, None] >= edges[row]).sum(axis=1)
    return np.minimum(passed, PODDED)


def _texts(
    rng: np.random.Generator, lexicon: Lexicon, strings: Any, sort: Ints, lang: Ints, niche: Ints, topic: Ints
) -> Any:
    generic = lexicon["generic"].pick(rng, lang)
    text = np.select(
        [sort == QUESTION, sort == PRAISE, sort == EMOJI, sort == BOT, sort == REPLY],
        [
            lexicon["questions"].pick(rng, lang, niche),
            lexicon["praise"].pick(rng, lang),
            lexicon["emoji"].pick(rng, topic),
            lexicon["bot"].pick(rng, lang),
            lexicon["replies"].pick(rng, lang),
        ],
        generic,
    )
    emoji = lexicon["emoji"].pick(rng, topic)
    extra = np.where((rng.random(len(sort)) < 0.3) & (sort != BOT), emoji, 0)
    return join(strings, [text, extra])


def _authors(rng: np.random.Generator, sort: Ints, creator: Ints) -> Ints:
    """Bots come from a small pool, a pod's members are always the same twelve, the rest are many."""
    anyone = BOTS + rng.integers(0, AUTHORS, len(sort))
    pod = BOTS + AUTHORS + (creator % 25) * POD_SIZE + rng.integers(0, POD_SIZE, len(sort))
    return np.select([sort == BOT, sort == PODDED], [rng.integers(0, BOTS, len(sort)), pod], anyone).astype(np.int64)


def _chosen(rng: np.random.Generator, cast: Cast, feed: Feed, comments: Floats) -> tuple[Ints, Flags]:
    """(rows, flags): rows of the feed, one per comment that was read, and whether the creator answered it."""
    cheat = cast.cheat[feed.creator]
    chance = np.where(np.isin(cheat, (POD, COMMENT_BOTS)), READ_SHARE_CHEATS, READ_SHARE)
    read = np.flatnonzero((rng.random(len(feed)) < chance) & (np.nan_to_num(comments) >= 1))
    many = np.minimum(np.minimum(1 + rng.poisson(4.5, len(read)), comments[read]), AT_MOST).astype(np.int64)
    row = np.repeat(read, many)
    answers = 0.55 * (cast.real_followers[feed.creator[row]] / 5e3) ** -0.25
    return row, rng.random(len(row)) < np.clip(answers, 0.05, 0.82)


def comments_table(
    rng: np.random.Generator, cast: Cast, feed: Feed, lexicon: Lexicon, strings: Any, brought: Counts, first: int
) -> Any:
    """Comments of some posts, numbered from `first`; the creator's replies follow the comments they answer."""
    row, answered = _chosen(rng, cast, feed, brought["comments"])
    sort = _sorts(rng, cast.cheat[feed.creator[row]])
    answered &= sort <= PRAISE
    age = feed.age_days[row] * rng.uniform(0.3, 0.98, len(row)) ** 0.2
    number = first + np.arange(len(row), dtype=np.int64)
    parent = np.concatenate([np.full(len(row), -1), number[answered]])
    by_creator: Flags = parent >= 0
    row = np.concatenate([row, row[answered]])
    sort = np.concatenate([sort, np.full(int(answered.sum()), REPLY)])
    age = np.concatenate([age, age[answered] * rng.uniform(0.9, 0.999, int(answered.sum()))])
    number = first + np.arange(len(row), dtype=np.int64)
    creator = feed.creator[row]
    visitor = ids("u", _authors(rng, sort, creator))
    author = pc.if_else(pa.array(by_creator), ids("c", creator, 6), visitor)
    return pa.table(
        {
            "comment_id": ids("k", number),
            "post_id": ids("p", post_numbers(feed)[row]),
            "author_id": author,
            "text": _texts(rng, lexicon, strings, sort, feed.language[row], feed.niche[row], feed.topic[row]),
            "published_at": days_ago(age),
            "by_creator": pa.array(by_creator),
            "reply_to": hide(ids("k", np.maximum(parent, 0)), ~by_creator),
        }
    )
