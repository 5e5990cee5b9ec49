"""
How far age and gender hang together: what marginals leave open, as far as audiences with joint cells make use of it.

Marginals with coefficients A and G have a joint coefficient J between L and min(A, G) (Fréchet 1951), and AG where they
are independent. An audience with joint cells says where in that room it stands, u = (J - AG) / (min(A, G) - AG) above
independence and (J - AG) / (AG - L) below it, from -1 to 1. Of m such audiences the ranks of 5 and 95 % of m + 1 bound
the u of one more like them with a probability of 90 %, whatever its distribution (split conformal prediction: Vovk,
Gammerman & Shafer 2005). Fewer than 19 bound nothing: there the whole room stays open.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.signals.audience.cells import UNSAID_SAMPLE, AudienceCells, Floats
from matcher.snapshot import spans

JOINT_FACET = "age×gender"
"""Facet of joint cells; its segments are written "18-24|female"."""
REFERENCES = 1000
"""So many audiences with joint cells are learned from, spread evenly over the snapshot."""
LEAST_PEOPLE = UNSAID_SAMPLE
"""An audience counted on fewer people says more of the count than of itself."""
OUTSIDE = 0.05
"""Share of audiences that may lie outside on either side."""
_NOTHING = 1e-9


class JointTables(NamedTuple):
    """Audiences with joint cells of age × gender."""

    ages: tuple[str, ...]
    genders: tuple[str, ...]
    shares: Floats
    """float64 [m, ages, genders]: each audience sums to 1."""


class Room(NamedTuple):
    """The joint coefficients of n audiences of which only the marginals are known."""

    least: Floats
    """float64 [n]: the least that the marginals allow."""
    independent: Floats
    most: Floats

    def within(self, used: tuple[float, float]) -> Floats:
        """float64 [2, n]: from `used[0]` of the room below independence to `used[1]` of that above it."""
        below, above = min(used[0], 0.0), max(used[1], 0.0)
        low = self.independent + below * (self.independent - self.least)
        return np.stack([low, self.independent + above * (self.most - self.independent)])


def joint_tables(rows: NDArray[np.int64], audience: AudienceCells, cells: list[tuple[str, str]]) -> JointTables:
    """
    The joint cells of creator rows: of those counted on LEAST_PEOPLE or more, at most REFERENCES of them.

    Rows without joint cells are left out. `audience` is of the whole snapshot.
    """
    codes = [code for code, (facet, _) in enumerate(cells) if facet == JOINT_FACET]
    parts = [cells[code][1].split("|", 1) for code in codes]
    ages, genders = (tuple(dict.fromkeys(part[side] for part in parts)) for side in (0, 1))
    place = np.full(len(cells), -1)
    place[codes] = [ages.index(age) * len(genders) + genders.index(gender) for age, gender in parts]
    sample = audience.sample[rows]
    rows = rows[(sample <= 0) | (sample >= LEAST_PEOPLE)]
    rows = rows[np.linspace(0, max(len(rows) - 1, 0), min(REFERENCES, len(rows))).astype(np.int64)]
    counts = audience.start[rows + 1] - audience.start[rows]
    owner, at = np.repeat(np.arange(len(rows)), counts), spans(audience.start[rows], counts)
    own = place[audience.cell[at]]
    shares = np.zeros((len(rows), len(ages) * len(genders)))
    shares[owner[own >= 0], own[own >= 0]] = audience.share[at[own >= 0]]
    whole = shares.sum(axis=1)
    shares = shares[whole > 0] / whole[whole > 0, None]
    return JointTables(ages, genders, shares.reshape(len(shares), len(ages), len(genders)))


def room_used(tables: JointTables, age: Shares, gender: Shares) -> tuple[float, float]:
    """The part of the room, from -1 to 1, in which 90 % of audiences lie for a target; all of it where too few tell."""
    joint = _of(_of(tables.shares, 1, tables.ages, age), 2, tables.genders, gender)
    by_age = _of(tables.shares.sum(axis=2), 1, tables.ages, age)
    by_gender = _of(tables.shares.sum(axis=1), 1, tables.genders, gender)
    room, mix = room_of(by_age, by_gender, age, gender), np.outer(list(age.values()), list(gender.values()))
    found = np.sqrt(joint * mix).sum(axis=(1, 2))
    away = found - room.independent
    width = np.where(away >= 0, room.most - room.independent, room.independent - room.least)
    used = np.sort(np.clip(away / np.maximum(width, _NOTHING), -1.0, 1.0))
    low = int(np.floor((len(used) + 1) * OUTSIDE)) - 1
    return (float(used[low]), float(used[-1 - low])) if low >= 0 else (-1.0, 1.0)


def room_of(by_age: Floats, by_gender: Floats, age: Shares, gender: Shares) -> Room:
    """The room of audiences with shares [n, wanted ages] and [n, wanted genders]."""
    of_age, of_gender = np.array(list(age.values())), np.array(list(gender.values()))
    least = np.maximum(by_age[:, :, None] + by_gender[:, None, :] - 1, 0)
    a = np.sqrt(by_age * of_age).sum(axis=1).clip(0, 1)
    g = np.sqrt(by_gender * of_gender).sum(axis=1).clip(0, 1)
    return Room(np.sqrt(least * np.outer(of_age, of_gender)).sum(axis=(1, 2)), a * g, np.minimum(a, g))


def _of(shares: Floats, axis: int, names: tuple[str, ...], wanted: Shares) -> Floats:
    """The shares of the wanted segments along an axis; 0 of a segment that no table has."""
    padded = np.pad(shares, [(0, int(each == axis)) for each in range(shares.ndim)])
    return padded.take([names.index(name) if name in names else len(names) for name in wanted], axis=axis)
