"""
How likely is a comment to be spam: a logistic over what its text shows and over a few words.

The weights are data (data/comment_spam.json), learned by scripts/train_comment_spam.py; benchmarks/comments says how
often it is right. A word that it does not know weighs nothing, so a language that it was not trained on is judged by
the features alone.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.signals.comments.characters import Characters, Kind
from matcher.signals.comments.distinct import distinct
from matcher.signals.comments.patterns import folded
from matcher.signals.comments.readings import FEATURES, Readings
from matcher.signals.trade import trade_data

SPAM = 0.5
"""A comment of this probability or more counts as spam."""
SPAM_SHARE = 0.15
"""
Share of spam that is expected under the posts of creators; half of what the weights were learned on was spam.

Real comments hold less. With this share one hit in the list of promotion tips the scales in a language of which no word
was learned; what that costs in precision was read (docs/signals.md).
"""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_TURN = np.uint64(0xBF58476D1CE4E5B9)


def spam_probability(readings: Readings, share: float = SPAM_SHARE) -> NDArray[np.float64]:
    """
    P(spam) of n comments, float64 [n], where a `share` of all comments is spam.

    The odds are moved from the share that was learned on to this one (Saerens, Latinne & Decaestecker 2002).
    """
    weights = trade_data("comment_spam")
    known, weight = _words()
    logit = weights["intercept"] + readings.features @ np.array([weights["features"][name] for name in FEATURES])
    hashes, owner = word_hashes(readings.folded)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found = known[at] == hashes
    pairs = distinct(owner[found] * len(known) + at[found])  # a word counts once
    logit += np.bincount(pairs // len(known), weights=weight[pairs % len(known)], minlength=readings.folded.n)
    learned_on = weights["spam_share"]
    logit += np.log(share / (1 - share)) - np.log(learned_on / (1 - learned_on))
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -500, 500))), dtype=np.float64)


def word_hashes(characters: Characters) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A 64-bit hash of every word of folded texts, and the text [words] that it is in."""
    inside = characters.kind != Kind.SPACE
    if not inside.any():
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | (characters.owner[1:] != characters.owner[:-1])
    first = np.flatnonzero(begins)
    place = np.arange(len(inside)) - first[np.maximum(np.cumsum(begins) - 1, 0)]
    code = mixed(characters.code.astype(np.uint64) | place.astype(np.uint64) << np.uint64(32))
    code[~inside] = 0
    return np.add.reduceat(code, first), characters.owner[first]


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser, shortened by a round: every bit of a value moves the upper bits of its hash."""
    values = (values + _MIX) * _TURN
    values = (values ^ (values >> np.uint64(29))) * _MIX
    return np.asarray(values ^ (values >> np.uint64(32)), dtype=np.uint64)


@lru_cache(maxsize=1)
def _words() -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """Hashes of the words that are known, ascending, and their weights."""
    weights: dict[str, float] = trade_data("comment_spam")["words"]
    hashes, _ = word_hashes(folded(Characters.of(list(weights))))
    order = np.argsort(hashes)
    return hashes[order], np.array(list(weights.values()))[order]
