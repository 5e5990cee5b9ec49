"""
What reach and reactions count for where they may not be genuine.

Bought followers are nobody that a brief wants to reach, and bought reactions say nothing: so an audience counts by the
share of it that is genuine, and engagement as far as it is likely to be. Both only ever lower a value. Authenticity
does so by what is sure, at the upper end of its interval, and nobody is lowered for what is usual. The share of an
audience is one of people who can be reached, so it lowers everybody's value, by the usual share where it is not known:
nobody gains by hiding it. What is assumed of cheats is data (data/authenticity.json).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]


def believed(authenticity: NDArray[Any]) -> Floats:
    """How far reactions [n] are believed, 0 to 1: how likely they are genuine at most, over what all creators are."""
    usual = 1.0 / (1.0 + np.exp(float(trade_data("authenticity")["model"]["prior"])))
    return np.asarray(np.clip(np.nan_to_num(authenticity, nan=1.0) / usual, 0.0, 1.0), dtype=np.float64)


def genuine_share(credibility: NDArray[Any], authenticity: NDArray[Any], usual: float) -> Floats:
    """
    The share of the audiences of n creators that counts as genuine.

    What is known of it, else the `usual` share of creators of whom it is known; never more than the probability of
    cheating leaves: of the followers of a cheat a part is expected to be bought, whatever is stated of them.
    """
    share = np.where(np.isnan(credibility), usual, credibility)
    bought = 1.0 - float(trade_data("authenticity")["genuine_share_of_a_cheat"])
    return np.asarray(np.minimum(share, 1.0 - bought * (1.0 - believed(authenticity))), dtype=np.float64)
