"""Baselines: the rankings of systems that the engine has to beat, all under the brief's own filters."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.evaluation import DEPTH
from matcher.records import Brief
from matcher.retrieval.encoders import Encoder, encode_briefs
from matcher.retrieval.filters import apply_filters
from matcher.retrieval.index import Index
from matcher.text import clean, embedding_texts, focus, tokens

ALL_HITS = 5_000_000
Floats = NDArray[np.float32]
Rankings = dict[str, list[str]]


@dataclass(frozen=True)
class Setting:
    """The index, the briefs, and who each brief's filters leave."""

    index: Index
    encoder: Encoder
    briefs: Sequence[Brief]
    allowed: Mapping[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, index: Index, encoder: Encoder, briefs: Sequence[Brief]) -> Setting:
        """Apply every brief's filters."""
        return cls(index, encoder, briefs, {b.brief_id: apply_filters(index, b).allowed for b in briefs})

    def in_market(self) -> Setting:
        """The same, with only the creators of the countries that a brief's target audience names."""
        creators, codes = self.index.creators, self.index.vocabularies.codes
        allowed = {}
        for brief in self.briefs:
            countries = codes("countries", brief.target_audience.country)
            here = np.isin(creators.market, countries) if countries else True
            allowed[brief.brief_id] = self.allowed[brief.brief_id] & here
        return dataclasses.replace(self, allowed=allowed)

    def ranking(self, brief: Brief, values: NDArray[np.floating]) -> list[str]:
        """The best allowed creators by values [creators], ties by row; -inf takes a creator out."""
        masked = np.where(self.allowed[brief.brief_id], values, -np.inf)
        best = np.lexsort((np.arange(len(masked)), -masked))[:DEPTH]
        return [self.index.creator_id(int(row)) for row in best if np.isfinite(masked[row])]


def best_posts(values: Floats, creators: NDArray[np.int32], n: int, m: int, fill: float) -> Floats:
    """Mean of the best m values of each of n creators; `fill` stands in for posts that a creator does not have."""
    order = np.lexsort((-values, creators))
    owner, ranked = creators[order], values[order]
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    table = np.full((n, m), fill, np.float32)
    table[owner[place < m], place[place < m]] = ranked[place < m]
    return np.where(np.isnan(table), np.nanmax(table, axis=1, initial=-1.0, keepdims=True), table).mean(axis=1)


def encoder_alone(setting: Setting) -> dict[str, Rankings]:
    """The encoder without the engine, pooled plainly: best post, centroid, and a blend of the two."""
    index, n = setting.index, len(setting.index.creators)
    posts, everyone = np.arange(len(index.posts)), np.arange(n)
    owner = np.asarray(index.posts.creator)
    found: dict[str, Rankings] = {}
    for focused in (False, True):
        texts = clean([brief.text for brief in setting.briefs])
        vectors = encode_briefs(setting.encoder, embedding_texts(focus(texts) if focused else texts, None))
        by_post = index.post_vectors.similarities(vectors, posts)
        by_creator = index.creator_vectors.similarities(vectors, everyone)
        for i, brief in enumerate(setting.briefs):
            centroid = by_creator[:, i]
            best_1, best_3 = (best_posts(by_post[:, i], owner, n, m, np.nan) for m in (1, 3))
            bare = np.bincount(owner, minlength=n) == 0  # no posts: the bio, which the centroid is then made of
            best_1, best_3 = np.where(bare, centroid, best_1), np.where(bare, centroid, best_3)
            scores = {"best post": best_1, "centroid": centroid, "blend": 0.7 * best_3 + 0.3 * centroid}
            for name, values in scores.items():
                label = f"encoder, {name}{', focused' if focused else ''}"
                found.setdefault(label, {})[brief.brief_id] = setting.ranking(brief, values)
    return found


def bm25_alone(setting: Setting) -> dict[str, Rankings]:
    """BM25 over script-aware tokens, all hits: a creator is the sum of its documents, or its best two."""
    index, n = setting.index, len(setting.index.creators)
    found: dict[str, Rankings] = {"BM25, sum": {}, "BM25, best 2": {}}
    owner = np.concatenate([np.asarray(index.posts.creator), np.arange(n, dtype=np.int32)])
    for brief, words in zip(setting.briefs, tokens(clean([b.text for b in setting.briefs])), strict=True):
        documents, scores = index.lexical.search(words, min(ALL_HITS, len(owner)))
        creators = owner[documents]
        total = np.bincount(creators, weights=scores, minlength=n)
        two = best_posts(scores, creators, n, 2, 0.0)
        for name, values in (("BM25, sum", total), ("BM25, best 2", two)):
            found[name][brief.brief_id] = setting.ranking(brief, np.where(total > 0, values, -np.inf))
    return found


def most_followed(setting: Setting) -> Rankings:
    """By followers; creators whose followers are not known come last."""
    followers = np.nan_to_num(np.asarray(setting.index.creators.followers), nan=-1.0)
    return {brief.brief_id: setting.ranking(brief, followers) for brief in setting.briefs}


def random_order(setting: Setting, seed: int) -> Rankings:
    """In any order."""
    rng = np.random.default_rng(seed)
    n = len(setting.index.creators)
    return {brief.brief_id: setting.ranking(brief, rng.random(n)) for brief in setting.briefs}
