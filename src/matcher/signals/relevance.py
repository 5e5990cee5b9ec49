"""
Relevance: is this creator about what the brief is about?

A creator is many posts. Of the similarities of its posts with an aspect of the brief, four things are kept: the best
few posts, the mean of all (which is the centroid's cosine times the consistency of the posts, so scattered creators
lose), how many are on topic (saturating), and the bio. Each is measured against the background of the brief: what
posts of the same language in the snapshot score in general. That makes a brief's scores comparable across the
languages of the posts, and one brief with another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.opinion import Opinion

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Blend:
    """How the parts of relevance are weighed; set on the judged briefs (docs/signals.md)."""

    best: float = 0.55
    mean: float = 0.25
    volume: float = 0.10
    bio: float = 0.10
    best_posts: int = 2
    doubt_posts: float = 0.5
    """Posts of doubt: with n posts, a part keeps n / (n + doubt) of what it stands above the background."""
    on_topic_z: float = 2.0
    """A post is on topic when it stands so many deviations above the background."""
    volume_half: float = 3.0
    """So many posts on topic give half of what any number would."""
    volume_z: float = 4.0
    """What many posts on topic are worth, in deviations."""
    middle_z: float = 2.5
    """Where the value is 0.5."""
    width_z: float = 1.0
    whole: float = 0.85
    """Weight of the brief as a whole beside the mean of its aspects."""


@dataclass(frozen=True, slots=True)
class Background:
    """What posts in general score for one brief: mean and deviation per aspect, of each language and of all."""

    mean: Floats
    """float32 [languages + 1, aspects]: row 0 is for posts whose language is not known."""
    deviation: Floats

    def z(self, scores: Floats, language: NDArray[np.int16]) -> Floats:
        """Scores [posts, aspects] of posts in languages [posts] as deviations above their background."""
        rows = language.astype(np.int64) + 1
        return (scores - self.mean[rows]) / self.deviation[rows]


def background(scores: Floats, language: NDArray[np.int16], n_languages: int, prior_posts: float = 200.0) -> Background:
    """
    The background from the scores [m, aspects] of a sample of posts in languages [m] (-1 = not known).

    A language's own mean and deviation are shrunk towards those of all posts by `prior_posts`.
    """
    aspects = scores.shape[1]
    if not len(scores):
        empty = np.zeros((n_languages + 1, aspects), np.float32)
        return Background(empty, empty + 1.0)
    rows = language.astype(np.int64) + 1
    counts = np.bincount(rows, minlength=n_languages + 1)[:, None].astype(np.float64)
    mean_all, var_all = scores.mean(axis=0), scores.var(axis=0)
    columns = scores.T.astype(np.float64)
    sums = np.stack([np.bincount(rows, column, n_languages + 1) for column in columns], axis=1)
    squares = np.stack([np.bincount(rows, column**2, n_languages + 1) for column in columns], axis=1)
    mean = (sums + prior_posts * mean_all) / (counts + prior_posts)
    square = (squares + prior_posts * (var_all + mean_all**2)) / (counts + prior_posts)
    deviation = np.sqrt(np.maximum(square - mean**2, 1e-6))
    return Background(mean.astype(np.float32), deviation.astype(np.float32))


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


def pool(z: Floats, offsets: NDArray[np.int64], blend: Blend) -> Parts:
    """Posts' deviations [rows, aspects] by creator; the posts of creator i are offsets[i] to offsets[i + 1]."""
    counts = np.diff(offsets)
    n, aspects = len(counts), z.shape[1]
    zeros = np.zeros((3, n, aspects), np.float32)
    parts = Parts(zeros[0], zeros[1], zeros[2], counts)
    filled = np.flatnonzero(counts)
    if not len(filled):
        return parts
    starts = offsets[:-1][filled]
    owner = np.repeat(np.arange(len(filled)), counts[filled])
    parts.mean[filled] = np.add.reduceat(z, starts, axis=0) / counts[filled, None]
    parts.on_topic[filled] = np.add.reduceat((z > blend.on_topic_z).astype(np.float32), starts, axis=0)
    left, total, taken = z.copy(), np.zeros((len(filled), aspects), np.float32), np.zeros((len(filled), aspects))
    for _ in range(blend.best_posts):  # equal captions count once: a post repeated three times is one reason
        top = np.maximum.reduceat(left, starts, axis=0)
        found = np.isfinite(top)
        total += np.where(found, top, 0.0)
        taken += found
        left[left == top[owner]] = -np.inf
    parts.best[filled] = total / taken
    return parts


def relevance_z(parts: Parts, bio_z: Floats, has_bio: NDArray[np.bool_], blend: Blend) -> NDArray[np.float64]:
    """Relevance of n creators in deviations above the background, float64 [n]; aspect 0 is the brief as a whole."""
    trust = (parts.posts / (parts.posts + blend.doubt_posts))[:, None]
    volume = blend.volume_z * parts.on_topic / (parts.on_topic + blend.volume_half)
    from_posts = trust * (blend.best * parts.best + blend.mean * parts.mean) + blend.volume * volume
    bio = np.where(has_bio[:, None], bio_z, from_posts / (1 - blend.bio))
    each = from_posts + blend.bio * bio
    only_bio = (parts.posts == 0) & has_bio
    each[only_bio] = bio_z[only_bio] / (1 + blend.doubt_posts)
    if each.shape[1] == 1:
        return each[:, 0].astype(np.float64)
    return np.asarray(blend.whole * each[:, 0] + (1 - blend.whole) * each[:, 1:].mean(axis=1), dtype=np.float64)


def relevance(
    parts: Parts, bio_z: Floats, has_bio: NDArray[np.bool_], spoken: Callable[[int], str], blend: Blend
) -> Opinion:
    """The relevance signal of n creators; `spoken(i)` names the languages of creator i's posts for the note."""
    z = relevance_z(parts, bio_z, has_bio, blend)
    value = 1.0 / (1.0 + np.exp(-(z - blend.middle_z) / blend.width_z))
    status = np.where(parts.posts > 0, 3, np.where(has_bio, 1, 0)).astype(np.int8)
    value = np.where(status > 0, value, 0.0)

    def note(i: int) -> str:
        total, on_topic = int(parts.posts[i]), int(parts.on_topic[i, 0])
        if total == 0:
            return "No posts: matched on the bio alone." if has_bio[i] else "Neither posts nor a bio."
        language = f" in {names}" if (names := spoken(i)) else ""
        looked = "1 post" if total == 1 else f"{total} posts"
        return f"{on_topic} of {looked}{language} on topic."

    return Opinion("relevance", value, status, note)
