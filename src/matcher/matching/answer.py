"""One query against one snapshot: filters, candidates, scores, and the shortlist made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.matching.candidates import LexicalHits, find_candidates, lexical_hits
from matcher.matching.collecting import no_collecting
from matcher.matching.entries import entries
from matcher.matching.on_topic import FIRST, topic_warnings
from matcher.matching.query import Query
from matcher.matching.scoring import Scored, score_creators
from matcher.records import Shortlist
from matcher.records.said import Said, Term, say, say_n
from matcher.retrieval.filters import Filtered, apply_filters
from matcher.retrieval.index import Index


@dataclass(frozen=True)
class Answer:
    """Everything found for a query; the shortlist and the explanations are read off it."""

    index: Index
    query: Query
    filtered: Filtered
    hits: LexicalHits
    scored: Scored
    """The candidates."""

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Positions of the candidates from best to worst."""
        return self.scored.order()

    @cached_property
    def topic_warnings(self) -> tuple[str, ...]:
        """
        Whether those who meet the conditions of the brief, or the index as a whole, hardly hold anything about it.

        Conditions leave few creators, among whom the same nearest ones look like a find; but what nobody in the index
        posts about, nobody of a part of it does.
        """
        return tuple(topic_warnings(self.index, self.query, self._looks()))

    def _looks(self) -> Iterator[tuple[Scored, int]]:
        """The candidates, and those that there would be without conditions; each with among how many they are."""
        allowed = self.filtered.allowed
        yield self.scored, int(np.count_nonzero(allowed))
        if allowed.any() and not allowed.all():
            rows = find_candidates(self.index, self.query, self.hits, np.ones_like(allowed), FIRST)
            yield score_creators(self.index, self.query, self.hits, rows), len(allowed)

    @no_collecting()
    def shortlist(self, created_at: str) -> Shortlist:
        """The best `k` candidates with their reasons."""
        brief = self.query.brief
        best = self.order[: brief.k]
        warnings = [*self.query.warnings, *self.filtered.warnings, *self.topic_warnings]
        if 0 < len(best) < brief.k:
            warnings.append(
                say_n(
                    "{n} creator was found, {k} were asked for",
                    "{n} creators were found, {k} were asked for",
                    len(best),
                    k=brief.k,
                )
            )
        if not len(best):
            warnings.append(emptied_by(self.filtered))
        return Shortlist(
            brief_id=brief.brief_id,
            snapshot_id=self.index.manifest.snapshot_id,
            method_version=self.index.manifest.method_version,
            created_at=created_at,
            entries=entries(self.index, self.scored, best.tolist(), brief.must),
            funnel=self.filtered.funnel,
            warnings=tuple(warnings),
        )


def answer(index: Index, query: Query) -> Answer:
    """Find and score the candidates for a query."""
    filtered = apply_filters(index, query.brief)
    hits = lexical_hits(index, query)
    rows = find_candidates(index, query, hits, filtered.allowed, query.brief.k)
    return Answer(index, query, filtered, hits, score_creators(index, query, hits, rows))


def emptied_by(filtered: Filtered) -> Said:
    """Which step of the funnel left nobody, in words."""
    for before, step in zip(filtered.funnel, filtered.funnel[1:], strict=False):
        if before.creators and not step.creators:
            took = {"step": Term(step.step, "place"), "last": before.creators}
            return say("no creator is left: {step} took out the last {last:,}; loosen it", **took)
    if filtered.allowed.any():
        return say("no creator uses any word of the brief, and its language cannot be compared by meaning")
    return say("no creator is left: the snapshot holds none")
