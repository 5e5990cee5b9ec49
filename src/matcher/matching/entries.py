"""From scores to what a person reads: contributions, evidence posts, cautions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.matching.scoring import DECIMALS, Scored
from matcher.records import Caution, Contribution, Entry, Evidence
from matcher.records.shortlist import Status
from matcher.retrieval.index import Index
from matcher.signals.cautions import cautions
from matcher.snapshot import STATUSES, read_rows

EVIDENCE_POSTS = 3
EVIDENCE_CHARACTERS = 280
WORTH_SHOWING = 1.0
"""A post beside the best one is evidence when it stands so many deviations above the background."""


def entries(index: Index, scored: Scored, positions: Sequence[int]) -> tuple[Entry, ...]:
    """The lines of a shortlist for positions in a scored set, ranked in the order given."""
    rows = [int(scored.rows[at]) for at in positions]
    shown = evidence(index, scored, positions)
    names = index.vocabularies
    return tuple(
        Entry(
            rank=rank,
            score=total(parts := contributions(scored, at)),
            contributions=parts,
            evidence=posts,
            cautions=cautions_of(index, row, days),
            languages=tuple(names.in_bits("languages", int(index.creators.languages[row]))),
            **who,
        )
        for rank, (at, row, posts, who, days) in enumerate(
            zip(positions, rows, shown, profiles(index, rows), index.days_since_post(rows).tolist(), strict=True), 1
        )
    )


def contributions(scored: Scored, at: int) -> tuple[Contribution, ...]:
    """What each signal adds to the score of the creator at a position."""
    return tuple(
        Contribution(
            signal=opinion.signal,
            value=float(opinion.value[at]),
            weight=scored.weights[opinion.signal],
            contribution=round(scored.weights[opinion.signal] * float(opinion.value[at]), 12),
            percentile=round(float(scored.percentiles[opinion.signal][at]), 4),
            status=_status(int(opinion.status[at])),
            note=opinion.note(at),
        )
        for opinion in scored.opinions
    )


def total(parts: tuple[Contribution, ...]) -> float:
    """The score: the sum of the contributions."""
    return round(sum(part.contribution for part in parts), 12)


def evidence(index: Index, scored: Scored, positions: Sequence[int]) -> list[tuple[Evidence, ...]]:
    """For each position the posts that speak most for the creator, best first, each text once."""
    likely = [_likely(scored, int(at)) for at in positions]
    looked_up = iter(_posts(index, scored, np.concatenate([np.empty(0, np.int64), *likely])))
    found = []
    for at in likely:
        by_text: dict[str, Evidence] = {}
        for post in islice(looked_up, len(at)):
            by_text.setdefault(post.text, post)
        found.append(tuple(by_text.values())[:EVIDENCE_POSTS])
    return found


def _likely(scored: Scored, at: int) -> NDArray[np.int64]:
    """Positions of the posts that may be shown, best first: those worth showing, with some to spare for repeats."""
    first, end = int(scored.posts.start[at]), int(scored.posts.start[at + 1])
    strength = scored.posts.z[first:end, 0]
    best = np.argsort(-strength, kind="stable")[: 2 * EVIDENCE_POSTS]
    shown: NDArray[np.int64] = first + best[(strength[best] >= WORTH_SHOWING) | (np.arange(len(best)) == 0)]
    return shown


def _posts(index: Index, scored: Scored, at: NDArray[np.int64]) -> list[Evidence]:
    """Posts by their positions among those looked at, read in one go."""
    rows = scored.posts.rows[at]
    columns = read_rows(index.post_table, rows.tolist(), ("post_id", "text", "url"))
    languages = index.posts.language[rows].tolist()
    return [
        Evidence(
            post_id=post["post_id"],
            similarity=round(similarity, DECIMALS),
            text=_shortened(post["text"] or ""),
            language=index.vocabularies.name("languages", language),
            url=post["url"],
        )
        for post, similarity, language in zip(columns, scored.posts.cosine[at].tolist(), languages, strict=True)
    ]


def _shortened(text: str) -> str:
    text = " ".join(text[: 4 * EVIDENCE_CHARACTERS].split())
    return text if len(text) <= EVIDENCE_CHARACTERS else f"{text[: EVIDENCE_CHARACTERS - 1]}…"


def cautions_of(index: Index, row: int, days_since_post: float) -> tuple[Caution, ...]:
    """What to look at before writing to a creator."""
    kind = index.vocabularies.name("account_kinds", int(index.creators.account_kind[row]))
    return cautions(row, index.creators, days_since_post, kind)


def profiles(index: Index, rows: Sequence[int]) -> list[dict[str, Any]]:
    """For each creator row the fields of an entry that say who it is."""
    columns, names = index.creators, index.vocabularies
    taken = read_rows(index.creator_table, rows, ("creator_id", "display_name", "accounts"))
    found = []
    for row, creator in zip(rows, taken, strict=True):
        accounts = creator["accounts"] or ()
        followers = float(columns.followers[row])
        found.append(
            {
                "creator_id": creator["creator_id"],
                "display_name": creator["display_name"],
                "handle": next((a["handle"] for a in accounts if a["handle"]), None),
                "platforms": tuple(dict.fromkeys(a["platform"] for a in accounts if a["platform"])),
                "followers": None if np.isnan(followers) else int(followers),
                "country": names.name("countries", int(columns.market[row])),
            }
        )
    return found


def _status(code: int) -> Status:
    return STATUSES[code]  # type: ignore[return-value]
