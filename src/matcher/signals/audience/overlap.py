"""
Audience overlap: does this creator reach the people that the brief is for?

Per facet that the brief targets, the reached mix is compared with the wanted one by the Bhattacharyya coefficient
(Bhattacharyya 1943): 1 = the same mix, 0 = nobody in common, and the root of the target share where one segment is
wanted, so that the step from none to some counts for more than that from most to all. The facets are combined by
geometric mean, so that a facet that fails cannot hide behind one that fits. Where an audience record has joint cells of
age × gender, they take the place of the two marginals, whose product is what independence would make of them. What
the marginals leave open is bounded by the audiences that have joint cells (`dependence.py`), and its half widths are
added to those of the count as independent errors are, by the root of the sum of squares.

The angle arccos V of a coefficient V between counted shares and a fixed mix has a standard deviation of 1 / 2√(n + 1)
for n people, whatever the mix (the square root stabilises the variance of counts): that gives the interval.

Of an audience of which a share g is genuine only that share can be reached: each share of the mix is g times what was
counted, and the coefficient √g times what it would be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.records import Shares
from matcher.signals.audience.cells import AudienceCells, Floats, Reached, ReachedAudience
from matcher.signals.audience.dependence import JOINT_FACET, JointTables, room_of, room_used
from matcher.signals.audience.words import JointWords, audience_note
from matcher.signals.opinion import Opinion

Z_90 = 1.645
"""Half the width of a 90 % interval, in standard deviations."""
_LEAST = 1e-4


def audience_overlap(
    rows: NDArray[np.int64],
    target: Mapping[str, Shares],
    audience: AudienceCells,
    prior: NDArray[np.float32],
    cells: list[tuple[str, str]],
    strengths: Mapping[str, float],
    expected: Mapping[str, Floats] | None = None,
    placed: NDArray[np.bool_] | None = None,
    genuine: Floats | None = None,
    tables: JointTables | None = None,
) -> Opinion:
    """
    The audience signal of creator rows [n] for a target (facet → shares that sum to 1) of at least one facet.

    `audience` is of the whole snapshot, `prior` float32 [n, cells] of the rows asked for, `strengths` facet → people.
    `expected` may say of a facet what the prior does not know: float64 [n, segments]. `placed` bool [n] says of whom
    the market is known; without a record the audience of the others is absent, theirs is estimated. `genuine` [n] is
    the share of each audience that counts as genuine, all of it by default. `tables` are the audiences with joint cells
    that marginals alone are understood by.
    """
    audiences = ReachedAudience(rows, audience, prior, cells, strengths)
    reached = {f: audiences.facet(f, list(wanted), (expected or {}).get(f)) for f, wanted in target.items()}
    values = {facet: facet_value(reached[facet].shares, wanted) for facet, wanted in target.items()}
    bounds = {
        facet: reaching(interval(values[facet], reached[facet].people), reached[facet], target[facet])
        for facet in target
    }
    share, coverage = _share_and_coverage(target, reached)
    joint: _Joint | None = None
    if {"age", "gender"} <= target.keys():
        joint = _joint(audiences, target, reached, bounds, tables)
        rest = {facet: wanted for facet, wanted in target.items() if facet not in ("age", "gender")}
        other_share, other_coverage = _share_and_coverage(rest, reached)
        share = np.where(joint.known, joint.share * other_share, share)
        coverage = np.where(joint.known, joint.coverage * other_coverage, coverage)
        for part in ("age", "gender"):
            values[part] = np.where(joint.known, np.sqrt(joint.value), values[part])
            bounds[part] = np.sqrt(joint.bounds)
    known = np.logical_or.reduce([found.known for found in reached.values()])
    guess = np.where(placed, 1, 0) if placed is not None else np.zeros(len(rows))
    status = np.where(known, audience.status[rows], guess).astype(np.int8)
    low, high = (_mean([bounds[facet][side] for facet in target]) for side in (0, 1))
    told = (
        None if joint is None else JointWords(joint.known, joint.cells, joint_target(target["age"], target["gender"]))
    )
    real = np.ones(len(rows)) if genuine is None else genuine
    note = audience_note(target, reached, audience.sample[rows], known, status, share, coverage, real, told)
    figures = {"target_share": share, "coverage": coverage, "genuine": real}
    value, low, high = (np.sqrt(real) * each for each in (_mean(list(values.values())), low, high))
    return Opinion("audience", value, status, note, low, high, figures=figures, most=np.sqrt(real))


def share_in(
    rows: NDArray[np.int64],
    facet: str,
    wanted: list[str],
    audience: AudienceCells,
    prior: NDArray[np.float32],
    cells: list[tuple[str, str]],
    strengths: Mapping[str, float],
) -> Floats:
    """The share of the audience of creator rows [n] in any of the wanted segments of a facet, float64 [n], shrunk."""
    reached = ReachedAudience(rows, audience, prior, cells, strengths).facet(facet, wanted)
    return np.asarray(reached.shares.sum(axis=1).clip(0.0, 1.0), dtype=np.float64)


def facet_value(shares: Floats, wanted: Shares) -> Floats:
    """Bhattacharyya coefficients Σ √(share × wanted), float64 [n], of shares [n, segments] with the wanted mix."""
    mix = np.array(list(wanted.values()))
    return np.asarray(np.clip(np.sqrt(shares * mix).sum(axis=1), 0.0, 1.0), dtype=np.float64)


def interval(value: Floats, people: Floats) -> Floats:
    """90 % intervals float64 [2, n] of coefficients [n] that rest on so many people [n]."""
    angle, half = np.arccos(value), Z_90 / (2 * np.sqrt(people + 1))
    return np.cos(np.clip(np.stack([angle + half, angle - half]), 0, np.pi / 2))


def reaching(bounds: Floats, reached: Reached, wanted: Shares) -> Floats:
    """
    Intervals float64 [2, n] widened, where a record is known, to the coefficient of the shares as they were counted.

    Shrinkage draws an audience that is all of one kind away from where it is, further than its sample would allow.
    """
    counted = facet_value(reached.counted, wanted)
    wide = np.stack([np.minimum(bounds[0], counted), np.maximum(bounds[1], counted)])
    return np.where(reached.known, wide, bounds)


def joint_target(age: Shares, gender: Shares) -> Shares:
    """The wanted mix of age × gender from its two marginals, taken as independent."""
    return {f"{a}|{g}": x * y for a, x in age.items() for g, y in gender.items()}


class _Joint(NamedTuple):
    """Age × gender of n creators: as joint cells say, and what two marginals leave open."""

    known: NDArray[np.bool_]
    bounds: Floats
    """float64 [2, n]: interval of the coefficient of both together, from joint cells or from marginals."""
    value: Floats
    """float64 [n]: coefficient of the joint cells; its root stands for each of the two facets."""
    cells: Floats
    """float64 [n, cells]: share of the audience in each wanted cell."""
    share: Floats
    """float64 [n]: in all of them."""
    coverage: Floats
    """float64 [n]: how much of the wanted mix they make up."""


def _joint(
    audiences: ReachedAudience,
    target: Mapping[str, Shares],
    reached: Mapping[str, Reached],
    bounds: Mapping[str, Floats],
    tables: JointTables | None,
) -> _Joint:
    mix = joint_target(target["age"], target["gender"])
    found = audiences.facet(JOINT_FACET, list(mix))
    if not audiences.has(JOINT_FACET):
        found = found._replace(known=np.zeros_like(found.known))
    value = facet_value(found.shares, mix)
    of_cells = reaching(interval(value, found.people), found, mix)
    room = room_of(reached["age"].shares, reached["gender"].shares, target["age"], target["gender"])
    used = (-1.0, 1.0) if tables is None else room_used(tables, target["age"], target["gender"])
    errors = np.stack([bounds["age"] * bounds["gender"], room.within(used)]) - room.independent
    of_marginals = room.independent + np.array([[-1.0], [1.0]]) * np.sqrt((errors**2).sum(axis=0))
    return _Joint(
        known=found.known,
        bounds=np.where(found.known, of_cells, of_marginals.clip(0, 1)),
        value=value,
        cells=found.shares,
        share=found.shares.sum(axis=1).clip(0, 1),
        coverage=np.minimum(found.shares, list(mix.values())).sum(axis=1),
    )


def _share_and_coverage(target: Mapping[str, Shares], reached: Mapping[str, Reached]) -> tuple[Floats, Floats]:
    """
    Target share and coverage, float64 [n] each, over facets taken as independent.

    The share of the audience that is wanted, and the part of the wanted mix that the audience makes up: per facet the
    sum of the smaller of reached and wanted shares.
    """
    n = len(next(iter(reached.values())).known)
    share, coverage = np.ones(n), np.ones(n)
    for facet, wanted in target.items():
        found = reached[facet].shares
        share = share * found.sum(axis=1).clip(0, 1)
        coverage = coverage * np.minimum(found, list(wanted.values())).sum(axis=1)
    return share, coverage


def _mean(values: list[Floats]) -> Floats:
    """Geometric mean over facets."""
    return np.asarray(np.exp(np.mean([np.log(np.maximum(value, _LEAST)) for value in values], axis=0)))
