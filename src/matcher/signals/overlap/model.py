"""
Overlap where nobody is known by name: a model, and bounds that hold whatever the people do.

The followers of a creator are spread over countries by its audience. Within a country a creator's followers are taken
for a random draw from one pool of people, so that of two creators with a and b followers out of P, a·b/P are shared.
Creators who are alike share more than that, creators who are not share less. The pool of a country is what its
best-known creator has, over the share of people whom such a one reaches (data/overlap.json). Low and high are the
Fréchet bounds: as different, and as much the same, as these numbers of followers can be at all. They do not depend on
the pool.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.signals.overlap.reach import Reach
from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]


def expected_reach(followers: Floats, spread: Floats, best_known: Floats) -> Reach:
    """
    The reach of m creators with `followers` [m], of whom the shares `spread` [m, c] live in each of c countries.

    `best_known` [c] is the largest number of followers that any creator has in a country.
    """
    own = followers[:, None] * spread
    pool = np.maximum(best_known, own.max(axis=0)) / trade_data("overlap")["best_known_share"]
    chance = np.divide(own, pool, out=np.zeros_like(own), where=pool > 0)
    m = len(followers)
    others = [np.delete(np.arange(m), i) for i in range(m)]
    alone = [
        [
            float((own[i] * np.prod(1 - chance[rest], axis=0)).sum()),
            float(np.maximum(own[i] - own[rest].sum(axis=0), 0).sum()),
            float(own[i].sum()),
        ]
        for i, rest in enumerate(others)
    ]
    shared = np.zeros((m, m, 3))
    shared[..., 0] = own @ chance.T
    shared[..., 2] = np.minimum(own[:, None], own[None]).sum(axis=2)
    people = np.repeat(own.sum(axis=1)[:, None], 3, axis=1)
    shared[np.arange(m), np.arange(m)] = people
    together = [
        float((pool * (1 - np.prod(1 - chance, axis=0))).sum()),
        float(own.max(axis=0, initial=0).sum()),
        float(own.sum()),
    ]
    return Reach(people, np.array(together), np.array(alone), shared)
