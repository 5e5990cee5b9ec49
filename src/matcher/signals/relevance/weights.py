"""
How the parts of relevance are weighed: constants set by hand, weights learned from judged briefs.

The weights are data (`signals/data/relevance.json`), made by `scripts/fit_relevance.py`: none is below 0, so that more
of a part never lowers the value. What is learned is drawn towards what was set by hand, and shipped where it is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.signals.trade import trade_data

PARTS = ("best", "mean", "volume", "bio", "aspects", "words", "known")
"""What relevance is the weighted sum of, in order."""


@dataclass(frozen=True, slots=True)
class Blend:
    """The constants (docs/signals.md)."""

    best_posts: int = 2
    doubt_posts: float = 0.5
    """Posts of doubt: with n posts, a part keeps n / (n + doubt) of what it stands above the background."""
    chance_taken: float = 0.4
    """Share of what the best of so many posts would reach by chance that is taken off them; not all, for posts of one
    creator are alike, and leave chance less room."""
    bio_alone: float = 0.8
    """What the bio of a creator without posts counts for, against posts that are as near."""
    on_topic_z: float = 2.0
    """A post is on topic when it stands so many deviations above the background."""
    volume_half: float = 3.0
    """So many posts on topic give half of what any number would."""
    volume_z: float = 4.0
    """What many posts on topic are worth, in deviations."""
    words_z: float = 10.0
    """What a post would be worth that holds all of the brief's words, in deviations; few hold a tenth of them."""
    middle_z: float = 2.5
    """Where the value is 0.5."""
    width_z: float = 1.0
    collector_lowers: float = 0.2
    """What is taken off the value of an account that is surely not a person's, unless the brief asks for its kind."""
    abroad_keeps: float = 0.5
    """What is left of the value of a creator who reaches nobody in the countries that the brief is for."""
    at_home_share: float = 0.25
    """From this share of the audience in these countries on, nothing is taken off."""


@cache
def part_weights() -> NDArray[np.float64]:
    """The weight of each of PARTS, float64 [PARTS], 0 or more."""
    weights = trade_data("relevance")["weights"]
    return np.array([weights[part] for part in PARTS], dtype=np.float64)
