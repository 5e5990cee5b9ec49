"""
What a platform's own posts teach: two posts of one creator are about the same, and so are a caption and its hashtags.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.retrieval.index import Index
from matcher.text import embedding_texts, hashtags
from matcher.text.characters import HASHTAG
from matcher.training.corpus import Bags, Integers, tokenise

PER_CREATOR = 20
"""Pairs of each kind that one creator may give, so that a busy one does not speak for all."""
_TAG = re.compile(HASHTAG)


@dataclass(frozen=True, slots=True)
class Posts:
    """n posts as they stand in a snapshot."""

    texts: Sequence[str]
    tags: Sequence[Sequence[str]]
    creator: Integers
    language: Integers


@dataclass(frozen=True, slots=True)
class OwnPairs:
    """m pairs of texts by number, with the creator and the language of each pair."""

    bags: Bags
    left: Integers
    right: Integers
    creator: Integers
    language: Integers


def read_posts(index: Index) -> Posts:
    """The posts of a snapshot, with the hashtags that came beside them."""
    texts = [text or "" for text in index.post_table.column("text").to_pylist()]
    tags = [own or [] for own in index.post_table.column("hashtags").to_pylist()]
    creator, language = np.asarray(index.posts.creator), np.asarray(index.posts.language)
    return Posts(texts, tags, creator.astype(np.int64), language.astype(np.int64))


def own_pairs(posts: Posts, tokeniser: Any, seed: int, per_creator: int = PER_CREATOR) -> OwnPairs:
    """
    Pair the posts of each creator two by two in an order drawn by `seed`, and each caption with its own hashtags.

    Pairs of the same words, and pairs with a side that the tokeniser finds nothing in, are left out.
    """
    numbers: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    whole = embedding_texts(posts.texts, posts.tags)
    captions = embedding_texts([_TAG.sub(" ", text) for text in posts.texts])
    tags = embedding_texts([""] * len(whole), _every_tag(posts))

    def add(left: str, right: str, post: int) -> None:
        if left and right and left != right:
            one, other = (numbers.setdefault(side, len(numbers)) for side in (left, right))
            rows.append((one, other, int(posts.creator[post]), int(posts.language[post])))

    for own in _by_creator(posts.creator, np.random.default_rng(seed)):
        few = own[: 2 * per_creator]
        for one, other in zip(few[::2], few[1::2], strict=False):
            add(whole[one], whole[other], one)
        for post in own[:per_creator]:
            add(captions[post], tags[post], post)
    return _known(tokenise(list(numbers), tokeniser), np.array(rows, dtype=np.int64).reshape(-1, 4))


def _every_tag(posts: Posts) -> list[list[str]]:
    """The hashtags of each post, those in the caption first."""
    return [[*said, *own] for said, own in zip(hashtags(posts.texts), posts.tags, strict=True)]


def _by_creator(creator: Integers, draw: np.random.Generator) -> list[list[int]]:
    """The posts of each creator, in an order that is drawn."""
    order = draw.permutation(len(creator))
    order = order[np.argsort(creator[order], kind="stable")]
    return [own.tolist() for own in np.split(order, np.flatnonzero(np.diff(creator[order])) + 1)]


def _known(bags: Bags, rows: Integers) -> OwnPairs:
    sizes = np.diff(bags.starts)
    rows = rows[(sizes[rows[:, 0]] > 0) & (sizes[rows[:, 1]] > 0)]
    return OwnPairs(bags, *(column.copy() for column in rows.T))
