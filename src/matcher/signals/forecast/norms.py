"""
What is usual among peers: the middle and the spread of like slots, for a slot with few posts or none.

Peers share platform, format, tier, market and language. Step by step from the widest group to the narrowest, the middle
of a group is drawn towards that of the group around it by the number of its creators, so that a thin group borrows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from matcher.signals.distinct import distinct, distinct_rows
from matcher.signals.forecast.series import Floats, Ints
from matcher.signals.peers import group_medians

SHRINKAGE_CREATORS = 10.0
"""A group of so many creators stands halfway between its own middle and that of the group around it."""
CREATORS_OF_A_NORM = 5
"""A group of fewer has no norm of its own: one creator would be its own peer."""


@dataclass(frozen=True, slots=True)
class Norms:
    """The usual level and spread of every group, from the whole corpus (key ()) to platform … language."""

    level: dict[tuple[int, ...], float]
    spread: dict[tuple[int, ...], float]
    """Median distance of the creators' middles from the level."""
    creators: dict[tuple[int, ...], int]

    @classmethod
    def learn(cls, keys: Ints, middle: Floats, creator: Ints) -> Self:
        """From the keys int64 [n, parts], middles [n] (NaN where there is none) and creators [n] of slots."""
        known = ~np.isnan(middle)
        keys, middle, creator = keys[known], middle[known], creator[known].astype(np.int64)
        found = cls({}, {}, {})
        if not len(middle):
            return found
        for depth in range(keys.shape[1] + 1):
            rows, group = distinct_rows(keys[:, :depth])
            members = distinct(group * (creator.max() + 1) + creator) // (creator.max() + 1)
            sizes = np.bincount(members, minlength=len(rows))
            own = group_medians(middle, group, len(rows))
            spread = group_medians(np.abs(middle - own[group]), group, len(rows))
            for key, size, level, width in zip(
                map(tuple, rows.tolist()), sizes.tolist(), own.tolist(), spread.tolist(), strict=True
            ):
                if depth > 1 and size < CREATORS_OF_A_NORM:
                    continue
                around = key[:-1]
                share = size / (size + SHRINKAGE_CREATORS) if depth else 1.0
                found.level[key] = share * level + (1 - share) * found.level.get(around, level)
                found.spread[key] = share * width + (1 - share) * found.spread.get(around, width)
                found.creators[key] = size
        return found

    def of(self, keys: Ints) -> tuple[Floats, Floats, Ints, Ints]:
        """
        Level, spread, number of creators and depth of the narrowest known group of each key [n, parts].

        NaN and 0 where nothing at all is known of the platform.
        """
        keys_once, back = distinct_rows(keys)
        rows: list[tuple[float, float, int, int]] = []
        for key in map(tuple, keys_once.tolist()):
            group = next((key[:depth] for depth in range(len(key), 0, -1) if key[:depth] in self.level), None)
            if group is None:
                rows.append((np.nan, np.nan, 0, 0))
            else:
                rows.append((self.level[group], self.spread[group], self.creators[group], len(group)))
        table = np.array(rows, dtype=np.float64).reshape(-1, 4)[back]
        return table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64)

    def to_rows(self) -> list[dict[str, Any]]:
        """One plain dict a group, for the snapshot."""
        return [
            {"key": list(key), "level": level, "spread": self.spread[key], "creators": self.creators[key]}
            for key, level in self.level.items()
        ]
