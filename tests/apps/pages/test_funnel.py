import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.apps.pages.brief_link import unpack
from matcher.apps.pages.funnel import funnel, left_out, widened
from matcher.matching import Matcher
from matcher.records import Brief
from matcher.retrieval.filters import apply_filters
from tests.conftest import Tables
from tests.tiny import Row

BRIEF = Brief.parse(
    {
        "text": "street food",
        "must": {"countries": ["VN"], "followers": {"min": 10_000, "max": 50_000}, "last_post_within_days": 30},
        "must_not": {"keywords": ["coffee"]},
    }
)
ALL = Brief.parse(
    {
        "text": "street food",
        "must": {
            "platforms": ["tiktok"], "countries": ["VN", "TW"], "languages": ["vi", "zh"], "tiers": ["micro", "mid"],
            "followers": {"min": 2_000, "max": 500_000}, "engagement_rate": {"min": 0.01}, "credibility": {"min": 0.5},
            "last_post_within_days": 60, "has_contact": True, "account_kinds": ["person"], "keywords": ["food", "ăn"],
        },
        "must_not": {"keywords": ["coffee"], "brand_safety": ["alcohol"]},
    }
)  # fmt: skip


def test_steps_are_the_shortlist_s_own(matcher: Matcher) -> None:
    found = funnel(matcher.index, BRIEF)
    assert [(step.name, step.left) for step in found.steps] == [
        (step.step, step.creators) for step in matcher.match(BRIEF).funnel
    ]
    assert (found.first, found.last) == (len(matcher.index.creators), found.steps[-1].left)
    assert sum(step.removed for step in found.steps) == found.first - found.last
    assert found.worst is not None and found.worst.removed == max(step.removed for step in found.steps)


def test_loosening_says_how_many_would_be_left(matcher: Matcher) -> None:
    found = funnel(matcher.index, BRIEF)
    for step in found.steps[1:]:
        for way in step.loosened:
            assert unpack(way.link) == way.brief
            assert way.creators == matcher.match(way.brief).funnel[-1].creators >= found.last


def test_followers_are_those_on_the_wanted_platforms_until_these_are_dropped(matcher_of: Tables) -> None:
    creators: list[Row] = [
        {"creator_id": name, "accounts": [{"platform": platform, "handle": name, "followers": followers}
                                          for platform, followers in accounts.items()]}
        for name, accounts in {"a": {"instagram": 20_000}, "b": {"tiktok": 20_000}, "c": {"tiktok": 30_000, "x": 9},
                               "d": {"instagram": 9, "tiktok": 20_000}}.items()
    ]  # fmt: skip
    index = matcher_of(creators, []).index
    brief = Brief.parse({"text": "x", "must": {"platforms": ["instagram"], "followers": {"min": 10_000}}})
    found = funnel(index, brief)
    assert [step.left for step in found.steps] == [4, 2, 1]
    ways = {(step.name, way.wider): way.creators for step in found.steps for way in step.loosened}
    assert ways == {("must.platforms", False): 4, ("must.followers", True): 1, ("must.followers", False): 2}


@settings(max_examples=25)
@given(asked=st.sets(st.sampled_from(sorted(ALL.must.given()))), taken_out=st.booleans())
def test_every_way_leaves_as_many_as_it_says(matcher: Matcher, asked: set[str], taken_out: bool) -> None:
    said = ALL.model_dump(exclude_defaults=True)
    said["must"] = {name: value for name, value in said["must"].items() if name in asked}
    brief = Brief.parse(said if taken_out else said | {"must_not": {}})
    for step in funnel(matcher.index, brief).steps[1:]:
        for way in step.loosened:
            assert way.creators == apply_filters(matcher.index, way.brief).funnel[-1].creators, (step.name, way.wider)


def test_only_conditions_on_numbers_can_be_widened(matcher: Matcher) -> None:
    ways = {step.name: [way.wider for way in step.loosened] for step in funnel(matcher.index, BRIEF).steps}
    assert ways == {
        "all": [],
        "must.countries": [False],
        "must.followers": [True, False],
        "must.last_post_within_days": [True, False],
        "must_not.keywords": [False],
    }


def test_widened_is_twice_as_wide() -> None:
    wider = widened(BRIEF, "must.followers")
    assert wider is not None and wider.must.followers is not None
    assert (wider.must.followers.min, wider.must.followers.max) == (5_000, 100_000)
    days = widened(BRIEF, "must.last_post_within_days")
    assert days is not None and days.must.last_post_within_days == 60
    rate = Brief.parse(
        {"text": "x", "must": {"credibility": {"min": 0.6, "max": 0.9}, "price": {"max": 10, "currency": "USD"}}}
    )
    genuine, price = widened(rate, "must.credibility"), widened(rate, "must.price")
    assert genuine is not None and genuine.must.credibility is not None
    assert (genuine.must.credibility.min, genuine.must.credibility.max) == (0.3, 1.0)
    assert price is not None and price.must.price is not None
    assert (price.must.price.max, price.must.price.currency) == (20, "USD")


def test_left_out_is_as_if_never_asked() -> None:
    assert left_out(BRIEF, "must_not.keywords").must_not.given() == ()
    assert left_out(BRIEF, "must.countries").must.given() == ("followers", "last_post_within_days")


def test_without_conditions_there_is_one_step(matcher: Matcher) -> None:
    found = funnel(matcher.index, Brief(text="x"))
    assert (len(found.steps), found.worst, found.steps[0].share) == (1, None, 1.0)
    assert np.isclose(funnel(matcher.index, left_out(BRIEF, "must_not.keywords")).steps[-1].share,
                      funnel(matcher.index, BRIEF).steps[-2].share)  # fmt: skip
