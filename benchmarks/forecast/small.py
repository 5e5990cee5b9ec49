"""Small tables: what is foretold where there are too few creators to learn from."""

from __future__ import annotations

from typing import Any

import numpy as np
from corpus import Corpus
from numpy.typing import NDArray

from matcher.signals.forecast import Prior, Series, Slots, fit_model
from matcher.signals.forecast.history import before_posts
from matcher.training.forecast_widths import widths

CREATORS = (1, 3, 10, 30, 100, 250, 400)
POSTS, MOST_TABLES, LEAST_SLOTS = 1500, 150, 100
SEED = 5


def small_tables(real: Corpus, target: str) -> list[dict[str, Any]]:
    """
    Coverage and width of the intervals by platform and number of creators.

    The widths are learned from half of the creators, the tables are drawn from the others.
    """
    series, slots = real.series[target], real.slots
    learned = _part(slots, series, np.flatnonzero(slots.creator % 2 == 0))
    table = widths(*learned, real.platforms)
    posts = np.bincount(series.slot, minlength=len(slots))
    rows = []
    for code, platform in enumerate(real.platforms):
        able = np.flatnonzero((slots.keys[:, 0] == code) & (posts >= 2) & (slots.creator % 2 == 1))
        priors = {
            "listed": Prior.of_data(table, real.platforms),
            "not listed": Prior.of_data(table, ["" for _ in real.platforms]),
        }
        for n in CREATORS:
            if len(able) >= max(n, LEAST_SLOTS):
                found = {name: _measured(slots, series, able, n, prior) for name, prior in priors.items()}
                rows.append(
                    {"target": target, "platform": platform, "creators": n}
                    | {f"{what}: {name}": value for what, own in found.items() for name, value in own.items()}
                )
    return rows


def _measured(slots: Slots, series: Series, able: NDArray[np.int64], n: int, prior: Prior) -> dict[str, float]:
    rng = np.random.default_rng(SEED)
    inside, half = [], []
    for _ in range(min(MOST_TABLES, max(1, POSTS // n))):
        own, posts = _part(slots, series, np.sort(rng.choice(able, n, replace=False)))
        last = np.flatnonzero(np.r_[posts.slot[1:] != posts.slot[:-1], True])
        known = np.ones(len(posts.slot), dtype=np.bool_)
        known[last] = False
        earlier = Series(posts.slot[known], posts.log[known], posts.at[known])
        model = fit_model(own, earlier, prior)
        history = before_posts(posts, last)
        low, _, high = model.foretell(own.keys[posts.slot[last]], history, own.followers[posts.slot[last]]).T
        inside.append((posts.log[last] >= low) & (posts.log[last] <= high))
        half.append((high - low) / 2)
    covered, factor = np.concatenate(inside).mean(), np.exp(np.median(np.concatenate(half)))
    return {"coverage": round(float(covered), 3), "factor": round(float(factor), 2)}


def _part(slots: Slots, series: Series, chosen: NDArray[np.int64]) -> tuple[Slots, Series]:
    """The slots `chosen` (ascending) and their posts, as a table of their own."""
    place = np.full(len(slots), -1)
    place[chosen] = np.arange(len(chosen))
    kept = place[series.slot] >= 0
    owner = np.unique(slots.creator[chosen], return_inverse=True)[1].astype(np.int64)
    own = Slots(owner, slots.keys[chosen], slots.followers[chosen])
    return own, Series(place[series.slot[kept]], series.log[kept], series.at[kept])
