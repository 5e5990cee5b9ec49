"""Candidates: the creators worth scoring in full, found by three arms under the brief's filters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.query import Query
from matcher.retrieval.filters import among
from matcher.retrieval.fusion import fuse
from matcher.retrieval.index import Index
from matcher.signals.distinct import distinct

ALL_CREATORS = 1_000
"""A filter that leaves no more creators than this has all of them scored: the answer is then complete and exact."""
POOL = 400
N_HITS = 1_000
LEXICAL_HITS = 2_000


@dataclass(frozen=True, slots=True)
class LexicalHits:
    """Scores in [0, 1] of the documents that share words with the brief; 0 for all others."""

    documents: NDArray[np.int64]
    """int64, ascending."""
    scores: NDArray[np.float32]

    def of(self, documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores float32 of documents [n]."""
        if not len(self.documents):
            return np.zeros(len(documents), np.float32)
        at = np.minimum(np.searchsorted(self.documents, documents), len(self.documents) - 1)
        return np.where(self.documents[at] == documents, self.scores[at], np.float32(0))


def lexical_hits(index: Index, query: Query, n_hits: int = LEXICAL_HITS) -> LexicalHits:
    """The lexical arm's hits for a query."""
    documents, scores = index.lexical.search(query.tokens, n_hits)
    order = np.argsort(documents)
    return LexicalHits(documents[order], scores[order])


def find_candidates(
    index: Index, query: Query, hits: LexicalHits, allowed: NDArray[np.bool_], k: int
) -> NDArray[np.int64]:
    """
    Rows int64 of the creators to score, ascending: all allowed ones when they are few, else a pool of several `k`.

    Three arms fill the pool in turn: creators of the best posts (dense and lexical fused by convex combination on
    fixed scales), of the nearest creator vectors, and of the words alone. Where the brief names countries to reach, the
    same arms search once more among the creators of these markets alone, or a brief in English would fill the pool with
    creators who post in English. Where the dense arm is blind, only creators who share a word with the brief are
    candidates at all: nothing else could be said for the others.
    """
    rows = np.flatnonzero(allowed)
    pool = max(POOL, 2 * k)
    by_words = _by_words(index, hits, allowed)
    if query.lexical_weight >= 1.0:
        return np.sort(by_words[:pool])
    if len(rows) <= ALL_CREATORS:
        return rows
    arms = [*_dense_arms(index, query, hits, allowed, pool), by_words]
    if (at_home := _at_home(index, query, allowed)) is not None:
        arms += [*_dense_arms(index, query, hits, at_home, pool), by_words[at_home[by_words]]]
    chosen = distinct(np.concatenate([arm[: -(-pool // len(arms))] for arm in arms]))
    return chosen if len(chosen) >= k else distinct(np.concatenate(arms))


def _at_home(index: Index, query: Query, allowed: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The allowed creators of the markets whose people the brief wants to reach; None where that narrows nothing."""
    countries = index.vocabularies.codes("countries", query.brief.target_audience.country)
    at_home = allowed & among(index.creators.market, countries)
    return at_home if 0 < np.count_nonzero(at_home) < np.count_nonzero(allowed) else None


def _dense_arms(
    index: Index, query: Query, hits: LexicalHits, allowed: NDArray[np.bool_], pool: int
) -> list[NDArray[np.int64]]:
    """Allowed creators of the best posts, and those of the nearest creator vectors, best first."""
    everyone = bool(allowed.all())
    post_filter = None if everyone else allowed[index.posts.creator]
    dense, found = index.post_store.search(query.vectors[:1], max(N_HITS, 2 * pool), post_filter)
    scores = fuse(dense[0], hits.of(found[0]), query.lexical_weight)
    _, near = index.creator_store.search(query.vectors[:1], pool, None if everyone else allowed)
    return [_creators_of(index, found[0], scores), near[0][near[0] >= 0]]


def _by_words(index: Index, hits: LexicalHits, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Allowed creators of the lexical hits, each once, best hit first."""
    n_posts = len(index.posts)
    creators = hits.documents - n_posts
    of_post = hits.documents < n_posts
    creators[of_post] = index.posts.creator[hits.documents[of_post]]
    spoken = creators[np.lexsort((creators, -hits.scores))]
    return _first_seen(spoken[allowed[spoken]])


def _creators_of(index: Index, posts: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Creators of posts, each once, best post first."""
    there = posts >= 0
    posts, scores = posts[there], scores[there]
    order = np.lexsort((posts, -scores))
    return _first_seen(index.posts.creator[posts[order]].astype(np.int64))


def _first_seen(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distinct values in order of first appearance."""
    _, first = np.unique(values, return_index=True)
    return values[np.sort(first)]
