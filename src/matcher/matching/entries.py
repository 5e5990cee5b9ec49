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
from matcher.signals.opinion import Opinion
from matcher.snapshot import STATUSES, read_rows

EVIDENCE_POSTS = 3
EVIDENCE_CHARACTERS = 280
WORTH_SHOWING = 1.0
"""A post beside the best one is evidence when it stands so many deviations above the background."""


def entries(index: Index, scored: Scored, positions: Sequence[int]) -> tuple[Entry, ...]:
    """The lines of a shortlist for positions in a scored set, ranked in the order given."""
    rows = [int(scored.rows[at]) for at in positions]
    spoken = index.creators.languages[rows].tolist()
    return tuple(
        Entry(
            rank=rank,
            score=total(parts),
            contributions=parts,
            evidence=posts,
            cautions=warned,
            languages=tuple(index.vocabularies.in_bits("languages", bits)),
            **who,
        )
        for rank, (parts, posts, warned, bits, who) in enumerate(
            zip(
                contributions(scored, positions),
                evidence(index, scored, positions),
                cautions_of(index, rows),
                spoken,
                profiles(index, rows),
                strict=True,
            ),
            1,
        )
    )


def contributions(scored: Scored, positions: Sequence[int]) -> list[tuple[Contribution, ...]]:
    """For each position what every signal adds to the score of the creator there."""
    at = np.asarray(positions, dtype=np.int64)
    return list(zip(*(_contributions(scored, opinion, at) for opinion in scored.opinions), strict=True))


def _contributions(scored: Scored, opinion: Opinion, at: NDArray[np.int64]) -> list[Contribution]:
    weight, values = scored.weights[opinion.signal], opinion.value[at]
    return [
        Contribution(opinion.signal, value, weight, contribution, percentile, _status(status), opinion.note(i))
        for i, value, contribution, percentile, status in zip(
            at.tolist(),
            values.tolist(),
            np.round(weight * values, 12).tolist(),
            np.round(scored.percentiles[opinion.signal][at], 4).tolist(),
            opinion.status[at].tolist(),
            strict=True,
        )
    ]


def total(parts: tuple[Contribution, ...]) -> float:
    """The score: the sum of the contributions."""
    return round(sum(part.contribution for part in parts), 12)


def evidence(index: Index, scored: Scored, positions: Sequence[int]) -> list[tuple[Evidence, ...]]:
    """For each position the posts that speak most for the creator, best first, each text once."""
    likely = [_likely(scored, at) for at in positions]
    looked_up = iter(_posts(index, scored, np.array([at for each in likely for at in each], dtype=np.int64)))
    found = []
    for places in likely:
        by_text: dict[str, Evidence] = {}
        for post in islice(looked_up, len(places)):
            by_text.setdefault(post.text, post)
        found.append(tuple(by_text.values())[:EVIDENCE_POSTS])
    return found


def _likely(scored: Scored, at: int) -> list[int]:
    """Places of the posts that may be shown, best first: those worth showing, with some to spare for repeats."""
    first, end = int(scored.posts.start[at]), int(scored.posts.start[at + 1])
    strength = scored.posts.z[first:end, 0].tolist()
    best = sorted(range(len(strength)), key=lambda i: -strength[i])[: 2 * EVIDENCE_POSTS]
    return [first + i for rank, i in enumerate(best) if rank == 0 or strength[i] >= WORTH_SHOWING]


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


def cautions_of(index: Index, rows: Sequence[int]) -> list[tuple[Caution, ...]]:
    """For each creator row what to look at before writing to it."""
    at = np.asarray(rows, dtype=np.int64)
    kinds = [index.vocabularies.name("account_kinds", code) for code in index.creators.account_kind[at].tolist()]
    return cautions(at, index.creators, index.days_since_post(at), kinds)


def profiles(index: Index, rows: Sequence[int]) -> list[dict[str, Any]]:
    """For each creator row the fields of an entry that say who it is."""
    columns, names = index.creators, index.vocabularies
    taken = read_rows(index.creator_table, rows, ("creator_id", "display_name", "handle"))
    found = []
    for row, creator in zip(rows, taken, strict=True):
        platforms = columns.account_platform[columns.account_start[row] : columns.account_start[row + 1]].tolist()
        followers = float(columns.followers[row])
        found.append(
            {
                **creator,
                "platforms": tuple(names.name("platforms", code) for code in dict.fromkeys(platforms) if code >= 0),
                "followers": None if np.isnan(followers) else int(followers),
                "country": names.name("countries", int(columns.market[row])),
            }
        )
    return found


def _status(code: int) -> Status:
    return STATUSES[code]  # type: ignore[return-value]
