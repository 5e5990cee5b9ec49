"""Scoring: every signal over a set of creators, and the score as their weighted sum."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.candidates import LexicalHits
from matcher.matching.query import Query
from matcher.records import Brief, Conditions
from matcher.retrieval.filters import conditions, known
from matcher.retrieval.fusion import fuse
from matcher.retrieval.index import REFERENCE_POSTS, Index
from matcher.retrieval.vectors import dots
from matcher.signals.account_kind import PEOPLE
from matcher.signals.audience import JOINT_FACET, AudienceCells, audience_overlap, joint_tables, share_in
from matcher.signals.engagement import engagement
from matcher.signals.opinion import Opinion, places
from matcher.signals.preferences import Preference, preferences
from matcher.signals.relevance import (
    Background,
    Blend,
    Lowered,
    Usual,
    background,
    kind_factor,
    market_factor,
    pool,
    relevance,
)
from matcher.signals.trade import weights_for
from matcher.signals.trust import believed, genuine_share
from matcher.snapshot import spans

POSTS_PER_CREATOR = 256
"""So many of a creator's newest posts are looked at."""
SPOKEN_SHARE = 0.9
"""Share of an audience that is expected to speak the languages of the posts, before any record is seen."""
BLEND = Blend()
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """Creators with everything that their place rests on; n creators."""

    rows: NDArray[np.int64]
    """int64 [n], ascending."""
    opinions: tuple[Opinion, ...]
    """Values rounded to DECIMALS, so that the printed parts of a score add up to what ranks."""
    weights: dict[str, float]
    percentiles: dict[str, NDArray[np.float64]]
    """Signal → float64 [n]: places among like creators; of engagement that of the rate, whatever the brief is."""
    score: NDArray[np.float64]
    posts: Posts

    def order(self) -> NDArray[np.int64]:
        """Positions from best to worst; ties by creator_id, which is the order of the rows."""
        return np.lexsort((self.rows, -self.score))

    def position(self, row: int) -> int:
        """Where a creator row stands in `rows`."""
        return int(np.searchsorted(self.rows, row))


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts looked at of n creators."""

    rows: NDArray[np.int64]
    """int64 [posts], by creator."""
    start: NDArray[np.int64]
    """int64 [n + 1]: offsets into `rows`."""
    cosine: NDArray[np.float32]
    """float32 [posts]: with the brief as a whole."""
    lexical: NDArray[np.float32]
    """float32 [posts]: with the words of the brief, 0 to 1."""
    z: NDArray[np.float32]
    """float32 [posts, aspects]: deviations above the background, lexical arm included."""


def score_creators(index: Index, query: Query, hits: LexicalHits, rows: NDArray[np.int64]) -> Scored:
    """
    Score creator rows (ascending) for a query.

    The snapshot's reference creators are scored beside them: the background of the brief comes from their posts, the
    percentiles from their values, so neither depends on which candidates were found; the place of engagement is that of
    the rate among peers, computed at reindex.
    """
    asked = _preferences(index, query.brief.should)
    reference = index.reference
    their_cosine = dots(query.vectors, reference.post_vectors)
    their_words = hits.of(reference.post_rows)
    their_score = _by_aspect(query, their_cosine, their_words)
    usual = Usual.of(index.manifest.encoder_fingerprint, query.lexical_weight)
    spread = background(their_score, reference.post_language, len(index.vocabularies["languages"]), usual)
    their_z = spread.z(their_score, reference.post_language)
    their_posts = Posts(reference.post_rows, reference.post_start, their_cosine[:, 0], their_words, their_z)
    their_bios = dots(query.vectors, reference.bio_vectors)
    theirs = _opinions(index, query, hits, spread, reference.rows, their_posts, their_bios, asked)

    posts = _posts(index, query, hits, spread, rows)
    bios = index.bio_vectors.similarities(query.vectors, rows)
    opinions = _opinions(index, query, hits, spread, rows, posts, bios, asked)
    groups, their_groups = index.creators.peer_group[rows], index.creators.peer_group[reference.rows]
    ranks = {
        own.signal: places(own, groups, other.value, their_groups) for own, other in zip(opinions, theirs, strict=True)
    }
    newest = _relevance(index, query, hits, spread, rows, _newest(posts, REFERENCE_POSTS), bios)
    ranks["relevance"] = places(newest, groups, theirs[0].value, their_groups)
    ranks["engagement"] = index.creators.engagement_percentile[rows].astype(np.float64)
    signals = tuple(opinion.signal for opinion in opinions)
    weights = weights_for(query.brief.goal, dict(query.brief.weights), signals)
    opinions = tuple(dataclasses.replace(o, value=np.round(o.value, DECIMALS)) for o in opinions)
    score = np.round(np.sum([weights[opinion.signal] * opinion.value for opinion in opinions], axis=0), 12)
    return Scored(rows, opinions, weights, ranks, score, posts)


def _opinions(
    index: Index,
    query: Query,
    hits: LexicalHits,
    spread: Background,
    rows: NDArray[np.int64],
    posts: Posts,
    bio_cosine: NDArray[np.float32],
    asked: dict[str, Preference],
) -> tuple[Opinion, ...]:
    """What every signal that is in play says of creator rows."""
    relevant = _relevance(index, query, hits, spread, rows, posts, bio_cosine)
    opinions = [relevant]
    if target := query.brief.target_audience.facets():
        opinions.append(_audience(index, rows, target))
    usual = [group["usual"] for group in index.peers]
    trusted = believed(index.creators.authenticity_high[rows])
    reacted = engagement(rows, index.creators, index.vocabularies["bases"], usual, relevant.value * trusted)
    carried = trusted * index.creators.engagement_value[rows]
    opinions.append(dataclasses.replace(reacted, per_relevance=carried))
    if asked:
        here = {name: Preference(met[rows], known[rows], usual) for name, (met, known, usual) in asked.items()}
        opinions.append(preferences(here))
    return tuple(opinions)


def _lowered(index: Index, brief: Brief, rows: NDArray[np.int64]) -> Lowered:
    """What lowers the relevance of creator rows: no person behind it, unless asked for, and nobody reached at home."""
    asked = {*brief.must.account_kinds, *brief.should.account_kinds}
    people = index.creators.account_kind_people[rows]
    kind = np.ones(len(rows)) if asked - set(PEOPLE) else kind_factor(people, BLEND)
    wanted = list(brief.target_audience.facets().get("country", ()))
    if not wanted:
        return Lowered(kind, np.ones(len(rows)))
    prior = index.audience_prior[index.audience_group[rows]]
    cells = [(facet, segment) for facet, segment in index.vocabularies["cells"]]
    share = share_in(rows, "country", wanted, _cells(index), prior, cells, index.audience_strengths)
    return Lowered(kind, market_factor(share, BLEND))


def _relevance(
    index: Index,
    query: Query,
    hits: LexicalHits,
    spread: Background,
    rows: NDArray[np.int64],
    posts: Posts,
    bio_cosine: NDArray[np.float32],
) -> Opinion:
    bio_score = _by_aspect(query, bio_cosine, hits.of(len(index.posts) + rows))
    bio_z = (bio_score - spread.mean[0]) / spread.deviation[0]
    has_bio = np.asarray(index.bio_vectors.scales[rows] > 0)

    def spoken(i: int) -> Sequence[str]:
        return index.languages(int(rows[i]))

    parts = pool(posts.z, posts.lexical, posts.start, BLEND)
    return relevance(parts, bio_z, has_bio, spoken, BLEND, _lowered(index, query.brief, rows))


def _newest(posts: Posts, most: int) -> Posts:
    """The newest `most` posts of each creator: as much as is looked at of the reference creators."""
    counts = np.minimum(np.diff(posts.start), most)
    at = spans(posts.start[:-1], counts)
    start = np.concatenate([[0], np.cumsum(counts)])
    return Posts(posts.rows[at], start, posts.cosine[at], posts.lexical[at], posts.z[at])


def _preferences(index: Index, should: Conditions) -> dict[str, Preference]:
    """The conditions of a brief's `should` over all creators."""
    found = {}
    sure = known(index, should)
    for name, met in conditions(index, should).items():
        of_them = int(np.count_nonzero(met & sure[name]))
        usual = of_them / max(1, int(np.count_nonzero(sure[name])))
        found[name] = Preference(met, sure[name] | met, usual)
    return found


def _posts(index: Index, query: Query, hits: LexicalHits, spread: Background, creators: NDArray[np.int64]) -> Posts:
    """The newest posts of creators, scored."""
    first = index.creators.post_start[creators]
    counts = np.minimum(index.creators.post_start[creators + 1] - first, POSTS_PER_CREATOR)
    rows = spans(first, counts)
    cosine, words = index.post_vectors.similarities(query.vectors, rows), hits.of(rows)
    z = spread.z(_by_aspect(query, cosine, words), index.posts.language[rows])
    return Posts(rows, np.concatenate([[0], np.cumsum(counts)]), cosine[:, 0], words, z)


def _by_aspect(query: Query, cosine: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores float32 [n, aspects]; the words of a brief count for the brief as a whole, its aspect 0."""
    score = fuse(cosine, np.zeros(1, np.float32), query.lexical_weight)
    score[:, 0] = fuse(cosine[:, 0], lexical, query.lexical_weight)
    return score


def _audience(index: Index, rows: NDArray[np.int64], target: dict[str, dict[str, float]]) -> Opinion:
    audience, cells = _cells(index), [(facet, segment) for facet, segment in index.vocabularies["cells"]]
    both = {"age", "gender"} <= target.keys()
    return audience_overlap(
        rows,
        target,
        audience,
        prior=index.audience_prior[index.audience_group[rows]],
        cells=cells,
        strengths=index.audience_strengths,
        expected={"language": _spoken(index, rows, list(target["language"]))} if "language" in target else None,
        placed=index.creators.market[rows] >= 0,
        genuine=genuine_share(
            index.creators.credibility[rows], index.creators.authenticity_high[rows], index.usual_credibility
        ),
        tables=joint_tables(index.with_audience_of(JOINT_FACET), audience, cells) if both else None,
    )


def _cells(index: Index) -> AudienceCells:
    columns = index.creators
    return AudienceCells(
        columns.audience_start,
        columns.audience_cell,
        columns.audience_share,
        columns.audience_sample,
        columns.audience_status,
    )


def _spoken(index: Index, rows: NDArray[np.int64], wanted: list[str]) -> NDArray[np.float64]:
    """Shares [n, wanted] of an audience expected to speak the wanted languages: those that the creator posts in."""
    first = index.creators.language_start[rows]
    counts = index.creators.language_start[rows + 1] - first
    spoken, owner = index.creators.language[spans(first, counts)], np.repeat(np.arange(len(rows)), counts)
    share = np.where(counts == 0, 1.0 / (len(wanted) + 1), 0.0)[:, None] * np.ones(len(wanted))
    for place, name in enumerate(wanted):
        theirs = owner[spoken == index.vocabularies.code("languages", name)]
        share[theirs, place] = SPOKEN_SHARE / counts[theirs]
    return np.asarray(share, dtype=np.float64)
