"""
Pooling: from the posts of a creator to a few numbers, each in deviations above the background of the brief.

A creator is many posts. Of their similarities with an aspect of the brief are kept the best few, the mean of all (which
is the centroid's cosine times the consistency of the posts, so scattered creators lose), how many are on topic, and the
most of the brief's own words that one post holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.relevance.weights import Blend

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Parts:
    """What relevance rests on, in deviations above the background; n creators, a aspects."""

    best: Floats
    """float32 [n, a]: mean of the best few posts."""
    mean: Floats
    on_topic: Floats
    """float32 [n, a]: number of posts on topic."""
    posts: NDArray[np.int64]
    """int64 [n]: posts looked at."""
    words: Floats
    """float32 [n]: the best lexical score of a post, 0 to 1."""


def pool(z: Floats, lexical: Floats, offsets: NDArray[np.int64], blend: Blend) -> Parts:
    """
    Posts' deviations [rows, aspects] and lexical scores [rows] by creator.

    The posts of creator i are offsets[i] to offsets[i + 1].
    """
    counts = np.diff(offsets)
    n, aspects = len(counts), z.shape[1]
    zeros = np.zeros((3, n, aspects), np.float32)
    parts = Parts(zeros[0], zeros[1], zeros[2], counts, np.zeros(n, np.float32))
    filled = np.flatnonzero(counts)
    if not len(filled):
        return parts
    starts = offsets[:-1][filled]
    owner = np.repeat(np.arange(len(filled)), counts[filled])
    parts.mean[filled] = np.add.reduceat(z, starts, axis=0) / counts[filled, None]
    parts.on_topic[filled] = np.add.reduceat((z > blend.on_topic_z).astype(np.float32), starts, axis=0)
    parts.words[filled] = np.maximum.reduceat(lexical, starts)
    left, total, taken = z.copy(), np.zeros((len(filled), aspects), np.float32), np.zeros((len(filled), aspects))
    for _ in range(blend.best_posts):  # equal captions count once: a post repeated three times is one reason
        top = np.maximum.reduceat(left, starts, axis=0)
        found = np.isfinite(top)
        total += np.where(found, top, 0.0)
        taken += found
        left[left == top[owner]] = -np.inf
    parts.best[filled] = total / taken
    return parts
