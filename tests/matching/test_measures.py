"""Measures against numbers worked by hand."""

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import BriefError
from matcher.matching.evaluation import evaluate, groups_of, measure, read_briefs, read_qrels
from matcher.matching.matcher import Matcher
from matcher.matching.measures import judged_only, judged_share, ndcg, recall, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("ranking", "k", "expected"),
    [
        pytest.param("abcd", 10, 1.0, id="the ideal order"),
        # 3/1 + 2/log2(3) + 1/2 = 4.7619 is ideal; backwards: 0 + 1/log2(3) + 2/2 + 3/log2(5) = 2.9230
        pytest.param("dcba", 10, 2.922961 / 4.761860, id="backwards"),
        pytest.param("xa", 10, (3 / math.log2(3)) / 4.761860, id="an unjudged creator counts 0"),
        pytest.param("ba", 2, (2 + 3 / math.log2(3)) / (3 + 2 / math.log2(3)), id="cut at 2"),
        pytest.param("", 10, 0.0, id="nothing found"),
    ],
)
def test_ndcg(ranking: str, k: int, expected: float) -> None:
    assert ndcg(list(ranking), GRADES, k) == pytest.approx(expected, abs=1e-6)


def test_ndcg_without_gain_is_0() -> None:
    assert ndcg(["a"], {"a": 0}) == 0.0 == ndcg(["a"], {})


def test_the_other_measures() -> None:
    assert recall(list("xbxa"), GRADES, k=2) == 0.5
    assert recall(list("xbxa"), GRADES, k=4) == 1.0
    assert recall(list("ab"), {"c": 1}) == 0.0
    assert reciprocal_rank(list("xcb"), GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(list("xc"), GRADES) == 0.0
    assert judged_share(list("axbx"), GRADES, k=4) == 0.5
    assert judged_share([], GRADES) == 0.0
    assert judged_only(list("xaybz"), GRADES) == ["a", "b"]


@given(st.permutations("abcdxyz"))
def test_measures_lie_between_0_and_1_and_the_ideal_order_is_best(ranking: list[str]) -> None:
    assert 0 <= ndcg(ranking, GRADES) <= 1
    assert ndcg(judged_only(ranking, GRADES), GRADES) >= ndcg(ranking, GRADES) - 1e-12


def test_means_of_groups_by_hand() -> None:
    rankings = {"b1": ["a", "x"], "b2": ["x", "a"]}
    qrels = {"b1": {"a": 2}, "b2": {"a": 2}}
    found = measure(rankings, qrels, {"b1": ("brief en", "within"), "b2": ("brief th", "within")})
    assert list(found.sizes.items()) == [("all", 2), ("within", 2), ("brief en", 1), ("brief th", 1)]
    assert found.unjudged == {"b1": ["x"], "b2": ["x"]}
    second = 1 / math.log2(3)
    assert found.briefs["b2"] == pytest.approx(
        {"ndcg@10": second, "ndcg@10_judged": 1.0, "recall@50": 1.0, "mrr": 0.5, "judged@10": 0.5}
    )
    mean = found.groups["within"]["ndcg@10"]
    assert mean.mean == pytest.approx((1 + second) / 2, abs=1e-4)
    assert mean.low == pytest.approx(second, abs=1e-4) and mean.high == 1.0
    assert found.groups["brief en"]["mrr"].low == found.groups["brief en"]["mrr"].high == 1.0


def test_evaluation_of_nothing_is_an_error() -> None:
    with pytest.raises(BriefError, match="brief_id in the briefs and in the qrels must agree"):
        measure({}, {}, {})


def test_groups_follow_the_language_of_the_good_creators(matcher_of: Any) -> None:
    creators = [{"creator_id": c, "languages": [lang]} for c, lang in (("t1", "th"), ("t2", "th"), ("e1", "en"))]
    matcher = matcher_of(creators, [])
    assert groups_of(matcher, "en", {"t1": 3, "t2": 2, "e1": 1}) == ("brief en", "across", "en → th")
    assert groups_of(matcher, "th", {"t1": 3, "e1": 1, "gone": 3}) == ("brief th", "within", "th → th")
    assert groups_of(matcher, "en", {"e1": 0}) == ("brief en", "across", "en → ?")


def test_evaluate_ranks_the_judged_briefs(matcher: Matcher, demo_briefs: list[dict[str, Any]]) -> None:
    briefs = [read for data in demo_briefs[:2] for read in [matcher.match(data)]]
    first = briefs[0]
    grades = {entry.creator_id: 3 for entry in first.entries}
    from matcher.matching import as_brief

    found = evaluate(matcher, [as_brief(data) for data in demo_briefs], {first.brief_id: grades})
    assert set(found.briefs) == {first.brief_id}
    assert found.briefs[first.brief_id]["ndcg@10"] == pytest.approx(1.0)
    assert found.briefs[first.brief_id]["recall@50"] == 1.0


def test_qrels_are_read(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text("brief_id\tcreator_id\tgrade\tsaid_by\nb1\tc1\t3\tme\nb1\tc2\t0\tme\nb2\tc1\t1\tme\n", "utf-8")
    assert read_qrels(path) == {"b1": {"c1": 3, "c2": 0}, "b2": {"c1": 1}}


@pytest.mark.parametrize("line", ["b1\tc1\tgood", "b1\tc1", "b1,c1,3"])
def test_a_bad_line_of_qrels_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(f"brief_id\tcreator_id\tgrade\n{line}\n", "utf-8")
    with pytest.raises(BriefError, match=r"qrels\.tsv, line 2: needs tab-separated"):
        read_qrels(path)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"none\.tsv cannot be read"):
        read_qrels(tmp_path / "none.tsv")
    with pytest.raises(BriefError, match=r"none\.jsonl cannot be read"):
        read_briefs(tmp_path / "none.jsonl")


def test_briefs_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"text": "tea"}\n\n{"text": "cake"}\n', "utf-8")
    assert [brief.text for brief in read_briefs(path)] == ["tea", "cake"]
    path.write_text('{"text": "tea"}\n{"txt": "cake"}\n', "utf-8")
    with pytest.raises(BriefError, match=r"briefs\.jsonl, line 2"):
        read_briefs(path)
