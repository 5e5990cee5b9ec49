"""
Preferences: which of the brief's `should` conditions a creator meets. Met ones help, unmet ones exclude nobody.

Where nothing is known of what a condition asks, it counts as it does for creators in general: neither met nor unmet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records.said import SEMICOLONS, Said, Term, listed, say
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
    names = [Term(name.replace("_", " "), "condition") for name in asked]
    met, known = np.stack([p.met for p in asked.values()]), np.stack([p.known for p in asked.values()])
    usual = np.array([preference.usual for preference in asked.values()])
    value = np.where(known, met, usual[:, None]).mean(axis=0)

    told: dict[bytes, Said] = {}

    def note(i: int) -> Said:
        """Few creators differ in which conditions they meet: each note is worded once."""
        key = met[:, i].tobytes() + known[:, i].tobytes()
        if key not in told:
            told[key] = worded(i)
        return told[key]

    def worded(i: int) -> Said:
        yes = [name for name, meets in zip(names, met[:, i], strict=True) if meets]
        no = [n for n, meets, sure in zip(names, met[:, i], known[:, i], strict=True) if sure and not meets]
        unknown = [name for name, sure in zip(names, known[:, i], strict=True) if not sure]
        groups = [
            *([listed(yes)] if yes else []),
            *([say("not {conditions}", conditions=listed(no))] if no else []),
            *([say("not known: {conditions}", conditions=listed(unknown))] if unknown else []),
        ]
        which = listed(groups, SEMICOLONS)
        return say("Meets {met} of {n} preferences: {which}.", met=len(yes), n=len(names), which=which)

    return Opinion("preferences", value, np.where(known.any(axis=0), 3, 0).astype(np.int8), note)
