"""Candidates: which creators are worth scoring at all."""

from pathlib import Path

import numpy as np
import pytest

from matcher.matching import candidates
from matcher.matching.candidates import find_candidates, lexical_hits
from matcher.matching.query import make_queries
from matcher.records import Brief
from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore

from ..conftest import SmallIndex


@pytest.fixture
def index(small_index: SmallIndex) -> Index:
    return Index.open(SnapshotStore(small_index.indexes).folder())


def found(index: Index, encoder: Path, k: int, **brief: object) -> list[str | None]:
    """Markets of the candidates for a brief."""
    query = make_queries([Brief.parse({"text": "street food and noodles", **brief})], load_encoder(str(encoder)))[0]
    everyone = np.ones(len(index.creators), dtype=np.bool_)
    rows = find_candidates(index, query, lexical_hits(index, query), everyone, k)
    assert (np.diff(rows) > 0).all()
    return index.vocabularies.each("countries", index.creators.market[rows])


def test_markets_that_the_brief_wants_to_reach_have_their_own_share_of_the_pool(
    index: Index, small_index: SmallIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An English brief for Thailand: creators of Thailand are among the candidates though English posts are nearer."""
    monkeypatch.setattr(candidates, "ALL_CREATORS", 10)
    monkeypatch.setattr(candidates, "POOL", 60)
    anywhere = found(index, small_index.encoder, 10)
    for_thailand = found(index, small_index.encoder, 10, target_audience={"country": {"TH": 1}})
    assert for_thailand.count("TH") >= 20 > anywhere.count("TH")
    assert len(for_thailand) - for_thailand.count("TH") >= 10  # the others are still looked at


@pytest.mark.parametrize("countries", [{"XK": 1}, {}], ids=["a market that nobody lives in", "no market"])
def test_a_market_that_narrows_nothing_changes_nothing(
    index: Index, small_index: SmallIndex, countries: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "ALL_CREATORS", 10)
    target = {"country": countries}
    assert found(index, small_index.encoder, 10, target_audience=target) == found(index, small_index.encoder, 10)


def test_few_creators_are_all_candidates(index: Index, small_index: SmallIndex) -> None:
    assert len(index.creators) > candidates.ALL_CREATORS
    query = make_queries([Brief.parse({"text": "tea"})], load_encoder(str(small_index.encoder)))[0]
    allowed = np.zeros(len(index.creators), dtype=np.bool_)
    allowed[[3, 17, 400]] = True
    assert find_candidates(index, query, lexical_hits(index, query), allowed, 20).tolist() == [3, 17, 400]
