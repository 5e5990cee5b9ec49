"""Shortlists: what holds for every brief, whatever the weights are."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from matcher.errors import BriefError
from matcher.matching import Matcher, as_brief
from matcher.records import Brief, Shortlist
from matcher.retrieval.index import Index

from ..conftest import Tables

Data = dict[str, Any]

BRIEFS: dict[str, Data] = {
    "words alone": {"text": "street food"},
    "one platform": {"text": "skin care with sunscreen", "must": {"platforms": ["instagram"]}},
    "everything at once": {
        "text": "Honest cat food reviews",
        "goal": "conversion",
        "target_audience": {"age": {"18-24": 0.5, "25-34": 0.5}, "gender": {"female": 1}, "country": {"TH": 1}},
        "must": {"countries": ["TH", "TW"], "followers": {"min": 1000}, "last_post_within_days": 200},
        "should": {"languages": ["th"], "has_contact": True},
        "must_not": {"brand_safety": ["alcohol"]},
        "weights": {"relevance": 0.5, "audience": 0.3, "engagement": 0.2},
    },
    "Arabic": {"text": "نبحث عن صناع محتوى يصورون الطعام في الشارع ويتحدثون بصدق"},
    "20,000 characters": {"text": ("camping coffee in the mountains 露營 " * 700)[:20_000]},
    "only emoji": {"text": "🐱🐱🔥"},
    "Chinese": {"text": "想找真的常上山、會露營或走步道的創作者", "goal": "engagement"},
}


@pytest.fixture(params=BRIEFS)
def data(request: pytest.FixtureRequest) -> Data:
    return BRIEFS[request.param]


def without_time(shortlist: Shortlist) -> str:
    return json.dumps(shortlist.to_dict() | {"created_at": None}, ensure_ascii=False)


def ids(shortlist: Shortlist) -> list[str]:
    return [entry.creator_id for entry in shortlist.entries]


def test_contributions_sum_to_the_score(matcher: Matcher, data: Data) -> None:
    found = matcher.match(data, k=50)
    assert len(found) == 50 or data == BRIEFS["Arabic"]
    for entry in found.entries:
        assert entry.score == pytest.approx(sum(part.contribution for part in entry.contributions), abs=1e-6)
        assert 0 <= entry.score <= 1
        assert sum(part.weight for part in entry.contributions) == pytest.approx(1.0, abs=1e-5)
        for part in entry.contributions:
            assert part.contribution == pytest.approx(part.weight * part.value, abs=1e-6)
            assert 0 <= part.value <= 1 and 0 <= part.percentile <= 1 and 0 <= part.weight <= 1
            assert part.status in ("measured", "estimated", "declared", "absent")
            assert part.note.endswith(".")


def test_entries_are_in_order_and_ties_go_by_id(matcher: Matcher, data: Data) -> None:
    found = matcher.match(data, k=200)
    assert [entry.rank for entry in found.entries] == list(range(1, len(found) + 1))
    keys = [(-entry.score, entry.creator_id.encode()) for entry in found.entries]
    assert keys == sorted(keys)
    assert len(set(ids(found))) == len(found)


def test_equal_creators_are_ordered_by_id(matcher_of: Any) -> None:
    names = ["c9", "c10", "B1", "a1", "é", "c1"]
    creators = [{"creator_id": name, "bio": "tea"} for name in names]
    posts = [{"post_id": f"p{name}", "creator_id": name, "text": "tea and cake"} for name in names]
    found = matcher_of(creators, posts).match("tea", k=6)
    assert len({entry.score for entry in found.entries}) == 1
    assert ids(found) == sorted(names, key=str.encode)


def test_the_same_brief_gives_the_same_bytes(matcher: Matcher, data: Data, small_index: Any) -> None:
    first = without_time(matcher.match(data))
    assert without_time(matcher.match(data)) == first
    assert without_time(Matcher.open(small_index.indexes).match(data)) == first


def test_a_shorter_list_is_the_beginning_of_a_longer_one(matcher: Matcher) -> None:
    """The filter leaves few enough creators that all of them are scored."""
    data = BRIEFS["everything at once"]
    longest = matcher.match(data, k=500).to_dict()["entries"]
    for k in (1, 2, 15, 100):
        assert matcher.match(data, k=k).to_dict()["entries"] == longest[:k]


@pytest.mark.parametrize("k", [1, 2, 15, 100, 300, 499, 500])
def test_any_k(matcher: Matcher, k: int) -> None:
    assert len(matcher.match("street food", k=k)) == k


@pytest.mark.parametrize("k", [0, 501, -1])
def test_k_out_of_range(matcher: Matcher, k: int) -> None:
    with pytest.raises(BriefError, match="k: must be at"):
        matcher.match("street food", k=k)


def test_the_funnel_counts_what_brute_force_counts(matcher: Matcher, index: Index) -> None:
    data = {
        "text": "street food",
        "must": {
            "platforms": ["TikTok", "instagram"], "countries": ["VN", "TW"], "followers": {"min": 2000, "max": 90_000},
            "last_post_within_days": 60, "has_contact": True,
        },
    }  # fmt: skip
    left = index.creator_table.to_pylist()
    counts = [("all", len(left))]

    def keep(step: str, passes: Any) -> None:
        nonlocal left
        left = [row for row in left if passes(row)]
        counts.append((step, len(left)))

    wanted = ("tiktok", "instagram")
    names = index.vocabularies["countries"]
    markets = dict(
        zip(index.creator_table.column("creator_id").to_pylist(), index.creators.market.tolist(), strict=True)
    )
    newest: dict[str, Any] = {}
    rows = zip(index.posts.creator.tolist(), index.posts.published_at.tolist(), strict=True)
    for row, at in rows:
        creator = index.creator_id(row)
        newest[creator] = max(newest.get(creator, at), at)
    as_of = np.datetime64(index.manifest.as_of.rstrip("Z"), "s").astype(int)
    keep("must.platforms", lambda row: any(a["platform"] in wanted for a in row["accounts"]))
    keep("must.countries", lambda row: markets[row["creator_id"]] in (names.index("VN"), names.index("TW")))
    keep(
        "must.followers",
        lambda row: any(
            a["platform"] in wanted and a["followers"] is not None and 2000 <= a["followers"] <= 90_000
            for a in row["accounts"]
        ),
    )
    keep("must.last_post_within_days", lambda row: as_of - newest.get(row["creator_id"], -9e18) <= 60 * 86_400)
    keep("must.has_contact", lambda row: bool(row["contacts"]))
    found = matcher.match(data, k=500)
    assert [(step.step, step.creators) for step in found.funnel] == counts
    assert set(ids(found)) == {row["creator_id"] for row in left}


@pytest.mark.parametrize(
    ("must", "must_not"),
    [
        pytest.param({"platforms": ["youtube"]}, {}, id="platform"),
        pytest.param({"countries": ["VN"]}, {}, id="country"),
        pytest.param({"tiers": ["micro", "mid"]}, {}, id="tiers"),
        pytest.param({"followers": {"max": 9000}}, {}, id="followers"),
        pytest.param({"languages": ["vi"]}, {}, id="language"),
        pytest.param({"engagement_rate": {"min": 0.05}}, {}, id="engagement rate"),
        pytest.param({"has_contact": False}, {}, id="no contact"),
        pytest.param({"keywords": ["coffee"]}, {}, id="keyword"),
        pytest.param({}, {"keywords": ["coffee"]}, id="not this keyword"),
        pytest.param({}, {"brand_safety": ["alcohol"]}, id="brand safety"),
    ],
)
def test_a_filter_lets_only_those_through_that_pass_it(
    matcher: Matcher, index: Index, must: Data, must_not: Data
) -> None:
    brief = as_brief({"text": "coffee and food", "must": must, "must_not": must_not})
    found = matcher.match(brief, k=500)
    from matcher.retrieval.filters import apply_filters

    allowed = {index.creator_id(int(row)) for row in np.flatnonzero(apply_filters(index, brief).allowed)}
    assert 0 < len(allowed) < len(index.creators)
    assert set(ids(found)) <= allowed
    assert len(found) == min(500, len(allowed))


def test_excluded_creators_are_out(matcher: Matcher) -> None:
    best = ids(matcher.match("street food", k=3))
    found = matcher.match({"text": "street food", "k": 3, "must_not": {"creator_ids": [best[0], "nobody"]}})
    assert best[0] not in ids(found) and ids(found)[:2] == best[1:]
    assert "must_not.creator_ids: not in this snapshot: nobody" in found.warnings


def test_contradicting_filters_leave_nobody_and_the_warning_names_the_step(matcher: Matcher) -> None:
    found = matcher.match({"text": "tea", "must": {"tiers": ["nano"], "followers": {"min": 2_000_000}}})
    assert found.entries == () and found.funnel[-1].creators == 0
    assert found.warnings[-1].startswith("no creator is left: must.tiers took out the last ")


def test_fewer_than_asked_for_are_counted_in_a_warning(matcher_of: Any) -> None:
    found = matcher_of([{"creator_id": "c1", "bio": "tea"}], []).match({"text": "tea", "language": "en"}, k=5)
    assert len(found) == 1
    assert found.warnings == ("1 creator was found, 5 were asked for",)


def test_evidence_belongs_to_the_creator_and_is_in_the_tables(matcher: Matcher, index: Index, data: Data) -> None:
    table = index.post_table
    rows = {post_id: row for row, post_id in enumerate(table.column("post_id").to_pylist())}
    for entry in matcher.match(data).entries:
        assert len(entry.evidence) <= 3
        assert len({post.text for post in entry.evidence}) == len(entry.evidence)
        for post in entry.evidence:
            row = rows[post.post_id]
            assert index.creator_id(int(index.posts.creator[row])) == entry.creator_id
            assert post.text.rstrip("…") in " ".join((table.column("text")[row].as_py() or "").split())
            assert -1 <= post.similarity <= 1


def test_posts_of_hashtags_alone_are_the_last_evidence(matcher_of: Tables) -> None:
    texts = {"tags": "#tea #teatime", "words": "tea teatime two my shop", "both": "tea teatime two my #shop"}
    posts = [{"post_id": i, "creator_id": "a", "text": text} for i, text in texts.items()]
    posts += [{"post_id": str(i), "creator_id": f"b{i}", "text": f"word {i}"} for i in range(60)]
    creators = [{"creator_id": i} for i in sorted({post["creator_id"] for post in posts})]
    entry = matcher_of(creators, posts, "tea two my teatime shop").match("tea teatime").entries[0]
    assert sorted(post.post_id for post in entry.evidence[:2]) == ["both", "words"]
    assert entry.evidence[2].post_id == "tags"
    assert entry.evidence[2].similarity == max(post.similarity for post in entry.evidence)


def test_many_briefs_give_what_each_gives_alone(matcher: Matcher) -> None:
    many = [without_time(found) for found in matcher.match_many(BRIEFS.values())]
    assert many == [without_time(matcher.match(data)) for data in BRIEFS.values()]


def test_batches_longer_than_one(matcher: Matcher) -> None:
    texts = [f"street food {i}" for i in range(70)]
    assert [found.brief_id for found in matcher.match_many(texts, k=1)] == ["brief"] * 70


def test_threads_share_one_matcher(small_index: Any) -> None:
    fresh = Matcher.open(small_index.indexes)  # nothing loaded yet: the first reads race
    work = list(BRIEFS.values()) * 4
    with ThreadPoolExecutor(8) as pool:
        answers = [without_time(found) for found in pool.map(fresh.match, work)]
    alone = Matcher.open(small_index.indexes)
    assert answers == [without_time(alone.match(data)) for data in work]


def test_a_creator_without_posts_is_matched_on_the_bio_and_marked(matcher_of: Any) -> None:
    creators = [{"creator_id": "quiet", "bio": "tea tea tea"}, {"creator_id": "mute"}, {"creator_id": "loud"}]
    posts = [{"post_id": "p1", "creator_id": "loud", "text": "engines"}]
    found = {
        entry.creator_id: entry
        for entry in matcher_of(creators, posts).match({"text": "tea", "language": "en"}, k=3).entries
    }
    quiet = found["quiet"].contributions[0]
    assert (quiet.signal, quiet.status) == ("relevance", "estimated")
    assert found["quiet"].evidence == () and found["quiet"].cautions[0].code == "no_posts"
    assert found["mute"].contributions[0].status == "absent"
    assert found["quiet"].score > found["mute"].score


def test_an_index_of_one_creator_without_anything(matcher_of: Any) -> None:
    found = matcher_of([{"creator_id": "c1"}], [], words="tea").match({"text": "tea", "language": "en"})
    assert ids(found) == ["c1"]
    assert 0 <= found.entries[0].score <= 1


def test_a_brief_without_words_says_so(matcher: Matcher) -> None:
    assert any("no words that can be read" in warning for warning in matcher.match("🐱🔥").warnings)


def test_a_language_that_the_encoder_does_not_cover_is_said(matcher: Matcher) -> None:
    found = matcher.match(BRIEFS["Arabic"])
    assert found.entries == ()  # nobody shares a word with it
    assert any("does not cover 'ar'" in warning for warning in found.warnings)
    assert found.warnings[-1].startswith("no creator uses any word of the brief")


def test_in_such_a_language_those_who_use_its_words_are_found(matcher_of: Any) -> None:
    creators = [{"creator_id": "baker", "bio": "أصنع الخبز والقهوة"}, {"creator_id": "ann", "bio": "tea"}]
    posts = [{"post_id": f"p{i}", "creator_id": "baker", "text": f"الخبز الطازج كل صباح {i}"} for i in range(3)]
    assert ids(matcher_of(creators, posts).match("نبحث عن من يصنع الخبز الطازج في البيت")) == ["baker"]


def test_the_specialist_is_found(matcher_of: Any) -> None:
    topics = {"tea": "green tea leaves brewed", "cars": "engine oil tyres", "cats": "kitten cat food"}
    creators = [{"creator_id": name} for name in topics]
    posts = [
        {"post_id": f"{name}{i}", "creator_id": name, "text": f"{text} number{i}"}
        for name, text in topics.items()
        for i in range(4)
    ]
    matcher = matcher_of(creators, posts)
    for name, text in topics.items():
        assert ids(matcher.match(text, k=3))[0] == name


def test_a_brief_comes_in_three_forms() -> None:
    assert as_brief("tea") == as_brief({"text": "tea"}) == as_brief(Brief.parse({"text": "tea"}))
    assert as_brief("tea", k=3).k == as_brief({"text": "tea", "k": 9}, k=3).k == 3
    assert as_brief(Brief.parse({"text": "tea", "goal": "awareness"}), k=3).goal == "awareness"
    with pytest.raises(BriefError, match="k: must be at least 1"):
        as_brief("tea", k=0)
    with pytest.raises(BriefError, match="must be an object"):
        as_brief(7, k=3)  # type: ignore[arg-type]


def test_another_k_keeps_the_rest_of_a_brief(demo_briefs: list[Data]) -> None:
    for data in demo_briefs:
        whole = Brief.parse(data)
        assert as_brief(whole, k=3) == as_brief(data, k=3)
        assert as_brief(whole, k=3).model_dump() == whole.model_dump() | {"k": 3}


def test_a_weight_for_what_is_not_asked_is_said(matcher: Matcher) -> None:
    found = matcher.match({"text": "street food", "weights": {"audience": 1}}, k=1)
    assert any(warning.startswith("weights.audience:") for warning in found.warnings)
    assert not any(
        "weights" in w for w in matcher.match({"text": "street food", "weights": {"relevance": 1}}, k=1).warnings
    )


@pytest.mark.parametrize(
    ("must", "followers", "platforms"),
    [
        pytest.param({}, 100_000, ("tiktok", "instagram", "youtube"), id="the largest, where nothing is asked for"),
        pytest.param({"platforms": ["instagram"]}, 5_000, ("instagram", "tiktok", "youtube"), id="on the platform"),
        pytest.param({"platforms": ["youtube", "instagram"]}, 5_000, ("instagram", "tiktok", "youtube"), id="of two"),
        pytest.param({"followers": {"max": 3_000}}, 1_000, ("youtube", "instagram", "tiktok"), id="of the size"),
        pytest.param(
            {"platforms": ["instagram"], "tiers": ["nano"]}, 5_000, ("instagram", "tiktok", "youtube"), id="both"
        ),
    ],
)
def test_the_account_that_counted_is_shown(
    matcher_of: Any, must: dict[str, Any], followers: int, platforms: tuple[str, ...]
) -> None:
    accounts = [("instagram", 5_000), ("tiktok", 100_000), ("youtube", 1_000)]
    ann = {"creator_id": "ann", "bio": "tea", "accounts": [{"platform": p, "followers": n} for p, n in accounts]}
    [entry] = matcher_of([ann], []).match({"text": "tea", "must": must}).entries
    assert (entry.followers, entry.platforms) == (followers, platforms)
