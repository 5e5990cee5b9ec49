"""Creators, index and dictionaries, by value."""

import json
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from matcher.demo import World
from matcher.matching import Matcher

COMMON = {"display_name", "bio", "accounts", "country", "city", "account_kind"}


@pytest.fixture(scope="module")
def rows(world: World) -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = pq.read_table(world.table("creators")).to_pylist()
    return table


def test_a_profile_says_what_the_table_said(client: TestClient, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        profile = client.get(f"/v1/creators/{row['creator_id']}").json()
        assert profile["creator_id"] == row["creator_id"]
        assert {name: profile[name] for name in ("display_name", "bio", "city")} == {
            name: row[name] for name in ("display_name", "bio", "city")
        }
        assert profile["country"] == row["country"]
        assert profile["account_kind"] == row["account_kind"]
        assert profile["contacts"] is None


def test_contacts_come_only_where_asked_for(client: TestClient) -> None:
    path = "/v1/creators/c000000"
    assert client.get(path).json()["contacts"] is None
    assert client.get(f"{path}?contacts=false").json()["contacts"] is None
    shown = client.get(f"{path}?contacts=true").json()["contacts"]
    assert shown == [{"type": "email", "value": "islaharteats0@example.com"}]
    assert "islaharteats0@example.com" not in client.get(path).text


def test_a_profile_in_full(client: TestClient, matcher: Matcher) -> None:
    profile = client.get("/v1/creators/c000000").json()
    audience = profile.pop("audience")
    rate = profile.pop("engagement_rate")
    forecasts = profile.pop("forecasts")
    authenticity = profile.pop("authenticity")
    assert profile == {
        "snapshot_id": matcher.snapshot_id,
        "creator_id": "c000000",
        "display_name": "Isla Hartley",
        "bio": "All about noodle stalls and soups. Based in Oakland.",
        "accounts": [
            {"platform": "tiktok", "handle": "islaharteats0", "followers": 104238, "following": 2239,
             "media_count": 193, "verified": False},
        ],
        "tier": "macro",
        "country": "US",
        "city": None,
        "market": "US",
        "market_status": "declared",
        "languages": ["en"],
        "languages_status": "declared",
        "categories": ["street_food"],
        "account_kind": None,
        "prices": [],
        "posts": profile["posts"],
        "last_post_at": profile["last_post_at"],
        "credibility": 0.961,
        "credibility_status": "declared",
        "sponsored_share": profile["sponsored_share"],
        "cautions": profile["cautions"],
        "contacts": None,
    }  # fmt: skip
    assert rate is None or (rate["by"] in {"views", "reach", "followers"} and 0 < rate["value"] < 1)
    told = json.loads(json.dumps(matcher.forecast("c000000").to_dict()["entries"][0]["forecasts"]))
    assert forecasts == told and forecasts[0]["platform"] == "tiktok"
    assert set(authenticity) == {"value", "interval", "reasons", "known"}
    assert 0 < authenticity["interval"][0] < authenticity["value"] < authenticity["interval"][1] < 1
    assert len(audience) == 1
    assert {name: audience[0][name] for name in ("platform", "source", "status", "sample_size", "as_of")} == {
        "platform": "tiktok", "source": "followers", "status": "measured", "sample_size": 1287,
        "as_of": "2026-11-01T00:00:00Z",
    }  # fmt: skip
    assert audience[0]["gender"] == {"female": 0.4518, "male": 0.5379, "other": 0.0103}
    assert audience[0]["country"]["US"] == 0.747
    assert set(audience[0]) == {
        "platform", "source", "status", "sample_size", "as_of", "credibility",
        "age", "gender", "country", "city", "language", "interest",
    }  # fmt: skip


def test_the_parts_of_engagement_that_are_known_stand_with_their_place(client: TestClient, matcher: Matcher) -> None:
    columns, names = matcher.index.creators, matcher.index.vocabularies["engagement_parts"]
    row = int(np.flatnonzero(columns.engagement_posts)[0])
    parts = client.get(f"/v1/creators/{matcher.index.creator_id(row)}").json()["engagement_rate"]["parts"]
    known = np.flatnonzero(~np.isnan(columns.engagement_parts[row]))
    assert [part["name"] for part in parts] == [names[code] for code in known] != []
    assert [part["value"] for part in parts] == pytest.approx(columns.engagement_parts[row][known].tolist(), abs=1e-5)
    places = columns.engagement_parts_percentile[row][known]
    assert [part["percentile"] for part in parts] == pytest.approx(places.tolist(), abs=1e-4)


def test_the_index_describes_itself(client: TestClient, matcher: Matcher) -> None:
    manifest = matcher.index.manifest
    found = client.get("/v1/index").json()
    assert 0 <= found.pop("age_s") < 3600
    assert found == {
        "snapshot_id": matcher.snapshot_id,
        "created_at": manifest.created_at,
        "as_of": manifest.as_of,
        "schema_version": manifest.schema_version,
        "method_version": manifest.method_version,
        "counts": {"creators": 60, "posts": 300, "embedded": manifest.counts["embedded"],
                   "reused": 0, "erased": 0},
        "encoder": {"name": "bytes", "fingerprint": manifest.encoder_fingerprint, "dimensions": 32},
    }  # fmt: skip


def values(client: TestClient, name: str) -> list[str]:
    return [entry["value"] for entry in client.get(f"/v1/dictionaries/{name}").json()["entries"]]


def test_dictionaries_that_are_the_same_for_every_index(client: TestClient) -> None:
    assert values(client, "account_kinds") == ["person", "group", "shop", "brand", "media", "label", "compilation"]
    assert values(client, "goals") == ["awareness", "engagement", "conversion"]
    assert values(client, "signals") == ["relevance", "audience", "engagement"]
    assert "alcohol" in values(client, "brand_safety")
    assert client.get("/v1/dictionaries/goals").json()["snapshot_id"] is None


def test_dictionaries_of_the_index(client: TestClient, matcher: Matcher, rows: list[dict[str, Any]]) -> None:
    assert values(client, "platforms") == ["instagram", "threads", "tiktok", "youtube"]
    assert values(client, "languages") == ["en", "th", "vi", "zh-Hant"]
    assert set(values(client, "countries")) >= {row["country"] for row in rows if row["country"]}
    assert values(client, "categories") == sorted({name for row in rows for name in row["categories"] or ()})
    assert client.get("/v1/dictionaries/tiers").json() == {
        "name": "tiers",
        "snapshot_id": matcher.snapshot_id,
        "entries": [
            {"value": "nano", "detail": "0 to under 10,000 followers"},
            {"value": "micro", "detail": "10,000 to under 50,000 followers"},
            {"value": "mid", "detail": "50,000 to under 100,000 followers"},
            {"value": "macro", "detail": "100,000 to under 1,000,000 followers"},
            {"value": "mega", "detail": "1,000,000 and more followers"},
        ],
    }


@pytest.mark.parametrize(
    ("dictionary", "place"),
    [
        ("platforms", ("must", "platforms")),
        ("countries", ("must", "countries")),
        ("languages", ("must", "languages")),
        ("categories", ("must", "categories")),
        ("tiers", ("must", "tiers")),
        ("account_kinds", ("must", "account_kinds")),
        ("brand_safety", ("must_not", "brand_safety")),
    ],
)
def test_a_brief_may_name_every_word_of_a_dictionary(
    client: TestClient, dictionary: str, place: tuple[str, str]
) -> None:
    brief = {"text": "sunscreen", place[0]: {place[1]: values(client, dictionary)}}
    answer = client.post("/v1/match", json=brief)
    assert answer.status_code == 200
    said = answer.json()["warnings"]
    if dictionary in ("countries", "account_kinds"):  # the invented world has creators who state none
        assert [each.split(" of the creators")[0] for each in said] == [
            {"countries": "must.countries: 2", "account_kinds": "must.account_kinds: 45"}[dictionary]
        ]
        said = []
    assert said == []
