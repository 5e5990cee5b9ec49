"""
The share of fake accounts among a creator's followers or commenters, from profiles of some of them.

A classifier errs both ways, so the share of profiles that it calls fake is corrected by what it finds of the fakes
(sensitivity) and leaves of the genuine (specificity): (p + specificity − 1) / (sensitivity + specificity − 1), Rogan &
Gladen 1978. The interval takes in the sampling of the profiles (Jeffreys) and of the two rates (delta method).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.accounts import fake_probability
from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]
FAKE_AT = 0.5
LEAST_PROFILES = 20
"""A share is said from so many profiles on."""


@dataclass(frozen=True, slots=True)
class FakeShares:
    """Of n creators; NaN where too few profiles are known."""

    share: Floats
    low: Floats
    """Lower end of the 90 % interval."""
    high: Floats
    profiles: NDArray[np.int32]


def fake_shares(creator: NDArray[np.int64], profiles: dict[str, Floats], n: int) -> FakeShares:
    """Shares of n creators from m profiles; `creator` int64 [m] is the row that each belongs to."""
    called = fake_probability(profiles) >= FAKE_AT
    seen = np.bincount(creator, minlength=n)
    found = np.bincount(creator[called], minlength=n)
    return corrected(found, seen)


def corrected(found: NDArray[np.int64], seen: NDArray[np.int64]) -> FakeShares:
    """Shares from `found` fakes among `seen` profiles, int64 [n] each."""
    from scipy.special import betaincinv  # late: only a reindex comes here

    rates = trade_data("fake_accounts")["rates"]
    hits, misses = rates["fakes_found"], rates["fakes"] - rates["fakes_found"]
    passed, alarms = rates["genuine"] - rates["false_alarms"], rates["false_alarms"]
    sensitivity, specificity = hits / rates["fakes"], passed / rates["genuine"]
    youden = sensitivity + specificity - 1.0
    enough = seen >= LEAST_PROFILES
    p = np.divide(found, seen, out=np.full(len(seen), np.nan), where=enough)
    share = (p + specificity - 1.0) / youden
    bounds = []
    for quantile, sign in ((0.05, -1.0), (0.95, 1.0)):
        end = (betaincinv(found + 0.5, seen - found + 0.5, quantile) + specificity - 1.0) / youden
        of_rates = (
            share**2 * hits * misses / rates["fakes"] ** 3 + (1 - share) ** 2 * passed * alarms / rates["genuine"] ** 3
        )
        reach = np.hypot(end - share, 1.645 * np.sqrt(of_rates) / youden)
        bounds.append(np.clip(share + sign * reach, 0.0, 1.0))
    return FakeShares(np.clip(share, 0.0, 1.0), bounds[0], bounds[1], seen.astype(np.int32))
