"""From scores to what a person reads: contributions, evidence posts, cautions."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.matching.scoring import Scored
from matcher.records import Caution, Contribution, Entry, Evidence
from matcher.records.shortlist import Status
from matcher.retrieval.index import Index
from matcher.signals.cautions import cautions
from matcher.snapshot import STATUSES

EVIDENCE_POSTS = 3
EVIDENCE_CHARACTERS = 280
WORTH_SHOWING = 1.0
"""A post beside the best one is evidence when it stands so many deviations above the background."""
DECIMALS = 6


def contributions(scored: Scored, at: int) -> tuple[Contribution, ...]:
    """What each signal adds to the score of the creator at a position."""
    return tuple(
        Contribution(
            signal=opinion.signal,
            value=round(float(opinion.value[at]), DECIMALS),
            weight=round(scored.weights[opinion.signal], DECIMALS),
            contribution=round(
                round(scored.weights[opinion.signal], DECIMALS) * round(float(opinion.value[at]), DECIMALS), 9
            ),
            percentile=round(float(scored.percentiles[opinion.signal][at]), 4),
            status=_status(int(opinion.status[at])),
            note=opinion.note(at),
        )
        for opinion in scored.opinions
    )


def total(parts: tuple[Contribution, ...]) -> float:
    """The score: the sum of the contributions."""
    return round(sum(part.contribution for part in parts), 9)


def evidence(index: Index, scored: Scored, at: int) -> tuple[Evidence, ...]:
    """The posts of a creator that speak most for it, best first, each text once."""
    span = slice(int(scored.post_start[at]), int(scored.post_start[at + 1]))
    rows, strength, similarity = scored.post_rows[span], scored.strength[span], scored.similarity[span]
    shown: list[Evidence] = []
    for i in np.lexsort((rows, -strength))[: 4 * EVIDENCE_POSTS]:
        if shown and (len(shown) == EVIDENCE_POSTS or strength[i] < WORTH_SHOWING):
            break
        post = _post(index, int(rows[i]), float(similarity[i]))
        if all(post.text != other.text for other in shown):
            shown.append(post)
    return tuple(shown)


def _post(index: Index, row: int, similarity: float) -> Evidence:
    table = index.post_table
    text = " ".join((table.column("text")[row].as_py() or "").split())
    return Evidence(
        post_id=table.column("post_id")[row].as_py(),
        similarity=round(similarity, DECIMALS),
        text=text if len(text) <= EVIDENCE_CHARACTERS else f"{text[: EVIDENCE_CHARACTERS - 1]}…",
        language=index.vocabularies.name("languages", int(index.posts.language[row])),
        url=table.column("url")[row].as_py(),
    )


def cautions_of(index: Index, row: int) -> tuple[Caution, ...]:
    """What to look at before writing to a creator."""
    kind = index.vocabularies.name("account_kinds", int(index.creators.account_kind[row]))
    return cautions(row, index.creators, float(index.days_since_post(row)), kind)


def profile(index: Index, row: int) -> dict[str, Any]:
    """The fields of an entry that say who the creator is."""
    columns, names = index.creators, index.vocabularies
    followers = float(columns.followers[row])
    accounts = slice(int(columns.account_start[row]), int(columns.account_start[row + 1]))
    handles = [a["handle"] for a in index.creator_table.column("accounts")[row].as_py() or () if a["handle"]]
    return {
        "creator_id": index.creator_id(row),
        "display_name": index.creator_table.column("display_name")[row].as_py(),
        "handle": handles[0] if handles else None,
        "platforms": tuple(dict.fromkeys(names.name("platforms", int(c)) for c in columns.account_platform[accounts])),
        "followers": None if np.isnan(followers) else int(followers),
        "country": names.name("countries", int(columns.market[row])),
    }


def entry(index: Index, scored: Scored, at: int, rank: int) -> Entry:
    """One line of the shortlist."""
    row = int(scored.rows[at])
    parts = contributions(scored, at)
    spoken = index.vocabularies.in_bits("languages", int(index.creators.languages[row]))
    return Entry(
        rank=rank,
        score=total(parts),
        contributions=parts,
        evidence=evidence(index, scored, at),
        cautions=cautions_of(index, row),
        languages=tuple(spoken),
        **profile(index, row),
    )


def _status(code: int) -> Status:
    return STATUSES[code]  # type: ignore[return-value]
