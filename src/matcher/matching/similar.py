"""Similar: creators like one or several others, by what they post or by whom they reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BriefError
from matcher.matching.entries import profiles
from matcher.matching.scoring import DECIMALS
from matcher.records.explanation import SimilarCreator, SimilarCreators
from matcher.records.said import Said, say, say_n, terms
from matcher.retrieval.index import Index
from matcher.snapshot import STATUSES, owners

By = Literal["content", "audience"]


def similar_creators(index: Index, creator_ids: Sequence[str], k: int, by: str) -> SimilarCreators:
    """The `k` creators nearest to those named, by `content` or by `audience`."""
    if not creator_ids:
        raise BriefError(say("similar needs at least one creator_id"))
    if k < 1:
        raise BriefError(say("k is {k}; ask for at least 1 creator", k=k))
    rows = np.array([index.creator_row(creator_id) for creator_id in creator_ids], dtype=np.int64)
    if by not in ("content", "audience"):
        raise BriefError(say("by is {by!r}; similar works by 'content' or by 'audience'", by=by))
    entries = _by_content(index, rows, k) if by == "content" else _by_audience(index, rows, k)
    return SimilarCreators(index.manifest.snapshot_id, tuple(creator_ids), by, entries)


def _by_content(index: Index, rows: NDArray[np.int64], k: int) -> tuple[SimilarCreator, ...]:
    """Nearest by the cosine of creator vectors, with the mean of those named."""
    middle = index.creator_vectors.gather(rows).mean(axis=0, keepdims=True)
    norm = float(np.linalg.norm(middle))
    if norm == 0:
        raise BriefError(say("the creators named have neither posts nor a bio; ask for --by audience"))
    others = np.asarray(index.creator_vectors.scales) > 0  # without posts and bio there is nothing to compare
    others[rows] = False
    similarities, found = index.creator_store.search((middle / norm).astype(np.float32), k, others)
    there = [(s, int(row)) for s, row in zip(similarities[0], found[0], strict=True) if row >= 0]
    posts = np.diff(index.creators.post_start)
    return tuple(
        SimilarCreator(
            rank=rank,
            similarity=round(float(similarity), DECIMALS),
            status="measured" if posts[row] else "estimated",
            note=_posts(int(posts[row])),
            **who,
        )
        for rank, ((similarity, row), who) in enumerate(
            zip(there, profiles(index, [row for _, row in there]), strict=True), 1
        )
    )


def _posts(count: int) -> Said:
    if count == 0:
        return say("on its name, bio and categories alone")
    return say_n("on {n} post", "on {n} posts", count)


def _by_audience(index: Index, rows: NDArray[np.int64], k: int) -> tuple[SimilarCreator, ...]:
    """Nearest by the Bhattacharyya coefficient of the audiences, averaged over the facets that both sides have."""
    columns, cells = index.creators, index.vocabularies["cells"]
    n, owner = len(columns), owners(columns.audience_start)
    wanted = np.zeros(len(cells))
    for row in rows:
        span = slice(int(columns.audience_start[row]), int(columns.audience_start[row + 1]))
        wanted[columns.audience_cell[span]] += columns.audience_share[span] / len(rows)
    facets = sorted({facet for code, (facet, _) in enumerate(cells) if wanted[code] > 0})
    if not facets:
        raise BriefError(say("no audience is known of the creators named; ask for --by content"))
    total, counted = np.zeros(n), np.zeros(n)
    for facet in facets:
        of_facet = np.array([name == facet for name, _ in cells])
        target = np.where(of_facet, wanted, 0.0) / wanted[of_facet].sum()
        chosen = of_facet[columns.audience_cell]
        overlap = np.sqrt(target[columns.audience_cell[chosen]] * columns.audience_share[chosen])
        total += np.bincount(owner[chosen], weights=overlap, minlength=n)
        counted += np.bincount(owner[chosen], minlength=n) > 0
    similarity = total / len(facets)
    similarity[rows] = -1.0
    best = [int(row) for row in np.lexsort((np.arange(n), -similarity))[:k] if similarity[row] > 0]
    return tuple(
        SimilarCreator(
            rank=rank,
            similarity=round(float(min(similarity[row], 1.0)), DECIMALS),
            status=_status(columns, row),
            note=say(
                "{known} of {all} facets known: {facets}",
                known=int(counted[row]),
                all=len(facets),
                facets=terms(tuple(facets), "facet"),
            ),
            **who,
        )
        for rank, (row, who) in enumerate(zip(best, profiles(index, best), strict=True), 1)
    )


def _status(columns: Any, row: int) -> Any:
    return STATUSES[int(columns.audience_status[row])]
