"""
Does the index hold anything about this at all? Said of a brief as a whole, before its shortlist is trusted.

Every brief has nearest creators, also one about what nobody posts about, and the best of many chance finds stand high
above the background. Two figures tell the two apart, both cosines, which mean the same everywhere: how near the best
posts of the first few come, and how far that is above what posts in general come to the brief. The more creators there
are, the nearer chance comes, so how many there are is the third. Deviations above the background say less: where all
post about few things they are small, and a chance find stands eight of them high. A small monotone logistic, fitted on
briefs of our own whose subject is or is not there, in indexes of many sizes (`scripts/fit_on_topic.py`), makes a
probability.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.matching.query import Query
from matcher.matching.scoring import Scored
from matcher.records.said import Said, say
from matcher.retrieval.index import Index
from matcher.signals.relevance import PRIOR_POSTS
from matcher.signals.trade import trade_data

FIRST = 5
"""Of so many is taken how near they come: a small index that has the subject at all may hold a handful about it."""
LEAST_CREATORS = 20
"""Among fewer creators than this a few of them are everybody: nothing is said."""
SURE = 0.6
"""From this probability on nobody looks any further: no absent subject came above 0.57 by any of seven conditions."""
FIGURES = ("near", "above", "few")


@dataclass(frozen=True, slots=True)
class Presence:
    """What speaks for a brief's subject being in the index."""

    near: float
    """Mean of the highest cosine of a post, or of the bio, of each of the first few with the brief."""
    above: float
    """`near` less the mean cosine of posts in general with the brief: a brief of common words is near to everything."""
    few: float
    """-log of how many creators were looked among: what chance finds among few is less near."""

    @property
    def probability(self) -> float:
        """The probability that the index holds creators about this, 0 to 1."""
        model = trade_data("on_topic")
        z = model["bias"] + sum(model["weights"][name] * getattr(self, name) for name in FIGURES)
        return float(1.0 / (1.0 + np.exp(-z)))


def presence(index: Index, query: Query, scored: Scored, among: int) -> Presence | None:
    """
    The figures for a query scored over candidates from `among` creators.

    None where there is too little to tell: a handful of creators, no vectors to compare.
    """
    if len(index.creators) < LEAST_CREATORS or query.lexical_weight >= 1.0 or len(scored.rows) < 2:
        return None
    relevance = next(opinion for opinion in scored.opinions if opinion.signal == "relevance")
    value = relevance.value if relevance.factor is None else relevance.value / relevance.factor
    first = np.lexsort((scored.rows, -value))[:FIRST]
    bios = index.bio_vectors.similarities(query.vectors[:1], scored.rows[first])[:, 0]
    start = scored.posts.start
    near = [
        float(scored.posts.cosine[start[at] : start[at + 1]].max(initial=bio))
        for at, bio in zip(first.tolist(), bios, strict=True)
    ]
    nearest = float(np.mean(near))
    return Presence(nearest, nearest - in_general(index, query), -float(np.log(among)))


def in_general(index: Index, query: Query) -> float:
    """The mean cosine of posts in general with a brief: those of reference creators, and what is usual beside them."""
    reference = index.reference
    usual = float(trade_data("background")["cosine_mean"])
    own = float(reference.posts_together @ query.vectors[0])
    return (own + PRIOR_POSTS * usual) / (len(reference.post_rows) + PRIOR_POSTS)


def topic_warnings(index: Index, query: Query, looks: Iterable[tuple[Scored, int]]) -> list[Said]:
    """
    A warning where the index hardly holds anything about the brief, else nothing.

    `looks` are candidates and among how many creators they were found: among those who meet the conditions, then in
    the whole index, which is looked at where the first leaves a doubt. How near posts come depends on the encoder: with
    another one than the model was fitted on, nothing is said.
    """
    if not query.names_subject or not index.manifest.encoder_fingerprint.startswith(trade_data("on_topic")["encoder"]):
        return []
    for scored, among in looks:
        found = presence(index, query, scored, among)
        if found is not None and found.probability < trade_data("on_topic")["warn_below"]:
            return [_nothing_about_this(found.probability)]
        if found is not None and found.probability >= SURE:
            break
    return []


def is_topic_warning(warning: str) -> bool:
    """Whether a warning of a shortlist is this one, for whoever shows it apart from the others."""
    return isinstance(warning, Said) and warning.template == _TEMPLATE


def _nothing_about_this(probability: float) -> Said:
    return say(
        "nothing in this index is clearly about this: the nearest posts come hardly nearer than chance finds would "
        "(probability that the index holds the subject: {probability:.0%})",
        probability=probability,
    )


_TEMPLATE = _nothing_about_this(0.0).template
