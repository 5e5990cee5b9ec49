"""
Is this account a real person? A probability from the numbers of its profile.

An additive logistic model: each feature is a sum of ramps between knots, all of one sign, so the probability moves
one way with every number (fewer followers, posts, letters: more likely bought). A number that is not known counts as it
does on average. Made by scripts/train_fake_accounts.py; knots and weights are data (data/fake_accounts.json).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]
YEAR_DAYS = 365.25


def fake_probability(profiles: dict[str, Floats]) -> Floats:
    """
    Probability float64 [n] that each of n accounts is fake, at even odds before anything is known.

    `profiles` are the columns of the table `accounts` as float64 [n], NaN where not known; `age_years`, not a time.
    """
    model = trade_data("fake_accounts")
    logit = np.full(len(profiles["followers"]), float(model["intercept"]))
    for name, values in features(profiles).items():
        part = model["features"][name]
        known = ~np.isnan(values)
        logit[~known] += part["usual"]
        logit[known] += ramps(values[known], np.array(part["knots"])) @ np.array(part["weights"])
    return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def features(profiles: dict[str, Floats]) -> dict[str, Floats]:
    """What the model looks at, float64 [n] each: counts as log(1 + count), NaN where not known."""
    known: dict[str, Any] = {name: np.asarray(values, dtype=np.float64) for name, values in profiles.items()}
    nothing = np.full(len(known["followers"]), np.nan)
    followers, following = np.log1p(known["followers"]), np.log1p(known.get("following", nothing))
    return {
        "followers": followers,
        "following_to_followers": following - followers,
        "media_count": np.log1p(known.get("media_count", nothing)),
        "bio_length": known.get("bio_length", nothing),
        "has_picture": known.get("has_picture", nothing),
        "has_url": known.get("has_url", nothing),
        "handle_digits": known.get("handle_digits", nothing),
        "age_years": known.get("age_years", nothing),
    }


def ramps(values: Floats, knots: Floats) -> Floats:
    """Float64 [n, knots − 1]: how far each value has come from one knot to the next, 0 to 1."""
    return np.asarray(np.clip((values[:, None] - knots[:-1]) / np.diff(knots), 0.0, 1.0))
