"""The audience that is expected of a creator before any record is seen: that of its platform × market × topic."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.signals.audience.cells import AudienceCells
from matcher.signals.distinct import distinct_rows

HOME_SHARE = 0.7
"""Share of an audience that is expected in the creator's own market, before any record is seen."""
PRIOR_RECORDS = 5.0
"""Records that this expectation is worth against those of a platform × market, and theirs against those of a topic."""
LEAST_TOPIC_RECORDS = 5
"""A topic has an expectation of its own from so many records on."""


def prior_shares(
    audience: AudienceCells,
    group: NDArray[np.int64],
    n_groups: int,
    cells: list[tuple[str, str]],
    home: NDArray[np.int64],
) -> NDArray[np.float32]:
    """
    What is expected of a creator of each group (platform × market) without a record: shares [n_groups, cells].

    The mean over the group's records, pulled towards the mean over all records by PRIOR_RECORDS; for countries, towards
    HOME_SHARE in the group's own country, whose cell is `home` [n_groups] (-1 for none). A facet that no record has
    is uniform over its known segments.
    """
    facets = [facet for facet, _ in cells]
    owner = np.repeat(np.arange(len(audience.start) - 1), np.diff(audience.start))
    sums = np.zeros((n_groups, len(cells)))
    np.add.at(sums, (group[owner], audience.cell), audience.share)
    prior = np.zeros((n_groups, len(cells)))
    for facet in dict.fromkeys(facets):
        of_facet = np.array([name == facet for name in facets])
        counts = sums[:, of_facet].sum(axis=1, keepdims=True)
        total = sums[:, of_facet].sum(axis=0)
        base = np.repeat(
            (total / total.sum() if total.sum() > 0 else np.full(len(total), 1 / len(total)))[None], n_groups, 0
        )
        if facet == "country":
            base = _with_home(base, np.flatnonzero(of_facet), home)
        prior[:, of_facet] = (sums[:, of_facet] + PRIOR_RECORDS * base) / (counts + PRIOR_RECORDS)
    return prior.astype(np.float32)


def topic_priors(
    audience: AudienceCells,
    prior: NDArray[np.float32],
    group: NDArray[np.int64],
    topic: NDArray[np.int64],
    cells: list[tuple[str, str]],
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """
    Priors with a row more for every topic of a platform × market that has records enough, and the row of each creator.

    `prior` [groups, cells] and `group` [n] are those of platform × market, `topic` [n] the first category of each
    creator, -1 for none. The mean of a topic's records is pulled towards the prior of its group by PRIOR_RECORDS.
    """
    keys, of_key = distinct_rows(np.stack([group, topic], axis=1))
    records = np.bincount(of_key[np.diff(audience.start) > 0], minlength=len(keys))
    own = np.flatnonzero((records >= LEAST_TOPIC_RECORDS) & (keys[:, 1] >= 0))
    row = keys[:, 0].copy()
    row[own] = len(prior) + np.arange(len(own))
    owner = np.repeat(np.arange(len(audience.start) - 1), np.diff(audience.start))
    place = row[of_key[owner]] - len(prior)
    sums = np.zeros((len(own), len(cells)))
    np.add.at(sums, (place[place >= 0], audience.cell[place >= 0]), audience.share[place >= 0])
    base = prior[keys[own, 0]].astype(np.float64)
    facets = np.array([facet for facet, _ in cells], dtype=object)
    found = np.zeros_like(base)
    for facet in dict.fromkeys(facets.tolist()):
        of_facet = facets == facet
        counts = sums[:, of_facet].sum(axis=1, keepdims=True)
        found[:, of_facet] = (sums[:, of_facet] + PRIOR_RECORDS * base[:, of_facet]) / (counts + PRIOR_RECORDS)
    return np.concatenate([prior, found.astype(np.float32)]), row[of_key]


def _with_home(base: NDArray[Any], columns: NDArray[Any], home: NDArray[np.int64]) -> NDArray[Any]:
    """Base shares of countries with HOME_SHARE given to each group's own country."""
    mixed = base.copy()
    for row, cell in enumerate(home):
        at = np.flatnonzero(columns == cell)
        if len(at):
            mixed[row] *= 1 - HOME_SHARE
            mixed[row, at[0]] += HOME_SHARE
    return mixed
