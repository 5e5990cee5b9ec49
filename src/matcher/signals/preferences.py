"""
Preferences: which of the brief's `should` conditions a creator meets. Met ones help, unmet ones exclude nobody.

Where nothing is known of what a condition asks, it counts as it does for creators in general: neither met nor unmet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.signals.opinion import Opinion


class Preference(NamedTuple):
    """One condition over n creators."""

    met: NDArray[np.bool_]
    known: NDArray[np.bool_]
    """bool [n]: whether the creator's data say anything about it."""
    usual: float
    """The share of the snapshot's creators, of whom it is known, that meet it."""


def preferences(asked: dict[str, Preference]) -> Opinion:
    """The share of conditions met by n creators; at least one condition."""
    names = [name.replace("_", " ") for name in asked]
    met, known = np.stack([p.met for p in asked.values()]), np.stack([p.known for p in asked.values()])
    usual = np.array([preference.usual for preference in asked.values()])
    value = np.where(known, met, usual[:, None]).mean(axis=0)

    def note(i: int) -> str:
        groups = {
            "": [name for name, yes in zip(names, met[:, i], strict=True) if yes],
            "not ": [n for n, yes, sure in zip(names, met[:, i], known[:, i], strict=True) if sure and not yes],
            "not known: ": [name for name, sure in zip(names, known[:, i], strict=True) if not sure],
        }
        said = "; ".join(f"{how}{', '.join(which)}" for how, which in groups.items() if which)
        return f"Meets {len(groups[''])} of {len(names)} preferences: {said}."

    return Opinion("preferences", value, np.where(known.any(axis=0), 3, 0).astype(np.int8), note)
