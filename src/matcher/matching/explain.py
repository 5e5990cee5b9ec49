"""Explain: why a creator stands where it stands, which filter took it out, and what would bring it in."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.matching.answer import answer
from matcher.matching.entries import cautions_of, contributions, evidence, profiles, total
from matcher.matching.query import Query
from matcher.matching.scoring import DECIMALS, score_creators
from matcher.records.explanation import Change, Explanation, FailedFilter
from matcher.records.shortlist import Contribution
from matcher.retrieval.index import Index


def explain(index: Index, query: Query, row: int) -> Explanation:
    """The explanation for one creator row and a query."""
    found = answer(index, query)
    k = query.brief.k
    failed = tuple(
        FailedFilter(step, _wanted(query, step), _found(index, row, step))
        for step, bitmap in found.filtered.steps.items()
        if not bitmap[row]
    )
    rows = np.union1d(found.scored.rows, [row])
    scored = score_creators(index, query, found.hits, rows) if len(rows) > len(found.scored.rows) else found.scored
    at = scored.position(row)
    parts = contributions(scored, at)
    others = found.order[found.scored.rows[found.order] != row]
    last = None if len(others) < k else total(contributions(found.scored, int(others[k - 1])))
    order = scored.order()
    rank = None if failed else int(np.flatnonzero(order == at)[0]) + 1
    inside = rank is not None and rank <= k
    score = total(parts)
    changes = () if inside or last is None else _changes(parts, score, last)
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
        cautions=cautions_of(index, row),
        verdict=_verdict(k, rank, score, last, failed, changes),
        warnings=(*query.warnings, *found.filtered.warnings),
    )


def _changes(parts: tuple[Contribution, ...], score: float, last: float) -> tuple[Change, ...]:
    """Per signal the smallest value that would lift the creator to the last place of the shortlist, easiest first."""
    gap, changes = last - score, []
    for part in parts:
        needed = part.value + gap / part.weight if part.weight > 0 else None
        if needed is not None and needed <= 1.0:
            needed = round(max(needed, part.value), DECIMALS)
            detail = f"{part.signal} {part.value:.2f} → {needed:.2f}"
        else:
            needed, detail = None, f"{part.signal} alone cannot close the gap of {gap:.3f}"
        changes.append(Change(part.signal, part.value, needed, detail))
    return tuple(sorted(changes, key=lambda c: (c.needed is None, (c.needed or 0.0) - c.value)))


def _verdict(
    k: int, rank: int | None, score: float, last: float | None, failed: tuple[FailedFilter, ...],
    changes: tuple[Change, ...],
) -> str:  # fmt: skip
    if failed:
        reasons = "; ".join(f"{f.step} asks for {f.wanted}, found {f.found}" for f in failed)
        would = f" Its score, {score:.3f}, would" + (
            " be enough." if last is None or score >= last else " not be enough."
        )
        return f"Out: {reasons}.{would}"
    if rank is not None and rank <= k:
        return f"In, at place {rank} of {k} with {score:.3f}."
    easiest = next((change for change in changes if change.needed is not None), None)
    way = f" What would bring it in: {easiest.detail}." if easiest else " No single signal could bring it in."
    return f"Out: place {rank} with {score:.3f}, the last of the {k} has {last:.3f}.{way}"


def _wanted(query: Query, step: str) -> str:
    """A condition of the brief in words."""
    part, name = step.split(".")
    value = getattr(getattr(query.brief, part), name)
    if hasattr(value, "model_dump"):
        value = {key: f"{v:g}" if isinstance(v, float) else v for key, v in value.model_dump(exclude_none=True).items()}
        return ", ".join(f"{key} {v}" for key, v in value.items())
    if isinstance(value, dict):
        return ", ".join(f"{key} {v:g}" for key, v in value.items())
    if isinstance(value, tuple):
        words = " or ".join(map(str, value))
        return f"none of {words}" if part == "must_not" else words
    return str(value)


def _found(index: Index, row: int, step: str) -> str:
    """What a creator has where a condition looks."""
    columns, names = index.creators, index.vocabularies
    name = step.split(".")[1]
    [who] = profiles(index, [row])

    def number(value: Any, form: str) -> str:
        return "nothing known" if np.isnan(value) else format(float(value), form)

    lists = {
        "platforms": who["platforms"],
        "countries": (who["country"],) if who["country"] else (),
        "languages": tuple(names.in_bits("languages", int(columns.languages[row]))),
        "tiers": tuple(filter(None, [names.name("tiers", int(columns.tier[row]))])),
        "account_kinds": tuple(filter(None, [names.name("account_kinds", int(columns.account_kind[row]))])),
        "categories": tuple(
            names.name("categories", int(c))
            for c in columns.category[columns.category_start[row] : columns.category_start[row + 1]]
        ),
    }
    if name in lists:
        return ", ".join(lists[name]) or "nothing known"
    if name == "followers":
        return number(columns.followers[row], ",.0f")
    if name == "engagement_rate":
        return number(columns.engagement_rate[row], ".4f")
    if name == "credibility":
        return number(columns.credibility[row], ".2f")
    if name == "last_post_within_days":
        return number(index.days_since_post(row), ",.0f") + " days"
    if name == "price":
        span = slice(int(columns.price_start[row]), int(columns.price_start[row + 1]))
        prices = zip(columns.price_amount[span], columns.price_currency[span], strict=True)
        return ", ".join(f"{a:g} {names.name('currencies', int(c))}" for a, c in prices) or "no price known"
    if name == "audience_country":
        span = slice(int(columns.audience_start[row]), int(columns.audience_start[row + 1]))
        cells = [
            (names["cells"][c], s)
            for c, s in zip(columns.audience_cell[span], columns.audience_share[span], strict=True)
        ]
        shares = sorted(((s, c[1]) for c, s in cells if c[0] == "country"), reverse=True)[:3]
        return ", ".join(f"{segment} {share:.2f}" for share, segment in shares) or "no audience known"
    if name == "has_contact":
        return "a contact" if columns.has_contact[row] else "no contact"
    return {
        "keywords": "no such words",
        "creator_ids": "this creator",
        "worked_with": "past work with one of them",
    }.get(name, "a post with such words")
