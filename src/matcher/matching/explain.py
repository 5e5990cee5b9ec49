"""Explain: why a creator stands where it stands, which filter took it out, and what would bring it in."""

from __future__ import annotations

import numpy as np

from matcher.matching.answer import answer
from matcher.matching.changes import changes_to_enter, rooms
from matcher.matching.entries import cautions_of, contributions, evidence, profiles, total
from matcher.matching.forecasts import forecasts_of
from matcher.matching.query import Query
from matcher.matching.scoring import score_creators
from matcher.matching.words import found as found_of
from matcher.matching.words import wanted
from matcher.records.explanation import Change, Explanation, FailedFilter
from matcher.records.said import SEMICOLONS, Said, Term, listed, say
from matcher.retrieval.index import Index
from matcher.signals.authenticity.words import authenticity_of


def explain(index: Index, query: Query, row: int) -> Explanation:
    """The explanation for one creator row and a query."""
    found = answer(index, query)
    k = query.brief.k
    failed = tuple(
        FailedFilter(step, wanted(query.brief, step), found_of(index, row, query.brief, step))
        for step, bitmap in found.filtered.steps.items()
        if not bitmap[row]
    )
    rows = np.union1d(found.scored.rows, [row])
    scored = score_creators(index, query, found.hits, rows) if len(rows) > len(found.scored.rows) else found.scored
    at = scored.position(row)
    [parts] = contributions(scored, [at])
    others = found.order[found.scored.rows[found.order] != row]
    last = None if len(others) < k else total(contributions(found.scored, [int(others[k - 1])])[0])
    order = scored.order()
    rank = None if failed else int(np.flatnonzero(order == at)[0]) + 1
    candidate = bool(np.isin(row, found.scored.rows))
    inside = candidate and rank is not None and rank <= k
    score = total(parts)
    changes = () if last is None or score >= last else changes_to_enter(parts, rooms(scored, at), last - score)
    [who] = profiles(index, [row])
    return Explanation(
        brief_id=query.brief.brief_id,
        snapshot_id=index.manifest.snapshot_id,
        creator_id=who["creator_id"],
        display_name=who["display_name"],
        in_shortlist=inside,
        rank=rank,
        score=score,
        score_to_enter=last,
        failed_filters=failed,
        contributions=parts,
        changes=changes,
        evidence=evidence(index, scored, [at])[0],
        cautions=cautions_of(index, [row])[0],
        forecasts=forecasts_of(index, row),
        verdict=_verdict(k, rank, score, last, failed, changes, candidate),
        warnings=(*query.warnings, *found.filtered.warnings, *found.topic_warnings),
        authenticity=authenticity_of(index.creators, row),
    )


def _verdict(
    k: int, rank: int | None, score: float, last: float | None, failed: tuple[FailedFilter, ...],
    changes: tuple[Change, ...], candidate: bool,
) -> Said:  # fmt: skip
    if failed:
        reasons = listed(
            (
                say(
                    "{step} asks for {wanted}, found {found}",
                    step=Term(f.step, "place"),
                    wanted=f.wanted,
                    found=f.found,
                )
                for f in failed
            ),
            SEMICOLONS,
        )
        if last is None or score >= last:
            return say("Out: {reasons}. Its score, {score:.3f}, would be enough.", reasons=reasons, score=score)
        return say("Out: {reasons}. Its score, {score:.3f}, would not be enough.", reasons=reasons, score=score)
    if not candidate and (last is None or score >= last):
        return say(
            "Out: neither meaning nor words brought it among the candidates; with {score:.3f} it would stand at place "
            "{rank}. Where a must leaves few creators, all of them are scored.",
            score=score,
            rank=rank,
        )
    if rank is not None and rank <= k:
        return say("In, at place {rank} of {k} with {score:.3f}.", rank=rank, k=k, score=score)
    easiest = next((change for change in changes if change.needed is not None), None)
    stands = {"rank": rank, "score": score, "k": k, "last": last}
    if easiest is None:
        return say(
            "Out: place {rank} with {score:.3f}, the last of the {k} has {last:.3f}. No single signal could bring it "
            "in.",
            **stands,
        )
    return say(
        "Out: place {rank} with {score:.3f}, the last of the {k} has {last:.3f}. What would bring it in: {way}.",
        way=easiest.detail,
        **stands,
    )
