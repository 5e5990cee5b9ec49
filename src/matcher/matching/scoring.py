"""Scoring: every signal over a set of creators, and the score as their weighted sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.candidates import LexicalHits
from matcher.matching.query import Query
from matcher.retrieval.filters import conditions
from matcher.retrieval.fusion import fuse
from matcher.retrieval.index import Index
from matcher.signals.audience import AudienceCells, audience_overlap
from matcher.signals.engagement import engagement
from matcher.signals.opinion import Opinion, percentiles
from matcher.signals.preferences import preferences
from matcher.signals.relevance import Blend, background, pool, relevance
from matcher.signals.trade import weights_for
from matcher.snapshot import load_array, spans

POSTS_PER_CREATOR = 256
"""So many of a creator's newest posts are looked at."""
REFERENCE_POSTS = 8
BLEND = Blend()


@dataclass(frozen=True, slots=True)
class Scored:
    """Creators with everything that their place rests on; n creators."""

    rows: NDArray[np.int64]
    """int64 [n], ascending."""
    opinions: tuple[Opinion, ...]
    weights: dict[str, float]
    percentiles: dict[str, NDArray[np.float64]]
    score: NDArray[np.float64]
    post_rows: NDArray[np.int64]
    """int64 [posts]: rows of the posts looked at, by creator."""
    post_start: NDArray[np.int64]
    """int64 [n + 1]: offsets into `post_rows`."""
    similarity: NDArray[np.float32]
    """float32 [posts]: cosine with the brief as a whole."""
    strength: NDArray[np.float32]
    """float32 [posts]: deviations above the background, lexical arm included."""

    def order(self) -> NDArray[np.int64]:
        """Positions from best to worst; ties by creator_id, which is the order of the rows."""
        return np.lexsort((self.rows, -self.score))

    def position(self, row: int) -> int:
        """Where a creator row stands in `rows`."""
        return int(np.searchsorted(self.rows, row))


@dataclass(frozen=True, slots=True)
class _Posts:
    """Posts of creators with their scores for each aspect."""

    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    cosine: NDArray[np.float32]
    score: NDArray[np.float32]


def score_creators(index: Index, query: Query, hits: LexicalHits, rows: NDArray[np.int64]) -> Scored:
    """Score creator rows (ascending) for a query, against the reference creators of the snapshot."""
    reference = np.asarray(index.reference)
    languages = index.vocabularies["languages"]
    beside = _posts(index, query, hits, reference, REFERENCE_POSTS)
    spread = background(beside.score, index.posts.language[beside.rows], len(languages))

    everyone = np.union1d(rows, reference)
    looked = _posts(index, query, hits, everyone, POSTS_PER_CREATOR)
    z = spread.z(looked.score, index.posts.language[looked.rows])
    bio_rows = _with_bio(index, everyone)
    bio_score = _bio_scores(index, query, hits, everyone)
    bio_z = (bio_score - spread.mean[0]) / spread.deviation[0]
    bits = index.creators.languages[everyone]

    def spoken(i: int) -> str:
        return ", ".join(index.vocabularies.in_bits("languages", int(bits[i])))

    opinions = [relevance(pool(z, looked.start, BLEND), bio_z, bio_rows, spoken, BLEND)]
    measured: dict[str, NDArray[np.float64]] = {}

    target = query.brief.target_audience.facets()
    if target:
        opinions.append(_audience(index, everyone, target))
    rates, measured["engagement"] = engagement(
        everyone, index.creators, index.vocabularies["bases"], [group["usual"] for group in index.peers]
    )
    opinions.append(rates)
    if query.brief.should.given():
        met = conditions(index, query.brief.should)
        opinions.append(preferences({name: bitmap[everyone] for name, bitmap in met.items()}))

    groups = index.creators.peer_group[everyone]
    is_reference = np.isin(everyone, reference)
    for opinion in opinions:
        if opinion.signal not in measured:
            measured[opinion.signal] = percentiles(
                opinion.value, groups, opinion.value[is_reference], groups[is_reference]
            )
    weights = weights_for(query.brief.goal, dict(query.brief.weights), tuple(o.signal for o in opinions))
    score = np.sum([weights[o.signal] * o.value for o in opinions], axis=0)
    return _only(
        Scored(
            everyone, tuple(opinions), weights, measured, score, looked.rows, looked.start, looked.cosine[:, 0], z[:, 0]
        ),
        rows,
    )


def _only(scored: Scored, rows: NDArray[np.int64]) -> Scored:
    """The part of a scored set that is asked for; the reference creators have done their work."""
    at = np.searchsorted(scored.rows, rows)
    counts = np.diff(scored.post_start)[at]
    posts = spans(scored.post_start[at], counts)

    def opinion(whole: Opinion) -> Opinion:
        return Opinion(whole.signal, whole.value[at], whole.status[at], lambda i: whole.note(int(at[i])))

    return Scored(
        rows,
        tuple(opinion(o) for o in scored.opinions),
        scored.weights,
        {name: values[at] for name, values in scored.percentiles.items()},
        scored.score[at],
        scored.post_rows[posts],
        np.concatenate([[0], np.cumsum(counts)]),
        scored.similarity[posts],
        scored.strength[posts],
    )


def _posts(index: Index, query: Query, hits: LexicalHits, creators: NDArray[np.int64], most: int) -> _Posts:
    """The newest `most` posts of creators with their fused scores float32 [posts, aspects]."""
    first = index.creators.post_start[creators]
    counts = np.minimum(index.creators.post_start[creators + 1] - first, most)
    rows = spans(first, counts)
    cosine = index.post_vectors.similarities(query.vectors, rows)
    score = _aspects(query, cosine, hits.of(rows))
    return _Posts(rows, np.concatenate([[0], np.cumsum(counts)]), cosine, score)


def _with_bio(index: Index, creators: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(index.bio_vectors.scales[creators] > 0)


def _bio_scores(index: Index, query: Query, hits: LexicalHits, creators: NDArray[np.int64]) -> NDArray[np.float32]:
    cosine = index.bio_vectors.similarities(query.vectors, creators)
    return _aspects(query, cosine, hits.of(len(index.posts) + creators))


def _aspects(query: Query, cosine: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores float32 [n, aspects]; the words of a brief count for the brief as a whole, its aspect 0."""
    score = fuse(cosine, np.zeros(1, np.float32), query.lexical_weight)
    score[:, 0] = fuse(cosine[:, 0], lexical, query.lexical_weight)
    return score


def _audience(index: Index, rows: NDArray[np.int64], target: dict[str, dict[str, float]]) -> Opinion:
    columns = index.creators
    cells = AudienceCells(
        columns.audience_start, columns.audience_cell, columns.audience_share, columns.audience_sample,
        columns.audience_status,
    )  # fmt: skip
    prior = load_array(index.folder / "audience_prior.npy")
    group = load_array(index.folder / "audience_group.npy")
    names = [(facet, segment) for facet, segment in index.vocabularies["cells"]]
    return audience_overlap(rows, target, cells, prior[group[rows]], names)
