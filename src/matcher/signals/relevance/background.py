"""
The background of a brief: what posts in general score for it, per language of the post.

Scores become deviations above it, which puts briefs, and languages of posts, on one scale. A few posts are no
background: one alone would be its own, and stand at 0 however well it fits. So what posts usually score under the
embedded encoder counts beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.trade import trade_data

Floats = NDArray[np.float32]
PRIOR_POSTS = 200.0
"""So many posts the usual background counts for, and the background of all languages beside that of one."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What posts in general score for briefs in general: mean and deviation of the fused score, per aspect alike."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, fingerprint: str, lexical_weight: float) -> Usual | None:
        """
        That of an encoder by its fingerprint, None where it was not measured (`scripts/fit_background.py`).

        Few posts share words with a brief, so the lexical arm adds nothing to what is usual.
        """
        data = trade_data("background")
        if not fingerprint.startswith(data["encoder"]):
            return None
        dense = 1.0 - lexical_weight
        return cls(dense * (data["cosine_mean"] + 1.0) / 2.0, dense * data["cosine_deviation"] / 2.0)


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


def background(
    scores: Floats,
    language: NDArray[np.int16],
    n_languages: int,
    usual: Usual | None = None,
    prior_posts: float = PRIOR_POSTS,
) -> Background:
    """
    The background from the scores [m, aspects] of a sample of posts in languages [m] (-1 = not known).

    The mean and deviation of all posts are shrunk towards what is `usual`, those of a language towards those of all,
    both by `prior_posts`.
    """
    aspects = scores.shape[1]
    if not len(scores):
        empty = np.zeros((n_languages + 1, aspects), np.float32)
        return Background(empty, empty + 1.0)
    rows = language.astype(np.int64) + 1
    counts = np.bincount(rows, minlength=n_languages + 1)[:, None].astype(np.float64)
    mean_all, square_all = scores.mean(axis=0), scores.var(axis=0) + scores.mean(axis=0) ** 2
    if usual is not None:
        own = len(scores) / (len(scores) + prior_posts)
        mean_all = own * mean_all + (1 - own) * usual.mean
        square_all = own * square_all + (1 - own) * (usual.deviation**2 + usual.mean**2)
    columns = scores.T.astype(np.float64)
    sums = np.stack([np.bincount(rows, column, n_languages + 1) for column in columns], axis=1)
    squares = np.stack([np.bincount(rows, column**2, n_languages + 1) for column in columns], axis=1)
    mean = (sums + prior_posts * mean_all) / (counts + prior_posts)
    square = (squares + prior_posts * square_all) / (counts + prior_posts)
    deviation = np.sqrt(np.maximum(square - mean**2, 1e-6))
    return Background(mean.astype(np.float32), deviation.astype(np.float32))
