"""
The background of a brief: what posts in general score for it, per language of the post.

Scores become deviations above it, which puts briefs, and languages of posts, on one scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


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
