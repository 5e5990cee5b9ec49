"""Creators: flat and nested columns, accounts united, duplicates."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from matcher.catalog import CREATORS

from .conftest import CREATOR, Opener, jsonl


def only(catalog: Any) -> dict[str, Any]:
    rows = catalog.creators().to_pylist()
    assert len(rows) == 1
    row: dict[str, Any] = rows[0]
    return row


ACCOUNT = {
    "platform": "instagram",
    "handle": "ann",
    "followers": 1200,
    "following": None,
    "media_count": None,
    "verified": None,
}


def test_flat_columns_become_one_account(open_catalog: Opener) -> None:
    row = only(open_catalog(creators=[{**CREATOR, "category": "food", "platform": "Instagram "}]))
    assert row["accounts"] == [ACCOUNT]
    assert row["categories"] == ["food"]


def test_a_creator_with_nothing_but_an_id_has_no_account(open_catalog: Opener) -> None:
    row = only(open_catalog(creators=[{"creator_id": "c1"}]))
    assert row["accounts"] is None
    assert row["audience"] is None


NESTED = {
    "creator_id": "c1",
    "display_name": "Ann",
    "accounts": [
        {"platform": "TikTok", "handle": "ann.tt", "followers": "1,500", "verified": True, "joined": "2019"},
        {"platform": "youtube", "followers": 20.0},
    ],
    "languages": ["zh", "EN"],
    "prices": [
        {"platform": "tiktok", "format": "Video", "amount": 300, "currency": "usd", "source": "declared"},
        {"amount": "12.5", "currency": "dollars"},
    ],
    "contacts": [{"type": "email", "value": "ann@example.org"}],
}


def shapes() -> list[Any]:
    flattened = {k: json.dumps(v) if isinstance(v, list) else v for k, v in NESTED.items()}
    arrow = json.loads(json.dumps(NESTED))
    arrow["accounts"][0]["followers"], arrow["accounts"][1]["followers"] = 1500, 20
    arrow["prices"][0]["amount"], arrow["prices"][1]["amount"] = 300.0, 12.5
    return [
        pytest.param([NESTED], id="JSON lines, nested"),
        pytest.param([flattened], id="JSON in a string"),
        pytest.param(pa.Table.from_pylist([arrow]), id="Arrow, nested"),
        pytest.param(pd.DataFrame([flattened]), id="DataFrame, JSON in a string"),
        pytest.param(pd.DataFrame([NESTED]), id="DataFrame, objects"),
    ]


@pytest.mark.parametrize("source", shapes())
def test_nested_fields_read_the_same_in_every_shape(source: Any, open_catalog: Opener) -> None:
    catalog = open_catalog(creators=source)
    row = only(catalog)
    none = dict.fromkeys(ACCOUNT)
    assert row["accounts"] == [
        none | {"platform": "tiktok", "handle": "ann.tt", "followers": 1500, "verified": True},
        none | {"platform": "youtube", "followers": 20},
    ]
    assert row["languages"] == ["zh", "en"]
    assert row["prices"] == [
        {"platform": "tiktok", "format": "video", "amount": 300.0, "currency": "USD", "source": "declared"},
        {"platform": None, "format": None, "amount": 12.5, "currency": None, "source": None},
    ]
    assert row["contacts"] == [{"type": "email", "value": "ann@example.org"}]
    assert any("fields of accounts kept aside" in w and "joined" in w for w in catalog.warnings)
    assert any("ISO 4217" in w and "DOLLARS" in w for w in catalog.warnings)


def test_creators_come_in_the_canonical_schema_sorted_by_id(open_catalog: Opener) -> None:
    table = open_catalog(creators=[{"creator_id": c} for c in ("b", "é", "a", "B")]).creators()
    assert table.schema == CREATORS
    assert table["creator_id"].to_pylist() == ["B", "a", "b", "é"]
    assert table["source_line"].to_pylist() == [4, 3, 1, 2]


def test_no_creators_is_a_table_without_rows(open_catalog: Opener) -> None:
    table = open_catalog(creators=[], posts=[]).creators()
    assert (table.schema, len(table)) == (CREATORS, 0)


def test_rows_of_one_creator_on_two_platforms_are_one_creator(open_catalog: Opener, rejects: Any) -> None:
    catalog = open_catalog(
        creators=[
            {"creator_id": "z"},
            {**CREATOR, "country": None, "audience_country": {"TW": 1.0}},
            {**CREATOR, "platform": "youtube", "handle": "anntube", "country": "JP", "bio": "hello"},
            {**CREATOR, "followers": 7, "country": "US"},
        ]
    )
    table = catalog.creators()
    row = table.to_pylist()[0]
    assert table["creator_id"].to_pylist() == ["c1", "z"]
    assert [(a["platform"], a["handle"]) for a in row["accounts"]] == [("instagram", "ann"), ("youtube", "anntube")]
    assert (row["country"], row["bio"]) == ("JP", "hello"), "the first that is known wins"
    assert [record["platform"] for record in row["audience"]] == ["instagram"]
    [reject] = rejects(catalog)
    assert (reject["line"], reject["field"], reject["value"]) == (4, "creator_id", "c1")
    assert reject["reason"].startswith("duplicate")
    counts = catalog.counts["creators"]
    assert (counts.read, counts.kept, counts.rejected, counts.merged) == (4, 2, 1, 1)


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        pytest.param({"creator_id": None}, "creator_id", id="no id"),
        pytest.param({"creator_id": "  "}, "creator_id", id="blank id"),
        pytest.param({"followers": -1}, "followers", id="negative followers"),
        pytest.param({"followers": "12k"}, "followers", id="12k followers"),
        pytest.param({"accounts": [{"platform": "x", "followers": -3}]}, "accounts.followers", id="nested negative"),
        pytest.param({"prices": [{"amount": -3}]}, "prices.amount", id="negative price"),
        pytest.param({"prices": [{"amount": "500.000"}]}, "prices.amount", id="half a million, or five hundred"),
        pytest.param({"audience_country": {"TW": -0.1, "US": 1.1}}, "audience", id="negative share"),
        pytest.param({"audience_age": {"18-24": "most"}}, "audience", id="a share in words"),
    ],
)
def test_impossible_values_reject_the_row(
    spoiled: dict[str, Any], field: str, open_catalog: Opener, rejects: Any
) -> None:
    catalog = open_catalog(creators=[{"creator_id": "ok"}, {**CREATOR, **spoiled}])
    assert catalog.creators()["creator_id"].to_pylist() == ["ok"]
    assert [(row["line"], row["field"]) for row in rejects(catalog)] == [(2, field)]


def test_contacts_are_never_written_to_rejects_or_warnings(tmp_path: Path, open_catalog: Opener, rejects: Any) -> None:
    secret = "ann@example.org"
    rows: list[Any] = [
        {**CREATOR, "contacts": [{"type": "email", "value": secret}], "followers": -1},
        {**CREATOR, "creator_id": "c2", "contacts": secret},
        {**CREATOR, "creator_id": "c3", "contacts": [[secret]]},
        {**CREATOR, "creator_id": "c4", "contacts": {"email": secret}},
        f'{{"creator_id": "c5", "contacts": "{secret}"',
    ]
    catalog = open_catalog(creators=rows)
    table = catalog.creators()
    assert table["contacts"].to_pylist() == [
        [{"type": "email", "value": secret}],
        None,
        [{"type": "email", "value": secret}],
    ]
    assert secret not in json.dumps(rejects(catalog))
    assert secret not in " ".join(catalog.warnings)


def test_an_unusable_nested_value_is_null_with_a_warning(open_catalog: Opener) -> None:
    catalog = open_catalog(creators=[{**CREATOR, "prices": "cheap"}])
    assert only(catalog)["prices"] is None
    assert "creators.prices: 1 value left out: expected a list of objects; for example 'cheap'" in catalog.warnings


def test_creators_in_several_files_are_sorted_together(tmp_path: Path, open_catalog: Opener) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in "cab":
        (folder / f"{name}.jsonl").write_text(jsonl([{**CREATOR, "creator_id": name}, {"creator_id": name + "2"}]))
    table = open_catalog(creators=folder, posts=[]).creators()
    assert table["creator_id"].to_pylist() == ["a", "a2", "b", "b2", "c", "c2"]
    assert table["source_file"].to_pylist() == [0, 0, 1, 1, 2, 2]
