"""Every condition of a brief over ten creators whose answers can be read off the tables."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import BriefError
from matcher.indexing import reindex
from matcher.records import Brief
from matcher.retrieval.filters import apply_filters, brand_key, known, partners
from matcher.retrieval.index import Index

from ..tiny import Row, byte_model, jsonl

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)


def account(platform: str, followers: int | None, **more: Any) -> Row:
    return {"platform": platform, "handle": "x", "followers": followers, **more}


CREATORS: list[Row] = [
    {
        "creator_id": "ann", "display_name": "Ann", "bio": "Coffee and matcha", "country": "TW",
        "accounts": [account("instagram", 20_000), account("tiktok", 500)], "languages": ["zh-TW", "en"],
        "categories": ["Food", "travel"], "account_kind": "person",
        "prices": [{"platform": "instagram", "format": "post", "amount": 300, "currency": "USD", "source": "declared"}],
        "contacts": [{"type": "email", "value": "ann@example.com"}],
        "audience": [{"platform": "instagram", "source": "followers", "status": "measured", "sample_size": 900,
                      "country": {"TW": 0.7, "HK": 0.3}, "credibility": 0.8}],
    },
    {
        "creator_id": "ben", "display_name": "Ben", "bio": "", "country": "tw",
        "accounts": [account("instagram", 500), account("tiktok", 20_000)], "languages": ["zh"],
        "categories": ["food"], "account_kind": "group",
        "prices": [{"platform": "tiktok", "format": "video", "amount": 9000, "currency": "TWD", "source": "observed"}],
        "audience": [{"platform": "tiktok", "source": "followers", "status": "estimated", "sample_size": 100,
                      "country": {"TW": 0.2, "US": 0.8}, "credibility": 0.5}],
    },
    {"creator_id": "cat", "display_name": "แมว", "bio": "", "country": "TH", "accounts": [account("tiktok", 2_000_000)],
     "languages": ["th"], "account_kind": "brand"},
    {"creator_id": "dai", "display_name": "Đại", "bio": "", "country": "VN", "accounts": [account("threads", None)],
     "languages": ["vi"]},
    {"creator_id": "eve", "display_name": "", "bio": "", "accounts": []},
]  # fmt: skip
SPONSORED = {"sponsored": True, "sponsors": ["Rival Co."]}
POSTS: list[Row] = [
    {"post_id": "a1", "creator_id": "ann", "published_at": "2026-11-21T00:00:00Z", "text": "珍珠奶茶好喝 bubble tea"},
    {"post_id": "a2", "creator_id": "ann", "published_at": "2026-09-01T00:00:00Z", "text": "my trip", **SPONSORED},
    {
        "post_id": "b1",
        "creator_id": "ben",
        "published_at": "2026-11-01T00:00:00Z",
        "text": "用简体字写的咖啡评论，说说这个",
    },
    {"post_id": "b2", "creator_id": "ben", "published_at": "2026-11-20T00:00:00Z", "text": "咖啡", **SPONSORED},
    {"post_id": "c1", "creator_id": "cat", "published_at": "2025-01-01T00:00:00Z", "text": "วันนี้ดื่มกาแฟเย็น"},
    {"post_id": "d1", "creator_id": "dai", "text": "cà phê sữa đá và một chai rượu vang"},
]
for post in POSTS:
    post |= {"platform": "instagram", "views": 1000, "likes": 40 if post["creator_id"] == "ann" else 10, "comments": 0}
COLLABORATIONS: list[Row] = [
    {"collaboration_id": "1", "creator_id": "cat", "brand": "RIVAL-CO", "started_at": "2026-11-01T00:00:00Z"},
    {"collaboration_id": "2", "creator_id": "dai", "brand": "Friend", "started_at": "2026-11-01T00:00:00Z"},
    {"collaboration_id": "3", "creator_id": "eve", "brand": "rivalco", "source": "declared"},
]
EVERYONE = {row["creator_id"] for row in CREATORS}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("world")
    reindex(
        creators=jsonl(folder / "creators.jsonl", CREATORS),
        posts=jsonl(folder / "posts.jsonl", POSTS),
        collaborations=jsonl(folder / "collaborations.jsonl", COLLABORATIONS),
        indexes=folder / "indexes",
        encoder=byte_model(folder / "model"),
        as_of=AS_OF,
        progress=False,
    )
    return Index.open(folder / "indexes" / (folder / "indexes" / "current").read_text().strip())


def left(index: Index, **fields: Any) -> set[str]:
    allowed = apply_filters(index, Brief.parse({"text": "x", **fields})).allowed
    return {index.creator_id(row) for row in np.flatnonzero(allowed).tolist()}


MUST = [
    pytest.param({}, EVERYONE, id="no condition"),
    pytest.param({"platforms": ["instagram"]}, {"ann", "ben"}, id="a platform"),
    pytest.param({"platforms": ["Instagram", "threads"]}, {"ann", "ben", "dai"}, id="any of two, in any case"),
    pytest.param({"platforms": ["IG"]}, {"ann", "ben"}, id="a platform by its short name"),
    pytest.param({"platforms": ["myspace"]}, set(), id="a platform that nobody has"),
    pytest.param({"countries": ["TW"]}, {"ann", "ben"}, id="a country"),
    pytest.param({"countries": ["th", "VN"]}, {"cat", "dai"}, id="any of two countries"),
    pytest.param({"languages": ["zh-Hant"]}, {"ann"}, id="zh-TW is zh-Hant"),
    pytest.param({"languages": ["zh-Hans"]}, {"ben"}, id="a creator's bare zh is resolved by its posts"),
    pytest.param({"languages": ["zh"]}, {"ann", "ben"}, id="a brief's bare zh is either script"),
    pytest.param({"languages": ["en", "vi"]}, {"ann", "dai"}, id="any of two languages"),
    pytest.param({"languages": ["sw"]}, set(), id="a language that nobody writes"),
    pytest.param({"followers": {"min": 10_000}}, {"ann", "ben", "cat"}, id="enough followers on any account"),
    pytest.param({"followers": {"min": 10_000, "max": 50_000}}, {"ann", "ben"}, id="a range"),
    pytest.param({"followers": {"min": 20_000, "max": 20_000}}, {"ann", "ben"}, id="both ends belong to it"),
    pytest.param({"followers": {"min": 0}}, {"ann", "ben", "cat"}, id="unknown followers are in no range"),
    pytest.param({"platforms": ["instagram"], "followers": {"min": 10_000}}, {"ann"}, id="on the platform itself"),
    pytest.param({"platforms": ["tiktok"], "followers": {"max": 1_000}}, {"ann"}, id="small on the platform itself"),
    pytest.param({"engagement_rate": {"min": 0.03}}, {"ann"}, id="engagement rate"),
    pytest.param({"engagement_rate": {"max": 0.02}}, {"ben", "cat", "dai"}, id="no posts, no rate"),
    pytest.param({"credibility": {"min": 0.6}}, {"ann"}, id="credibility"),
    pytest.param({"credibility": {"min": 0}}, {"ann", "ben"}, id="unknown credibility is not 0"),
    pytest.param({"price": {"max": 500, "currency": "USD"}}, {"ann"}, id="price"),
    pytest.param({"price": {"max": 299, "currency": "USD"}}, set(), id="too dear"),
    pytest.param({"price": {"max": 9_000, "currency": "TWD"}}, {"ben"}, id="in another currency"),
    pytest.param({"price": {"max": 9_000, "currency": "JPY"}}, set(), id="in a currency that nobody has"),
    pytest.param({"last_post_within_days": 1}, {"ann"}, id="posted yesterday"),
    pytest.param({"last_post_within_days": 30}, {"ann", "ben"}, id="posted this month; unknown is not met"),
    pytest.param({"last_post_within_days": 9_999}, {"ann", "ben", "cat"}, id="posted at all, at a known time"),
    pytest.param({"audience_country": {"TW": 0.5}}, {"ann"}, id="audience in a country"),
    pytest.param({"audience_country": {"TW": 0.2}}, {"ann", "ben"}, id="the share itself is enough"),
    pytest.param({"audience_country": {"TW": 0.2, "US": 0.5}}, {"ben"}, id="each country that is named"),
    pytest.param({"audience_country": {"JP": 0.1}}, set(), id="audience that nobody has"),
    pytest.param({"has_contact": True}, {"ann"}, id="with a contact"),
    pytest.param({"has_contact": False}, EVERYONE - {"ann"}, id="without one"),
    pytest.param({"tiers": ["micro"]}, {"ann", "ben"}, id="tier of any account"),
    pytest.param({"tiers": ["mega", "nano"]}, {"ann", "ben", "cat"}, id="any of two tiers"),
    pytest.param({"tiers": ["micro"], "platforms": ["tiktok"]}, {"ben"}, id="tier on the platform itself"),
    pytest.param({"account_kinds": ["group"]}, {"ben"}, id="account kinds as stated"),
    pytest.param({"account_kinds": ["person"]}, {"ann", "dai"}, id="account kinds, stated or estimated"),
    pytest.param({"categories": ["food"]}, {"ann", "ben"}, id="a category in any case"),
    pytest.param({"categories": ["TRAVEL", "sport"]}, {"ann"}, id="any of two categories"),
    pytest.param({"keywords": ["coffee"]}, {"ann"}, id="a word in the bio"),
    pytest.param({"keywords": ["咖啡"]}, {"ben"}, id="a Chinese word"),
    pytest.param({"keywords": ["奶茶", "กาแฟ"]}, {"ann", "cat"}, id="Chinese or Thai, inside longer runs"),
    pytest.param({"keywords": ["茶"]}, {"ann"}, id="a single character"),
    pytest.param({"keywords": ["cà phê"]}, {"dai"}, id="two Vietnamese words"),
    pytest.param({"keywords": ["phê cà"]}, set(), id="in the other order"),
    pytest.param({"keywords": ["Đại"]}, {"dai"}, id="a word in the name"),
    pytest.param({"keywords": ["travel"]}, {"ann"}, id="a word in the categories"),
    pytest.param({"keywords": ["???"]}, set(), id="a keyword with nothing in it is met by nobody"),
    pytest.param({"countries": ["TW"], "keywords": ["奶茶"], "has_contact": True}, {"ann"}, id="all of several"),
    pytest.param({"countries": ["TH"], "languages": ["vi"]}, set(), id="contradicting conditions"),
]
COMPETITORS = {"name": "Mine", "competitors": ["@rival_co", "Other"]}
MUST_NOT = [
    pytest.param({"creator_ids": ["ann", "nobody"]}, {"ann"}, id="by id"),
    pytest.param({"keywords": ["tea", "กาแฟ"]}, {"ann", "cat"}, id="by words"),
    pytest.param({"keywords": ["???"]}, set(), id="a keyword with nothing in it takes nobody out"),
    pytest.param({"worked_with": ["Rival Co."]}, {"ann", "ben", "cat", "eve"}, id="sponsors and collaborations alike"),
    pytest.param({"worked_with": ["friend"]}, {"dai"}, id="one brand"),
    pytest.param({"worked_with": ["competitor"]}, {"ann", "ben", "cat", "eve"}, id="the brand's competitors"),
    pytest.param({"worked_with": ["rivalco"], "worked_with_within_days": 30}, {"ben", "cat"}, id="lately"),
    pytest.param({"worked_with": ["rivalco"], "worked_with_within_days": 2}, {"ben"}, id="two days ago is within two"),
    pytest.param({"worked_with": ["rivalco"], "worked_with_within_days": 1}, set(), id="not since yesterday"),
    pytest.param({"worked_with": ["nobody"]}, set(), id="a brand that nobody knows"),
    pytest.param({"worked_with": ["my trip"]}, {"ann"}, id="named only in the words of a sponsored post"),
    pytest.param({"worked_with": ["bubble tea"]}, set(), id="named in a post that nobody paid for"),
    pytest.param({"worked_with": ["my trip"], "worked_with_within_days": 30}, set(), id="in the words, but long ago"),
    pytest.param({"brand_safety": ["alcohol"]}, {"dai"}, id="brand safety, in Vietnamese"),
]  # fmt: skip


@pytest.mark.parametrize(("must", "expected"), MUST)
def test_must(index: Index, must: Row, expected: set[str]) -> None:
    assert left(index, must=must) == expected


@pytest.mark.parametrize(("must_not", "out"), MUST_NOT)
def test_must_not(index: Index, must_not: Row, out: set[str]) -> None:
    assert left(index, must_not=must_not, brand=COMPETITORS) == EVERYONE - out


def test_the_funnel_counts_every_step(index: Index) -> None:
    brief = Brief.parse(
        {"text": "x", "must": {"followers": {"min": 1}, "countries": ["TW", "TH"], "platforms": ["tiktok"]},
         "must_not": {"creator_ids": ["ben"], "keywords": ["奶茶", "กาแฟ"]}}
    )  # fmt: skip
    found = apply_filters(index, brief)
    assert [(step.step, step.creators) for step in found.funnel] == [
        ("all", 5),
        ("must.platforms", 3),
        ("must.countries", 3),
        ("must.followers", 3),
        ("must_not.creator_ids", 2),
        ("must_not.keywords", 0),
    ]
    assert {step: int(bitmap.sum()) for step, bitmap in found.steps.items()} == {
        "must.platforms": 3, "must.countries": 3, "must.followers": 3, "must_not.creator_ids": 4,
        "must_not.keywords": 3,
    }  # fmt: skip


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "platforms": st.lists(st.sampled_from(["instagram", "tiktok", "threads"]), max_size=2),
        "countries": st.lists(st.sampled_from(["TW", "TH", "VN"]), max_size=2),
        "languages": st.lists(st.sampled_from(["zh", "zh-Hant", "vi", "th", "en"]), max_size=2),
        "followers": st.integers(0, 100_000).map(lambda low: {"min": low}),
        "keywords": st.lists(st.sampled_from(["咖啡", "茶", "coffee", "กาแฟ"]), max_size=2),
        "has_contact": st.booleans(),
    },
)


@given(must=FIELDS, more=FIELDS)
def test_another_condition_never_lets_anyone_in(index: Index, must: Row, more: Row) -> None:
    few = left(index, must=must | {name: value for name, value in more.items() if name not in must})
    assert few <= left(index, must=must)


@given(must=FIELDS)
def test_a_creator_is_left_when_it_passes_every_step(index: Index, must: Row) -> None:
    found = apply_filters(index, Brief.parse({"text": "x", "must": must}))
    expected = np.logical_and.reduce([np.ones(5, np.bool_), *found.steps.values()])
    np.testing.assert_array_equal(found.allowed, expected)
    assert found.funnel[-1].creators == found.allowed.sum()


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"must_not": {"creator_ids": ["nobody"]}}, "must_not.creator_ids: not in this snapshot: nobody"),
        (
            {"must": {"platforms": ["YT"]}},
            "must.platforms: no creator in this snapshot has 'YT'; there is: instagram, tiktok",
        ),
        (
            {"must": {"platforms": ["Instagran"]}},
            "must.platforms: no creator in this snapshot has 'Instagran'; did you mean 'instagram'?",
        ),
        ({"must": {"countries": ["JP"]}}, "must.countries: no creator in this snapshot has 'JP'"),
        (
            {"should": {"platforms": ["Instagran"]}},
            "should.platforms: no creator in this snapshot has 'Instagran'; did you mean 'instagram'?",
        ),
        ({"should": {"countries": ["JP"]}}, "should.countries: no creator in this snapshot has 'JP'"),
        ({"must": {"categories": ["Golf"]}}, "must.categories: no creator in this snapshot has 'Golf'"),
        ({"must_not": {"worked_with": ["competitor"]}}, "brand.competitors names none"),
    ],
)
def test_what_the_reader_should_know(index: Index, fields: Row, warning: str) -> None:
    (said,) = apply_filters(index, Brief.parse({"text": "x", **fields})).warnings
    assert warning in said


def test_creators_that_pass_by_an_estimated_market_are_counted(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """ann and ben state TW; were ben's only likely, the reader would be told of one."""
    status = np.array(index.creators.market_status)
    status[index.creator_row("ben")] = 1
    guessed = dataclasses.replace(index.creators, market_status=status)
    monkeypatch.setitem(index.__dict__, "creators", guessed)
    (said,) = apply_filters(index, Brief.parse({"text": "x", "must": {"countries": ["TW", "TH"]}})).warnings
    assert said.startswith("must.countries: 1 of the creators that pass state no country; theirs is estimated")


def test_account_kinds_that_pass_by_an_estimate_are_told(index: Index) -> None:
    (said,) = apply_filters(index, Brief.parse({"text": "x", "must": {"account_kinds": ["person"]}})).warnings
    assert said.startswith("must.account_kinds: 1 of the creators that pass state no kind; theirs is estimated")
    assert apply_filters(index, Brief.parse({"text": "x", "must": {"account_kinds": ["group"]}})).warnings == ()


@pytest.mark.parametrize(
    ("asked", "of_whom"),
    [
        ({"followers": {"min": 1}}, {"ann", "ben", "cat"}),
        ({"countries": ["JP"]}, {"ann", "ben", "cat", "dai"}),
        ({"price": {"max": 1, "currency": "USD"}}, {"ann", "ben"}),
        ({"credibility": {"min": 0.1}}, {"ann", "ben"}),
        ({"account_kinds": ["person"]}, EVERYONE - {"eve"}),
        ({"last_post_within_days": 1}, {"ann", "ben", "cat"}),
        ({"audience_country": {"TW": 0.1}}, {"ann", "ben"}),
        ({"categories": ["food"]}, {"ann", "ben"}),
        ({"platforms": ["instagram"]}, EVERYONE),
    ],
)
def test_of_whom_a_condition_can_be_said(index: Index, asked: Row, of_whom: set[str]) -> None:
    (bitmap,) = known(index, Brief.parse({"text": "x", "should": asked}).should).values()
    assert {index.creator_id(row) for row in np.flatnonzero(bitmap).tolist()} == of_whom


def test_an_unknown_brand_safety_category_is_refused(index: Index) -> None:
    with pytest.raises(BriefError, match="'mischief' is not known; allowed:"):
        left(index, must_not={"brand_safety": ["mischief"]})


@pytest.mark.parametrize(
    ("name", "key"), [("@Dew_Root", "dewroot"), ("RIVAL-CO", "rivalco"), ("植村秀", "植村秀"), ("...", "")]
)
def test_brand_key(name: str, key: str) -> None:
    assert brand_key(name) == key


def test_partners() -> None:
    brief = Brief.parse({"text": "x", "brand": COMPETITORS, "must_not": {"worked_with": ["A", "Competitors", "Other"]}})
    assert partners(brief) == ("A", "@rival_co", "Other")
