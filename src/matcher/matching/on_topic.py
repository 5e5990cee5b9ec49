"""
Does the index hold anything about this at all? Said of a brief as a whole, before its shortlist is trusted.

Every brief has nearest creators, also one about what nobody posts about, and the best of many chance finds stand high
above the background. Three figures tell the two apart: how many creators are plainly relevant, how much the first few
have in common (chance finds lie in all directions), and how near their best posts come. The more creators there are,
the better chance does at all three, so how many there are is the fourth. A small monotone logistic, fitted on briefs of
our own whose subject is or is not there, in indexes of many sizes (`scripts/fit_on_topic.py`), makes a probability.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.matching.query import Query
from matcher.matching.scoring import Scored
from matcher.records.said import Said, say
from matcher.retrieval.index import Index
from matcher.signals.trade import trade_data

FIRST = 5
"""Of so many are taken what they have in common and how near they come: a small index that has the subject at all may
hold a handful about it."""
PLAINLY = 0.7
"""Relevance from which a creator is plainly about the brief, what lowers it left aside."""
LEAST_REFERENCE = 200
"""With fewer reference creators than this an index is too small to tell chance from substance: nothing is said."""
SURE = 0.9
"""From this probability on nobody looks any further: no absent subject came above 0.5 by any condition."""
FIGURES = ("plainly", "alike", "near", "few")


@dataclass(frozen=True, slots=True)
class Presence:
    """What speaks for a brief's subject being in the index."""

    plainly: float
    """log(1 + creators that are plainly relevant)."""
    alike: float
    """Mean cosine among the vectors of the first few."""
    near: float
    """Mean of the highest cosine of a post, or of the bio, of each of the first few with the brief."""
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

    None where there is too little to tell: a very small index, no vectors to compare.
    """
    if len(index.reference.rows) < LEAST_REFERENCE or query.lexical_weight >= 1.0 or len(scored.rows) < 2:
        return None
    relevance = next(opinion for opinion in scored.opinions if opinion.signal == "relevance")
    value = relevance.value if relevance.factor is None else relevance.value / relevance.factor
    first = np.lexsort((scored.rows, -value))[:FIRST]
    vectors = index.creator_vectors.gather(scored.rows[first])
    together = vectors @ vectors.T
    n = len(first)
    alike = float((together.sum() - np.trace(together)) / (n * (n - 1)))
    bios = index.bio_vectors.similarities(query.vectors[:1], scored.rows[first])[:, 0]
    start = scored.posts.start
    near = [
        float(scored.posts.cosine[start[at] : start[at + 1]].max(initial=bio))
        for at, bio in zip(first.tolist(), bios, strict=True)
    ]
    plainly = float(np.log1p(np.count_nonzero(value > PLAINLY)))
    return Presence(plainly, alike, float(np.mean(near)), -float(np.log(among)))


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
            return [_warning(found)]
        if found is not None and found.probability >= SURE:
            break
    return []


def _warning(found: Presence) -> Said:
    plainly = round(float(np.expm1(found.plainly)))
    near = say("no creator comes near it")
    if plainly:
        near = say("only {creators} of the creators scored come near it", creators=plainly)
    return _nothing_about_this(near, found.probability)


def is_topic_warning(warning: str) -> bool:
    """Whether a warning of a shortlist is this one, for whoever shows it apart from the others."""
    return isinstance(warning, Said) and warning.template == _TEMPLATE


def _nothing_about_this(near: str, probability: float) -> Said:
    return say(
        "nothing in this index is clearly about this: {near}, and the nearest have little in common "
        "(probability that the index holds the subject: {probability:.0%})",
        near=near,
        probability=probability,
    )


_TEMPLATE = _nothing_about_this("", 0.0).template
