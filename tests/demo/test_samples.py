"""The sample briefs: one per language, one per goal at least, and each answerable in the default world."""

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from matcher.demo import briefs, write_world
from matcher.demo.setting import BRANDS, LANGUAGES

TOPIC_OF = {
    "sunscreen-taiwan": "skincare",
    "camping-coffee-taiwan": "hiking",
    "street-food-vietnam": "street_food",
    "cat-food-thailand": "pets",
}


def test_one_brief_per_language_and_every_goal() -> None:
    assert sorted(brief["language"] for brief in briefs()) == sorted(LANGUAGES)
    assert {brief["goal"] for brief in briefs()} == {"awareness", "engagement", "conversion"}
    assert [brief["brief_id"] for brief in briefs()] == list(TOPIC_OF)


@pytest.mark.parametrize("brief", briefs(), ids=lambda brief: brief["brief_id"])
def test_shares_sum_to_one_and_brands_are_invented(brief: dict[str, Any]) -> None:
    assert all(sum(facet.values()) == pytest.approx(1.0) for facet in brief["target_audience"].values())
    names = {brand.name for brand in BRANDS}
    assert {brief["brand"]["name"], *brief["brand"]["competitors"]} <= names


def test_every_brief_finds_fifteen_on_topic(tmp_path: Path) -> None:
    import json

    world = write_world(tmp_path)
    rows = pq.read_table(
        world.table("creators"), columns=["creator_id", "platform", "country", "followers"]
    ).to_pylist()
    truth = [json.loads(line) for line in world.truth.read_text(encoding="utf-8").splitlines()]
    topics = {row["creator_id"]: row["topics"] for row in truth}
    posts = pq.read_table(world.table("posts"), columns=["creator_id", "text"])
    posting = set(pc.unique(posts["creator_id"]).to_pylist())
    for brief in briefs():
        must = brief["must"]
        eligible = [
            row["creator_id"]
            for row in rows
            if row["country"] in must["countries"]
            and row["platform"] in must.get("platforms", [row["platform"]])
            and must["followers"]["min"] <= (row["followers"] or 0) <= must["followers"].get("max", 1e12)
            and row["creator_id"] in posting
        ]
        wanted = TOPIC_OF[brief["brief_id"]]
        assert sum(topics[creator_id][0]["topic"] == wanted for creator_id in eligible) >= 15, brief["brief_id"]
    texts = posts["text"].drop_null()
    assert len(pc.unique(texts)) / len(texts) >= 0.9
