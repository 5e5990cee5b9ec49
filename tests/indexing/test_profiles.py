"""The creators' columns, read off tables of a few rows."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from matcher.records import Brief
from matcher.retrieval.filters import apply_filters
from matcher.retrieval.index import Index
from matcher.snapshot import NEVER, STATUSES

from ..tiny import Row
from .conftest import World

POST: Row = {"platform": "tiktok", "text": "word"}
JANUARY_3 = int(datetime(2026, 1, 3, tzinfo=UTC).timestamp())
MEASURED = {"source": "followers", "status": "measured", "sample_size": 500}


def account(platform: str, followers: int | None, following: int | None = None) -> Row:
    return {"platform": platform, "handle": "x", "followers": followers, "following": following}


def indexed(world: World, creators: list[Row], posts: list[Row] | None = None, **tables: list[Row]) -> Index:
    world.write("creators", creators)
    world.write("posts", [POST | {"post_id": str(i)} | post for i, post in enumerate(posts or [])])
    for name, rows in tables.items():
        world.write(name, rows)
    world.reindex(max_reject_share=0)
    return world.index()


@pytest.mark.parametrize(
    ("accounts", "platform", "followers", "tier"),
    [
        pytest.param(
            [account("tiktok", 5), account("instagram", 60_000)], "instagram", 60_000, "mid", id="most followers"
        ),
        pytest.param(
            [account("tiktok", None), account("instagram", 0)], "instagram", 0, "nano", id="known before unknown"
        ),
        pytest.param([account("tiktok", 9_999), account("instagram", 9_999)], "tiktok", 9_999, "nano", id="a tie"),
        pytest.param([account("threads", None)], "threads", np.nan, None, id="unknown followers"),
        pytest.param([], None, np.nan, None, id="no account"),
    ],
)
def test_the_main_account(empty: World, accounts: list[Row], platform: str, followers: float, tier: str) -> None:
    index = indexed(empty, [{"creator_id": "a", "accounts": accounts}])
    columns, names = index.creators, index.vocabularies
    assert names.name("platforms", int(columns.platform[0])) == platform
    np.testing.assert_array_equal(columns.followers, [followers])
    assert names.name("tiers", int(columns.tier[0])) == tier
    assert columns.account_start.tolist() == [0, len(accounts)]


@pytest.mark.parametrize(
    ("creator", "text", "market", "status"),
    [
        pytest.param({"country": "JP", "languages": ["th"]}, "word", "JP", "declared", id="the country itself"),
        pytest.param({"languages": ["th", "en"]}, "word", "TH", "estimated", id="of the first language"),
        pytest.param(
            {}, "hôm nay mình đi uống cà phê sữa đá với bạn bè ở Sài Gòn", "VN", "estimated", id="of the posts"
        ),
        pytest.param(
            {"languages": ["en"], "audience": [MEASURED | {"country": {"SG": 0.6, "US": 0.4}}]},
            "word",
            "SG",
            "estimated",
            id="of most of the audience",
        ),
        pytest.param(
            {"languages": ["en"], "audience": [MEASURED | {"country": {"SG": 0.4, "US": 0.4, "GB": 0.2}}]},
            "word",
            None,
            "absent",
            id="no country has most",
        ),
        pytest.param({"languages": ["en"]}, "word", None, "absent", id="English says nothing"),
        pytest.param({}, "今天去吃點心，真的很好吃", "TW", "estimated", id="of written Chinese"),
        pytest.param({}, "今日去咗食點心，真係好好味", "HK", "estimated", id="of written Cantonese"),
        pytest.param({"country": "TW"}, "今日去咗食點心，真係好好味", "TW", "declared", id="Cantonese in Taiwan"),
        pytest.param(
            {"bio": "鍾意食嘢，得閒就去行山"}, "今天去吃點心，真的很好吃", "HK", "estimated", id="of a Cantonese bio"
        ),
        pytest.param(
            {"bio": "我係香港人嚟㗎"}, "วันนี้ไปกินข้าวที่ร้านใหม่มา อร่อยมาก", "TH", "estimated", id="of posts in Thai"
        ),
    ],
)
def test_the_market(empty: World, creator: Row, text: str, market: str | None, status: str) -> None:
    index = indexed(empty, [{"creator_id": "a"} | creator], [{"creator_id": "a", "text": text}])
    assert index.vocabularies.name("countries", int(index.creators.market[0])) == market
    assert STATUSES[index.creators.market_status[0]] == status


@pytest.mark.parametrize(("cantonese", "market"), [(0, "TW"), (1, "TW"), (2, "HK")])
def test_a_tenth_of_cantonese_is_of_hong_kong(empty: World, cantonese: int, market: str) -> None:
    """Of 19 posts and an English bio; one in 19 is less than a tenth, two are more."""
    texts = ["今日去咗食點心，真係好好味"] * cantonese + ["今天去吃點心，真的很好吃"] * (19 - cantonese)
    creators: list[Row] = [{"creator_id": "a", "bio": "food"}, {"creator_id": "b", "country": "TW"}]
    index = indexed(empty, creators, [{"creator_id": "a", "text": text} for text in texts])
    assert index.vocabularies.name("countries", int(index.creators.market[0])) == market


@pytest.mark.parametrize(("own", "market"), [(["今日去咗食點心，真係好好味"], "HK"), ([], "TW")])
def test_one_quotation_in_cantonese_is_not_of_hong_kong(empty: World, own: list[str], market: str) -> None:
    """One text of five is a quotation; the only text that there is says where somebody is."""
    texts = own or ["今日去咗食點心，真係好好味", *["今天去吃點心，真的很好吃"] * 4]
    creators: list[Row] = [{"creator_id": "a", "bio": "food"}, {"creator_id": "b", "country": "TW"}]
    index = indexed(empty, creators, [{"creator_id": "a", "text": text} for text in texts])
    assert index.vocabularies.name("countries", int(index.creators.market[0])) == market


@pytest.mark.parametrize(
    ("stated", "text", "languages", "status"),
    [
        pytest.param(["en-GB", "fil"], "x", ["en", "tl"], "declared", id="as stated, in their normal form"),
        pytest.param([], "今天去喝咖啡，這間店的氣氛真的很好", ["zh-Hant"], "estimated", id="from the posts"),
        pytest.param(["zh"], "今天去喝咖啡，这间店的气氛真的很好", ["zh-Hans"], "declared", id="bare zh by its posts"),
        pytest.param(
            ["zh", "en"],
            "hello my friends, this is the best one",
            ["zh-Hant", "en"],
            "declared",
            id="bare zh by nothing",
        ),
        pytest.param([], "🔥", [], "absent", id="nothing to go by"),
    ],
)
def test_languages(empty: World, stated: list[str], text: str, languages: list[str], status: str) -> None:
    posts = [{"creator_id": "a", "text": text}]
    index = indexed(empty, [{"creator_id": "a", "languages": stated}], posts)
    assert index.languages(0) == languages
    assert STATUSES[index.creators.languages_status[0]] == status


def test_any_number_of_languages(empty: World) -> None:
    codes = (
        "af am ar as az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu ha he hi hr hu hy id ig is it "
        "ja jv ka kk km kn ko ky la lo lt lv mg mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv"
    )
    known = codes.split()
    assert len(known) > 64
    creators: list[Row] = [{"creator_id": f"{i:03}", "languages": [tag]} for i, tag in enumerate(known)]
    index = indexed(empty, creators)
    for row, tag in enumerate(known):
        found = apply_filters(index, Brief.parse({"text": "x", "must": {"languages": [tag]}}))
        assert np.flatnonzero(found.allowed).tolist() == [row]


def test_lists_and_times(empty: World) -> None:
    index = indexed(
        empty,
        [
            {
                "creator_id": "a",
                "categories": ["Food", "food", "日常"],
                "accounts": [account("tiktok", 200, 50)],
                "prices": [
                    {"platform": "tiktok", "format": "video", "amount": 20, "currency": "usd", "source": "declared"}
                ],
            },
            {
                "creator_id": "b",
                "accounts": [account("tiktok", 0, 9)],
                "contacts": [{"type": "email", "value": "b@x.org"}],
            },
        ],
        [
            {"creator_id": "a", "published_at": "2026-01-02T00:00:00Z", "sponsored": True, "sponsors": ["@Tea_Co"]},
            {"creator_id": "a", "published_at": "2026-01-03T08:00:00+08:00", "sponsored": True, "sponsors": ["tea co"]},
            {"creator_id": "a", "sponsored": False},
            {"creator_id": "a", "text": "#ad word"},
        ],
        collaborations=[{"collaboration_id": "1", "creator_id": "b", "brand": "TEACO"}],
    )
    columns, names = index.creators, index.vocabularies
    assert columns.post_start.tolist() == [0, 4, 4]
    assert columns.last_post_at.tolist() == [JANUARY_3, NEVER]
    assert columns.has_contact.tolist() == [False, True]
    np.testing.assert_array_equal(columns.sponsored_share, np.array([0.75, np.nan], np.float32))
    np.testing.assert_array_equal(columns.following_ratio, np.array([0.25, np.nan], np.float32))
    assert {names.name("categories", code) for code in columns.category.tolist()} == {"food", "日常"}
    assert names["currencies"] == ["USD"]
    assert columns.price_amount.tolist() == [20.0]
    assert names["brands"] == ["teaco"]
    assert columns.worked_start.tolist() == [0, 1, 2]
    assert columns.worked_at.tolist() == [JANUARY_3, NEVER], "the last time; a time that is not known"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        pytest.param(
            {"zh-TW": 0.5, "zh-Hant": 0.25, "en": 0.25}, {"zh-Hant": 0.75, "en": 0.25}, id="one name for both"
        ),
        pytest.param({"th": 1.0}, {"th": 1.0}, id="as it is"),
    ],
)
def test_audience_languages(empty: World, shares: dict[str, float], expected: dict[str, float]) -> None:
    index = indexed(empty, [{"creator_id": "a", "audience": [MEASURED | {"language": shares}]}])
    found: dict[str, Any] = {
        index.vocabularies["cells"][code][1]: share
        for code, share in zip(
            index.creators.audience_cell.tolist(), index.creators.audience_share.tolist(), strict=True
        )
    }
    assert found == pytest.approx(expected)
    assert index.creators.audience_sample.tolist() == [500.0]
