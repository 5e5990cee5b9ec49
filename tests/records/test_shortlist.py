"""The shortlist's forms: dict and JSON as the contract fixes them, and a table for pandas."""

import json

import pytest

from matcher.records import Caution, Contribution, Entry, Evidence, FunnelStep, Shortlist

ENTRY = Entry(
    rank=1,
    creator_id="c7",
    display_name="小美",
    score=0.5,
    contributions=(
        Contribution("relevance", 0.8, 0.5, 0.4, 0.97, "measured", "note"),
        Contribution("audience", 0.2, 0.5, 0.1, 0.5, "absent", "note"),
    ),
    evidence=(Evidence("p1", 0.71, "สวัสดี", "th"), Evidence("p2", 0.5, "tea", None, "https://x.test/p2")),
    cautions=(Caution("silent", "The last post is 200 days old.", ("p1",)),),
    handle="mei",
    platforms=("instagram", "tiktok"),
    followers=1200,
    country="TW",
    languages=("zh-Hant", "th"),
)
LIST = Shortlist("b", "s1", "1", "2026-11-01T00:00:00Z", (ENTRY,), (FunnelStep("all", 3),), ("careful",))


def test_the_dict_has_the_keys_of_the_contract_in_order() -> None:
    found = LIST.to_dict()
    assert list(found) == [
        "brief_id", "snapshot_id", "method_version", "created_at", "entries", "funnel", "warnings",
    ]  # fmt: skip
    entry = found["entries"][0]
    assert list(entry)[:7] == [
        "rank", "creator_id", "display_name", "score", "contributions", "evidence", "cautions",
    ]  # fmt: skip
    assert entry["contributions"][0] == {
        "signal": "relevance", "value": 0.8, "weight": 0.5, "contribution": 0.4, "percentile": 0.97,
        "status": "measured", "note": "note", "interval": None, "figures": None,
    }  # fmt: skip
    assert entry["evidence"][0] == {
        "post_id": "p1", "similarity": 0.71, "text": "สวัสดี", "language": "th", "url": None,
    }  # fmt: skip
    assert entry["cautions"] == [{"code": "silent", "detail": "The last post is 200 days old.", "post_ids": ["p1"]}]
    assert found["funnel"] == [{"step": "all", "creators": 3}]


def test_json_is_the_dict_with_scripts_unescaped() -> None:
    text = LIST.to_json()
    assert json.loads(text) == LIST.to_dict()
    assert "小美" in text and "สวัสดี" in text and "\n" not in text
    assert json.loads(LIST.to_json(indent=2)) == json.loads(text)


def test_json_holds_no_nan() -> None:
    broken = Shortlist("b", "s", "1", "t", (), (FunnelStep("all", float("nan")),))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not JSON compliant"):
        broken.to_json()


def test_the_pandas_table_has_one_row_an_entry() -> None:
    frame = LIST.to_pandas()
    assert frame.to_dict("records") == [
        {
            "rank": 1, "creator_id": "c7", "display_name": "小美", "handle": "mei", "platforms": "instagram;tiktok",
            "followers": 1200, "country": "TW", "languages": "zh-Hant;th", "score": 0.5,
            "relevance_value": 0.8, "relevance_contribution": 0.4, "relevance_percentile": 0.97,
            "relevance_status": "measured",
            "audience_value": 0.2, "audience_contribution": 0.1, "audience_percentile": 0.5,
            "audience_status": "absent",
            "evidence_post_ids": "p1;p2", "cautions": "silent",
        }
    ]  # fmt: skip


def test_an_empty_shortlist_is_an_empty_table() -> None:
    empty = Shortlist("b", "s1", "1", "t", (), (FunnelStep("all", 3),))
    assert len(empty) == 0 and len(empty.to_pandas()) == 0
