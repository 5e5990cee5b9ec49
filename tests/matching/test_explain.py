"""Explanations: in, out and filtered; what would bring a creator in, checked by arithmetic."""

from typing import Any

import pytest

from matcher.errors import UnknownCreator
from matcher.matching import Matcher
from matcher.records.explanation import Explanation

BRIEF: dict[str, Any] = {
    "text": "street food and noodles at night",
    "k": 5,
    "target_audience": {"country": {"VN": 1.0}},
    "must": {"countries": ["VN", "TW"]},
}


@pytest.fixture(scope="module")
def ranking(matcher: Matcher) -> list[str]:
    return [entry.creator_id for entry in matcher.match(BRIEF, k=500).entries]


def test_every_place_agrees_with_the_shortlist(matcher: Matcher, ranking: list[str]) -> None:
    shown = matcher.match(BRIEF)
    for place in (1, 3, 5):
        found, entry = matcher.explain(BRIEF, ranking[place - 1]), shown.entries[place - 1]
        assert found.in_shortlist and found.rank == place and found.creator_id == entry.creator_id
        assert (found.score, found.contributions, found.evidence, found.cautions) == (
            entry.score, entry.contributions, entry.evidence, entry.cautions,
        )  # fmt: skip
        assert found.changes == () == found.failed_filters
        assert found.verdict == f"In, at place {place} of 5 with {entry.score:.3f}."


@pytest.mark.parametrize("place", [6, 7, 20, 100, 300])
def test_out_of_the_list_the_change_that_is_named_closes_the_gap(
    matcher: Matcher, ranking: list[str], place: int
) -> None:
    found = matcher.explain(BRIEF, ranking[place - 1])
    last = matcher.match(BRIEF).entries[-1].score
    assert not found.in_shortlist and found.rank == place and found.score_to_enter == last
    assert found.verdict.startswith(f"Out: place {place} with {found.score:.3f}, the last of the 5 has {last:.3f}.")
    assert {change.signal for change in found.changes} == {part.signal for part in found.contributions}
    values = {part.signal: part.value for part in found.contributions}
    for change in found.changes:
        if change.needed is not None:
            assert values[change.signal] <= change.needed <= 1
            assert score_with(found, change.signal, change.needed) == pytest.approx(last, abs=1e-5)
        elif change.signal == "engagement":
            assert score_with(found, "engagement", 0.5 * values["relevance"]) < last
        elif change.signal == "audience":  # at most the root of the genuine share, here of every audience above a half
            assert score_with(found, "audience", 0.7) < last
        else:
            assert change.signal == "relevance" or score_with(found, change.signal, 1.0) < last
    engagement = next(change for change in found.changes if change.signal == "engagement")
    assert engagement.needed is None or engagement.needed <= values["relevance"]
    steps = [change.needed - change.value for change in found.changes if change.needed is not None]
    assert steps == sorted(steps)


def score_with(found: Explanation, signal: str, value: float) -> float:
    """The score with one value changed; engagement goes with relevance, as it counts only so far."""
    values = {part.signal: part.value for part in found.contributions}
    engagement = values["engagement"] * value / values["relevance"] if signal == "relevance" else values["engagement"]
    values |= {"engagement": engagement, signal: value}
    return sum(part.weight * values[part.signal] for part in found.contributions)


@pytest.mark.parametrize(
    ("condition", "step", "wanted", "found"),
    [
        ({"must": {"platforms": ["youtube", "threads"]}}, "must.platforms", "youtube or threads", "instagram"),
        ({"must": {"countries": ["VN"]}}, "must.countries", "VN", "TW"),
        ({"must": {"languages": ["vi", "th"]}}, "must.languages", "vi or th", "en, zh-Hant"),
        ({"must": {"followers": {"min": 50_000}}}, "must.followers", "at least 50,000", "12,500"),
        ({"must": {"followers": {"min": 1, "max": 9000}}}, "must.followers", "at least 1 and at most 9,000", "12,500"),
        ({"must": {"tiers": ["nano", "mega"]}}, "must.tiers", "nano or mega", "micro"),
        ({"must": {"engagement_rate": {"min": 0.5}}}, "must.engagement_rate", "at least 50.00%", "5.00%"),
        ({"must": {"credibility": {"min": 0.9}}}, "must.credibility", "at least 90%", "60%"),
        ({"must": {"price": {"max": 1000, "currency": "TWD"}}}, "must.price", "at most 1,000 TWD", "300 USD"),
        ({"must": {"last_post_within_days": 7}}, "must.last_post_within_days", "a post in the last 7 days",
         "the last one 30 days ago"),
        ({"must": {"audience_country": {"VN": 0.3}}}, "must.audience_country", "at least 30% in VN",
         "0% in VN, 75% in TW"),
        ({"must": {"has_contact": True}}, "must.has_contact", "a contact", "no contact"),
        ({"must": {"account_kinds": ["person"]}}, "must.account_kinds", "person", "shop"),
        ({"must": {"keywords": ["noodles", "pho"]}}, "must.keywords", "noodles or pho",
         "none of these words in the posts, the bio or the name"),
        ({"must": {"categories": ["Travel"]}}, "must.categories", "Travel", "tea"),
        ({"must_not": {"creator_ids": ["ann"]}}, "must_not.creator_ids", "none of ann", "this creator"),
        ({"must_not": {"keywords": ["gin", "oolong"]}}, "must_not.keywords", "none of gin or oolong",
         "“oolong” in a post, the bio or the name"),
        ({"must_not": {"worked_with": ["Velouria", "Mossbell"]}}, "must_not.worked_with",
         "none of Velouria or Mossbell", "work with Mossbell"),
        ({"must_not": {"worked_with": ["competitor"], "worked_with_within_days": 60},
          "brand": {"competitors": ["@moss_bell"]}}, "must_not.worked_with",
         "none of @moss_bell in the last 60 days", "work with @moss_bell"),
        ({"must_not": {"brand_safety": ["gambling", "alcohol"]}}, "must_not.brand_safety",
         "none of gambling or alcohol", "alcohol: “whisky” in a post, the bio or the name"),
    ],
)  # fmt: skip
def test_a_filter_that_failed_says_what_was_wanted_and_what_was_found(
    tea: Matcher, condition: Any, step: str, wanted: str, found: str
) -> None:
    explained = tea.explain({"text": "oolong tea"} | condition, "ann")
    assert [(f.step, f.wanted, f.found) for f in explained.failed_filters] == [(step, wanted, found)]
    assert not explained.in_shortlist and explained.rank is None
    assert explained.verdict.startswith(f"Out: {step} asks for {wanted}, found {found}.")
    assert explained.score > 0 and explained.contributions


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"platforms": ["x"]}, "nothing known"), ({"countries": ["TW"]}, "nothing known"),
        ({"languages": ["th"]}, "nothing known"), ({"followers": {"min": 1}}, "nothing known"),
        ({"tiers": ["nano"]}, "nothing known"), ({"engagement_rate": {"min": 0}}, "nothing known"),
        ({"credibility": {"min": 0}}, "nothing known"), ({"price": {"max": 9, "currency": "USD"}}, "no price known"),
        ({"last_post_within_days": 9}, "no dated post"), ({"audience_country": {"TW": 0.1}}, "no audience known"),
        ({"account_kinds": ["person"]}, "nothing known"), ({"categories": ["tea"]}, "nothing known"),
        ({"keywords": ["tea"]}, "none of these words in the posts, the bio or the name"),
    ],
)  # fmt: skip
def test_what_is_not_known_does_not_meet_a_condition(tea: Matcher, condition: Any, found: str) -> None:
    explained = tea.explain({"text": "oolong tea", "must": condition}, "blank")
    assert [f.found for f in explained.failed_filters] == [found]


def test_of_several_accounts_each_is_named(matcher_of: Any) -> None:
    accounts = [{"platform": "instagram", "followers": 5000}, {"platform": "tiktok", "followers": 100_000}]
    both = matcher_of([{"creator_id": "ann", "bio": "tea", "accounts": accounts}], [])
    must: dict[str, Any] = {"followers": {"min": 200_000}, "tiers": ["mega"]}
    assert found_for(both, must) == {
        "must.followers": "5,000 on instagram, 100,000 on tiktok",
        "must.tiers": "nano on instagram, macro on tiktok",
    }
    on_instagram = {"platforms": ["instagram"], "followers": {"min": 10_000}, "tiers": ["macro"]}
    assert found_for(both, on_instagram) == {"must.followers": "5,000 on instagram", "must.tiers": "nano on instagram"}
    elsewhere = {"platforms": ["threads", "youtube"], "followers": {"min": 10}}
    assert found_for(both, elsewhere) == {
        "must.platforms": "instagram, tiktok",
        "must.followers": "no account on threads or youtube",
    }


def found_for(matcher: Matcher, must: dict[str, Any]) -> dict[str, str]:
    explained = matcher.explain({"text": "green tea", "must": must}, "ann")
    return {failed.step: failed.found for failed in explained.failed_filters}


def test_nobody_left_is_an_answer_for_a_joint_target_too(tea: Matcher) -> None:
    target = {"age": {"18-24": 1.0}, "gender": {"female": 0.5, "male": 0.5}}
    brief = {"text": "tea", "target_audience": target, "must": {"followers": {"min": 1e11}}}
    assert tea.match(brief).entries == ()


def test_who_is_no_candidate_is_not_called_in_the_list(matcher_of: Any) -> None:
    """In a language that the encoder does not cover only creators who share a word are candidates."""
    posts = [{"post_id": i, "creator_id": i, "text": text} for i, text in (("a", "شاي أخضر"), ("b", "coffee"))]
    arabic = matcher_of([{"creator_id": "a"}, {"creator_id": "b"}], posts)
    brief = {"text": "شاي", "language": "ar", "k": 5}
    listed = [entry.creator_id for entry in arabic.match(brief).entries]
    explained = arabic.explain(brief, "b")
    assert listed == ["a"] and not explained.in_shortlist
    assert explained.verdict.startswith("Out: neither meaning nor words brought it among the candidates")


def test_several_filters_are_all_named(tea: Matcher) -> None:
    explained = tea.explain({"text": "tea", "must": {"countries": ["VN"], "followers": {"min": 10**6}}}, "ann")
    assert [f.step for f in explained.failed_filters] == ["must.countries", "must.followers"]


def test_a_filtered_creator_whose_score_would_do(tea: Matcher) -> None:
    explained = tea.explain({"text": "oolong tea", "k": 1, "must": {"countries": ["VN"]}}, "ann")
    assert explained.verdict.endswith("Its score, " + f"{explained.score:.3f}, would be enough.")


def test_an_unknown_creator(matcher: Matcher) -> None:
    with pytest.raises(UnknownCreator, match="holds no creator 'nobody'; the key is creator_id, not the handle"):
        matcher.explain("tea", "nobody")


def test_the_dict_is_plain(matcher: Matcher, ranking: list[str]) -> None:
    found = matcher.explain(BRIEF, ranking[10]).to_dict()
    assert list(found) == list(Explanation.__dataclass_fields__)
    assert isinstance(found["changes"], list) and isinstance(found["changes"][0], dict)


@pytest.fixture
def tea(matcher_of: Any) -> Any:
    """Ann, of whom everything is known, and a blank creator."""
    ann = {
        "creator_id": "ann", "platform": "instagram", "handle": "ann", "followers": 12_500, "country": "TW",
        "languages": ["en", "zh-Hant"], "account_kind": "shop", "categories": ["tea"],
        "prices": [{"platform": "instagram", "format": "post", "amount": 300, "currency": "USD"}],
        "audience": [
            {"status": "measured", "sample_size": 100, "country": {"TW": 0.75, "US": 0.25}, "credibility": 0.6}
        ],
    }  # fmt: skip
    post = {
        "post_id": "p1", "creator_id": "ann", "text": "oolong tea, no whisky", "published_at": "2026-10-02T00:00:00Z",
        "views": 1000, "likes": 50, "comments": 0, "sponsors": ["Mossbell"], "sponsored": True,
        "observed_at": "2026-10-20T00:00:00Z",
    }  # fmt: skip
    return matcher_of([ann, {"creator_id": "blank"}], [post])
