"""The usual widths learned from creators whose habits are known."""

import numpy as np

from matcher.signals.forecast import Series, Slots
from matcher.signals.forecast.prior import STEPS
from matcher.training.forecast_widths import widths


def test_widths_are_those_of_the_posts_around_the_median_before() -> None:
    """Two platforms, one twice as wild; the third has too few creators and takes the widest."""
    rng = np.random.default_rng(1)
    creators = 840
    posts = 1 + np.arange(creators) % 30
    platform = np.arange(creators) % 2
    platform[:20] = 2
    slot = np.repeat(np.arange(creators), posts)
    log = 20.0 + rng.normal(scale=0.3, size=creators)[slot] + rng.normal(size=len(slot)) * (1.0 + platform[slot])
    keys = np.zeros((creators, 5), np.int64)
    keys[:, 0] = platform
    slots = Slots(np.arange(creators), keys, np.full(creators, np.nan))
    found = widths(slots, Series(slot, log, np.arange(float(len(slot)))), ["calm", "wild", "new"])
    assert list(found) == ["calm", "other", "wild"]
    for name, scale in (("calm", 1.0), ("wild", 2.0)):
        for end in ("below", "above"):
            assert abs(found[name][end][STEPS.index(20)] - 1.645 * scale) < 0.25 * scale
            assert found[name][end] == sorted(found[name][end], reverse=True)
    assert found["other"] == found["wild"]
