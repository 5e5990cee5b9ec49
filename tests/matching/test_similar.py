"""Creators like others, against brute force."""

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from matcher.errors import BriefError, UnknownCreator
from matcher.matching import Matcher
from matcher.retrieval.index import Index


@pytest.fixture(scope="module")
def vectors(index: Index) -> Any:
    return index.creator_vectors.gather(np.arange(len(index.creators)))


@pytest.mark.parametrize("rows", [[0], [3, 700], [5, 6, 7, 8]])
def test_by_content_equals_brute_force(matcher: Matcher, index: Index, vectors: Any, rows: list[int]) -> None:
    names = [index.creator_id(row) for row in rows]
    middle = vectors[rows].mean(axis=0)
    cosines = vectors @ (middle / np.linalg.norm(middle))
    expected = [row for row in np.lexsort((np.arange(len(cosines)), -cosines)) if row not in rows][:10]
    found = matcher.similar(names, k=10)
    assert [entry.similarity for entry in found.entries] == pytest.approx(cosines[expected].tolist(), abs=1e-5)
    assert [entry.creator_id for entry in found.entries] == [index.creator_id(int(row)) for row in expected]
    assert [entry.rank for entry in found.entries] == list(range(1, 11))


def audiences(index: Index) -> list[dict[str, dict[str, float]]]:
    columns, cells = index.creators, index.vocabularies["cells"]
    out = []
    for row in range(len(columns)):
        facets: dict[str, dict[str, float]] = defaultdict(dict)
        for at in range(columns.audience_start[row], columns.audience_start[row + 1]):
            facet, segment = cells[columns.audience_cell[at]]
            facets[facet][segment] = float(columns.audience_share[at])
        out.append(dict(facets))
    return out


def test_by_audience_equals_brute_force(matcher: Matcher, index: Index) -> None:
    all_of = audiences(index)
    row = next(row for row, facets in enumerate(all_of) if len(facets) >= 3)
    own = all_of[row]

    def coefficient(other: dict[str, dict[str, float]]) -> float:
        parts = [
            sum(math.sqrt(share * other.get(facet, {}).get(segment, 0.0)) for segment, share in shares.items())
            for facet, shares in own.items()
        ]
        return sum(parts) / len(parts)

    scores = {other: coefficient(facets) for other, facets in enumerate(all_of) if other != row}
    found = matcher.similar(index.creator_id(row), k=20, by="audience")
    assert [entry.similarity for entry in found.entries] == pytest.approx(
        sorted(scores.values(), reverse=True)[:20], abs=1e-5
    )
    for entry in found.entries:
        assert entry.similarity == pytest.approx(scores[index.creator_row(entry.creator_id)], abs=1e-5)


def test_the_creators_named_are_not_in_the_answer(matcher: Matcher, index: Index) -> None:
    names = [index.creator_id(row) for row in (1, 2, 3)]
    for by in ("content", "audience"):
        found = matcher.similar([*names, names[0]], k=500, by=by)
        assert not set(names) & {entry.creator_id for entry in found.entries}
        assert found.creator_ids == tuple(names) and found.by == by


def test_errors(matcher: Matcher, index: Index) -> None:
    with pytest.raises(UnknownCreator, match="'nobody'"):
        matcher.similar("nobody")
    with pytest.raises(BriefError, match="at least one creator_id"):
        matcher.similar([])
    with pytest.raises(BriefError, match="k is 0"):
        matcher.similar(index.creator_id(0), k=0)
    with pytest.raises(BriefError, match="by is 'looks'; similar works by 'content' or by 'audience'"):
        matcher.similar(index.creator_id(0), by="looks")  # type: ignore[arg-type]


def test_without_anything_to_compare(matcher_of: Any) -> None:
    found = matcher_of([{"creator_id": "mute"}, {"creator_id": "ann", "bio": "tea"}], [])
    with pytest.raises(BriefError, match="neither posts nor a bio; ask for --by audience"):
        found.similar("mute")
    with pytest.raises(BriefError, match="no audience is known of the creators named; ask for --by content"):
        found.similar("ann", by="audience")


def test_those_without_a_vector_are_no_neighbours(matcher_of: Any) -> None:
    creators = [{"creator_id": "a", "bio": "tea"}, {"creator_id": "b", "bio": "tea"}, {"creator_id": "mute"}]
    found = matcher_of(creators, []).similar("a")
    assert [entry.creator_id for entry in found.entries] == ["b"]
    assert (found.entries[0].status, found.entries[0].note) == ("estimated", "on its name, bio and categories alone")
