"""Overlap of the creators of a group: from who comments where that is known of all of them, else by a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BriefError
from matcher.matching.entries import profiles
from matcher.records.overlap import Estimate, Overlap, OverlapMember, OverlapPair
from matcher.records.said import Said, Term, listed, say
from matcher.records.shortlist import Status
from matcher.retrieval.index import Index
from matcher.signals.overlap import Reach, Sketches, expected_reach, sketched_reach

MOST = 100
"""Creators of one group; the pairs grow with the square."""
FEW = 30
"""Commenters under which a creator's numbers are said to be thin."""
_EXACT = say("counted exactly")
_ESTIMATED = say("low and high hold the true number 19 times in 20")
_MODELLED = say(
    "Nobody is known by name: followers, spread over countries by each audience, are taken for random draws from the"
    " people of a country. Low and high are as different, and as much the same, as these followers can be at all."
)


def overlap(index: Index, creator_ids: Sequence[str]) -> Overlap:
    """The overlap of two or more creators; raises UnknownCreator and BriefError."""
    ids = tuple(dict.fromkeys(creator_ids))
    if not 2 <= len(ids) <= MOST:
        raise BriefError(say("overlap is told of 2 to {most} different creators; {n} given", most=MOST, n=len(ids)))
    rows = np.array([index.creator_row(creator_id) for creator_id in ids], dtype=np.int64)
    commenters = Sketches(*index.commenter_sketches)
    counted, modelled = commenters.known(rows), index.creators.followers[rows] > 0
    warnings: list[Said] = []
    if counted.all():
        warnings += _of_commenters(index, rows, ids)
        reach = sketched_reach([commenters.read(int(row)) for row in rows])
        exact = bool((reach.people[:, 1] == reach.people[:, 2]).all() and reach.together[1] == reach.together[2])
        note = say(
            "People who commented on the posts that were read, without the creators themselves; {precision}. Commenters"
            " are a small and eager part of an audience: the shares carry over to it better than the numbers.",
            precision=_EXACT if exact else _ESTIMATED,
        )
        return _answer(index, ids, rows, reach, "commenters", "measured", note, warnings)
    if counted.any():
        unknown = _listed(ids, ~counted)
        warnings.append(say("Who comments is not known of {creators}: followers are taken for all.", creators=unknown))
    elif not commenters.octets.size:
        warnings.append(
            say("The index knows nobody who comments: it was made without a comments table that names authors.")
        )
    if modelled.any() and not modelled.all():
        warnings.append(say("Followers are not known of {creators}: left out.", creators=_listed(ids, ~modelled)))
    if modelled.sum() < 2:
        note = say("Neither commenters nor followers are known of two of these creators.")
        return Overlap(index.manifest.snapshot_id, ids, None, "absent", None, None, (), (), note, tuple(warnings))
    rows = rows[modelled]
    reach = expected_reach(index.creators.followers[rows].astype(np.float64), *_spread(index, rows))
    return _answer(index, ids, rows, reach, "followers", "estimated", _MODELLED, warnings)


def _of_commenters(index: Index, rows: NDArray[np.int64], ids: tuple[str, ...]) -> list[Said]:
    """What to know before reading numbers of commenters."""
    thin = index.creators.commenter_count[rows] < FEW
    found: list[Said] = []
    if thin.any():
        those = _listed(ids, thin)
        found.append(say("Fewer than {few} people who comment are known of {creators}.", few=FEW, creators=those))
    if len(np.unique(index.creators.platform[rows])) > 1:
        found.append(say("The creators are on several platforms: the same person cannot be recognised across them."))
    return found


def _listed(ids: tuple[str, ...], chosen: NDArray[np.bool_]) -> Said:
    names = [Term(creator_id, "creator") for creator_id, one in zip(ids, chosen.tolist(), strict=True) if one]
    first = listed(names[:5])
    return first if len(names) <= 5 else say("{names} and {more} more", names=first, more=len(names) - 5)


def _spread(index: Index, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares [m, countries + 1] of the followers of creators, and the most followers anybody has in each country."""
    columns, n = index.creators, len(index.vocabularies["countries"])
    cells = np.full(len(index.vocabularies["cells"]), -1, dtype=np.int64)
    for code, (facet, segment) in enumerate(index.vocabularies["cells"]):
        if facet == "country":
            cells[code] = index.vocabularies.code("countries", segment)
            cells[code] = n if cells[code] < 0 else cells[code]
    everyone = np.arange(len(columns))
    followers = np.nan_to_num(columns.followers).astype(np.float64)
    country = cells[columns.audience_cell]
    owner, share = index.owners("audience")[country >= 0], columns.audience_share[country >= 0]
    country = country[country >= 0]
    stated = np.bincount(owner, weights=share, minlength=len(columns))
    best = np.zeros(n + 1)
    np.maximum.at(best, country, followers[owner] * share / np.maximum(stated[owner], 1e-9))
    unstated = everyone[stated == 0]
    np.maximum.at(best, columns.market[unstated], followers[unstated])  # a market of -1 is the last, unknown one
    spread = np.zeros((len(rows), n + 1))
    for place, row in enumerate(rows.tolist()):
        if stated[row] > 0:
            span = owner == row
            np.add.at(spread[place], country[span], share[span] / stated[row])
        else:
            spread[place, columns.market[row]] = 1.0
    return spread, best


def _answer(
    index: Index, ids: tuple[str, ...], rows: NDArray[np.int64], reach: Reach, basis: str, status: Status, note: Said,
    warnings: list[Said],
) -> Overlap:  # fmt: skip
    who = profiles(index, rows.tolist())
    members = tuple(
        OverlapMember(
            people=_estimate(reach.people[i]),
            alone=_estimate(reach.alone[i]),
            shared=_rest(reach.people[i], reach.alone[i]),
            alone_share=_part(reach.alone[i, 0], reach.people[i, 0]),
            **own,
        )
        for i, own in enumerate(who)
    )
    pairs = tuple(
        OverlapPair(
            first=who[i]["creator_id"],
            second=who[j]["creator_id"],
            shared=_estimate(reach.shared[i, j]),
            share_of_first=_part(reach.shared[i, j, 0], reach.people[i, 0]),
            share_of_second=_part(reach.shared[i, j, 0], reach.people[j, 0]),
        )
        for i in range(len(rows))
        for j in range(i + 1, len(rows))
    )
    total, together = _estimate(reach.people.sum(axis=0)), _estimate(reach.together)
    return Overlap(
        index.manifest.snapshot_id, ids, basis, status, total, together, members, pairs, note, tuple(warnings)
    )


def _estimate(values: Any) -> Estimate:
    value, low, high = (round(float(v), 1) for v in values)
    return Estimate(value, low, high)


def _rest(people: NDArray[np.float64], alone: NDArray[np.float64]) -> Estimate:
    """People less those of the one creator alone; the ends are those of the part that is taken away."""
    value, low, high = people[0] - alone[0], people[0] - alone[2], people[0] - alone[1]
    return _estimate((max(value, 0.0), max(low, 0.0), max(high, 0.0)))


def _part(part: float, whole: float) -> float | None:
    return round(min(float(part) / float(whole), 1.0), 6) if whole > 0 else None
