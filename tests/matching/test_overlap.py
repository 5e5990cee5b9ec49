"""Overlap of a group, from commenters and from followers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import BriefError, UnknownCreator
from matcher.matching import Matcher
from matcher.records.overlap import Estimate
from matcher.signals.trade import trade_data

from ..tiny import jsonl

Tables = Callable[..., Matcher]
Row = dict[str, Any]

CREATORS: list[Row] = [
    {"creator_id": "ann", "platform": "instagram", "followers": 1000, "country": "TW"},
    {"creator_id": "ben", "platform": "instagram", "followers": 600, "country": "TW"},
    {"creator_id": "cat", "platform": "youtube", "followers": 300, "country": "VN"},
    {"creator_id": "dan", "platform": "youtube", "country": "VN"},
]
POSTS = [{"post_id": f"p-{row['creator_id']}", "creator_id": row["creator_id"], "text": "word"} for row in CREATORS]


def comments(path: Path, **people: list[str]) -> Path:
    """A comments table: creator → who comments."""
    rows = [
        {"comment_id": f"{creator}-{i}", "post_id": f"p-{creator}", "author_id": one, "text": "hello there"}
        for creator, names in people.items()
        for i, one in enumerate(names)
    ]
    return jsonl(path, rows)


def exactly(value: float) -> Estimate:
    return Estimate(value, value, value)


def test_of_commenters(matcher_of: Tables, tmp_path: Path) -> None:
    table = comments(
        tmp_path / "comments.jsonl", ann=["1", "2", "3", "3", "ann"], ben=["3", "4", "ann"], cat=["1", "5"], dan=["3"]
    )
    found = matcher_of(CREATORS, POSTS, comments=table).overlap(["ann", "ben", "cat"])
    assert (found.basis, found.status) == ("commenters", "measured")
    assert (found.total, found.unique) == (exactly(8), exactly(6)), "1 to 5, and ann who comments on ben"
    ann, ben, cat = found.members
    assert (ann.people, ann.alone, ann.shared, ann.alone_share) == (exactly(3), exactly(1), exactly(2), 0.333333)
    assert (ben.people, ben.alone) == (exactly(3), exactly(2))
    assert (cat.people, cat.alone, cat.alone_share) == (exactly(2), exactly(1), 0.5)
    pairs = {(pair.first, pair.second): pair for pair in found.pairs}
    assert {ids: pair.shared.value for ids, pair in pairs.items()} == {
        ("ann", "ben"): 1, ("ann", "cat"): 1, ("ben", "cat"): 0,
    }  # fmt: skip
    assert (pairs["ann", "cat"].share_of_first, pairs["ann", "cat"].share_of_second) == (0.333333, 0.5)
    assert (found.share(2, 0), found.share(0, 2), found.share(1, 1)) == (0.5, 0.333333, 1.0)
    assert "counted exactly" in found.note
    assert found.warnings[0] == "Fewer than 30 people who comment are known of ann, ben, cat."
    assert "several platforms" in found.warnings[1]


def test_followers_where_commenters_are_not_known_of_all(matcher_of: Tables, tmp_path: Path) -> None:
    table = comments(tmp_path / "comments.jsonl", ann=["1", "2"], cat=["3"])
    found = matcher_of(CREATORS, POSTS, comments=table).overlap(["ann", "ben", "cat"])
    assert (found.basis, found.status) == ("followers", "estimated")
    share = trade_data("overlap")["best_known_share"]
    both = 1000 * 600 / (1000 / share)
    pairs = {(pair.first, pair.second): pair.shared for pair in found.pairs}
    assert pairs["ann", "ben"] == Estimate(round(both, 1), 0.0, 600.0)
    assert pairs["ann", "cat"] == exactly(0), "other countries"
    assert found.total == exactly(1900)
    assert found.unique == Estimate(round(1900 - both, 1), 1300.0, 1900.0)
    assert found.members[1].alone == Estimate(round(600 - both, 1), 0.0, 600.0)
    assert found.members[1].shared == Estimate(round(both, 1), 0.0, 600.0)
    assert found.warnings == ("Who comments is not known of ben: followers are taken for all.",)


def test_an_audience_spreads_the_followers(matcher_of: Tables) -> None:
    abroad = CREATORS[2] | {"audience_country": {"TW": 0.5, "VN": 0.5}}
    found = matcher_of([*CREATORS[:2], abroad], POSTS[:3]).overlap(["ann", "cat"])
    share = trade_data("overlap")["best_known_share"]
    assert found.pairs[0].shared == Estimate(round(150 * share, 1), 0.0, 150.0)
    assert "made without a comments table that names authors" in found.warnings[0]


def test_a_table_without_authors_is_said(matcher_of: Tables, tmp_path: Path) -> None:
    rows = [{"comment_id": str(i), "post_id": "p-ann", "text": "hello"} for i in range(9)]
    matcher = matcher_of(CREATORS, POSTS, comments=jsonl(tmp_path / "comments.jsonl", rows))
    found = matcher.overlap(["ann", "ben"])
    assert found.basis == "followers" and "names authors" in found.warnings[0]
    assert any("no author is known" in warning for warning in matcher.index.manifest.warnings)


def test_nothing_is_known(matcher_of: Tables) -> None:
    found = matcher_of(CREATORS, POSTS).overlap(["ann", "dan"])
    assert (found.basis, found.status, found.members, found.unique) == (None, "absent", (), None)
    assert "Followers are not known of dan: left out." in found.warnings


def test_an_erased_creator_leaves_sketch_and_ids(matcher_of: Tables, tmp_path: Path) -> None:
    table = comments(tmp_path / "comments.jsonl", ann=["1", "cat"], ben=["cat", "2"], cat=["1", "2"])
    matcher = matcher_of(CREATORS, POSTS, comments=table, erase=("cat",))
    found = matcher.overlap(["ann", "ben"])
    assert found.basis == "commenters"
    assert [member.people.value for member in found.members] == [1, 1]
    assert found.unique == exactly(2) and found.pairs[0].shared == exactly(0)
    with pytest.raises(UnknownCreator):
        matcher.overlap(["ann", "cat"])


def test_bad_groups(matcher_of: Tables) -> None:
    matcher = matcher_of(CREATORS, POSTS)
    with pytest.raises(BriefError, match="2 to 100 different creators; 1 given"):
        matcher.overlap(["ann", "ann"])
    with pytest.raises(UnknownCreator, match="nobody"):
        matcher.overlap(["ann", "nobody"])


def test_as_a_dict(matcher_of: Tables) -> None:
    found = matcher_of(CREATORS, POSTS).overlap(["ann", "ben"]).to_dict()
    assert found["creator_ids"] == ["ann", "ben"] and found["status"] == "estimated"
    assert found["pairs"][0]["shared"]["low"] == 0.0
    assert found["members"][0]["people"] == {"value": 1000.0, "low": 1000.0, "high": 1000.0}
