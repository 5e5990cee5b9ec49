"""Relevance: is this creator about what the brief is about?"""

from matcher.signals.relevance.background import PRIOR_POSTS, Background, Usual, background
from matcher.signals.relevance.pool import Parts, pool
from matcher.signals.relevance.value import (
    Lowered,
    best_by_chance,
    kind_factor,
    market_factor,
    part_values,
    relevance,
    relevance_z,
)
from matcher.signals.relevance.weights import PARTS, Blend, part_weights

__all__ = [
    "PARTS", "PRIOR_POSTS", "Background", "Blend", "Lowered", "Parts", "Usual", "background", "best_by_chance",
    "kind_factor", "market_factor", "part_values", "part_weights", "pool", "relevance", "relevance_z",
]  # fmt: skip
