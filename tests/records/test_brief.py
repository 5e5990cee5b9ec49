"""Briefs: every field, good and bad; what is repaired; files."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import BriefError
from matcher.records import Brief

FULL: dict[str, Any] = {
    "brief_id": "summer-serum",
    "text": "Dewroot launches a gentle serum for acne-prone skin",
    "language": "en",
    "brand": {
        "name": "Dewroot",
        "handles": ["dewroot"],
        "description": "Skin care.",
        "values": ["cruelty-free"],
        "competitors": ["Mossbell"],
    },
    "goal": "awareness",
    "target_audience": {
        "age": {"18-24": 0.5, "25-34": 0.5},
        "gender": {"female": 0.9},
        "country": {"TW": 1.0},
        "language": {},
        "interest": {},
    },
    "must": {
        "platforms": ["instagram"],
        "countries": ["TW"],
        "languages": [],
        "followers": {"min": 5000, "max": 100000},
        "engagement_rate": {"min": 0.02},
        "credibility": {"min": 0.6},
        "price": {"max": 500, "currency": "USD"},
        "last_post_within_days": 60,
        "audience_country": {"TW": 0.3},
        "has_contact": True,
        "tiers": ["micro"],
        "account_kinds": ["person", "group"],
        "keywords": [],
        "categories": [],
    },
    "should": {"languages": ["zh-Hant"]},
    "must_not": {
        "creator_ids": [],
        "keywords": [],
        "worked_with": ["competitor"],
        "worked_with_within_days": 90,
        "brand_safety": ["alcohol"],
    },
    "budget": {"amount": 10000, "currency": "USD"},
    "k": 15,
    "weights": {"relevance": 0.5, "audience": 0.3, "engagement": 0.2},
}


def brief(**fields: Any) -> Brief:
    return Brief.parse({"text": "tea", **fields})


def test_the_brief_of_the_contract_is_taken_whole() -> None:
    found = Brief.parse(FULL)
    assert json.loads(json.dumps(found.model_dump(exclude_unset=True, mode="json"))) == FULL
    assert found.must.given() == (
        "platforms", "countries", "followers", "engagement_rate", "credibility", "price", "last_post_within_days",
        "audience_country", "has_contact", "tiers", "account_kinds",
    )  # fmt: skip
    assert found.must_not.given() == ("worked_with", "brand_safety")


def test_only_the_text_is_required() -> None:
    found = Brief.parse({"text": "  tea  "})
    assert (found.text, found.k, found.brief_id, found.goal) == ("tea", 15, "brief", None)
    assert found.must.given() == found.should.given() == found.must_not.given() == ()
    assert found.target_audience.facets() == {}


@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        pytest.param({"text": ""}, "text", "must not be empty (got '')", id="no text"),
        pytest.param({"text": " \n"}, "text", "must not be empty", id="blank text"),
        pytest.param({"text": 5}, "text", "must be text; put it in quotes (got 5)", id="a number for text"),
        pytest.param({"text": "y" * 100_001}, "text", "at most 100,000 characters", id="a book"),
        pytest.param({"brief_id": 7}, "brief_id", "must be text", id="an id that is a number"),
        pytest.param({"language": "klingon"}, "language", "BCP-47 code, such as zh-Hant", id="language in words"),
        pytest.param({"goal": "fame"}, "goal", "'awareness', 'engagement' or 'conversion' (got 'fame')", id="goal"),
        pytest.param({"k": 0}, "k", "at least 1 (got 0)", id="k of none"),
        pytest.param({"k": 501}, "k", "at most 500 (got 501)", id="k too large"),
        pytest.param({"k": 1.5}, "k", "a whole number (got 1.5)", id="half a creator"),
        pytest.param({"k": "many"}, "k", "a whole number (got 'many')", id="k in words"),
        pytest.param({"weights": {"fame": 1}}, "weights.fame", "'relevance', 'audience' or 'engagement'", id="signal"),
        pytest.param({"weights": {"relevance": -1}}, "weights.relevance", "at least 0 (got -1)", id="weight below 0"),
        pytest.param({"weights": {"audience": 0}}, "weights", "give at least one signal a weight", id="no weight"),
        pytest.param({"weights": {"audience": float("nan")}}, "weights.audience", "finite", id="weight NaN"),
        pytest.param({"budget": {"amount": -5, "currency": "USD"}}, "budget.amount", "(got -5)", id="debt"),
        pytest.param({"budget": {"amount": 5}}, "budget.currency", "is required", id="money without currency"),
        pytest.param({"budget": 5}, "budget", "any of: amount, currency", id="money as a number"),
        pytest.param({"target_audience": {"age": {"18-20": 1}}}, "target_audience.age.18-20", "'18-24'", id="age band"),
        pytest.param({"target_audience": {"age": {"18-24": -1}}}, "target_audience.age.18-24", "(got -1)", id="share"),
        pytest.param({"target_audience": {"gender": {"woman": 1}}}, "target_audience.gender.woman", "'female'",
                     id="gender"),
        pytest.param({"target_audience": {"country": {"Taiwn": 1}}}, "target_audience.country.Taiwn",
                     "no country is called so; did you mean Taiwan (TW)? (got 'Taiwn')", id="misspelt in a crowd"),
        pytest.param({"must": {"countries": ["TW", "Vietnem"]}}, "must.countries.1", "did you mean Vietnam (VN)?",
                     id="misspelt country"),
        pytest.param({"must": {"countries": ["XX"]}}, "must.countries.0",
                     "no country is called so; give its name, or its ISO 3166-1 code such as TW, VN, TH or US",
                     id="a code that is none"),
        pytest.param({"must": {"audience_country": {"Narnia": 0.3}}}, "must.audience_country.Narnia", "such as TW",
                     id="a country that is none"),
        pytest.param({"must": {"countries": "TW"}}, "must.countries", "must be a list (got 'TW')", id="not a list"),
        pytest.param({"must": {"countries": [False]}}, "must.countries.0", "quotes (got False)", id="Norway in YAML"),
        pytest.param({"must": {"languages": ["?"]}}, "must.languages.0", "such as zh-Hant", id="language"),
        pytest.param({"must": {"tiers": ["huge"]}}, "must.tiers.0", "'nano', 'micro', 'mid'", id="tier"),
        pytest.param({"must": {"account_kinds": ["robot"]}}, "must.account_kinds.0", "'person'", id="account kind"),
        pytest.param({"must": {"followers": {"min": 10, "max": 5}}}, "must.followers", "min 10 is above max 5",
                     id="contradicting range"),
        pytest.param({"must": {"followers": {"min": -1}}}, "must.followers.min", "at least 0 (got -1)", id="below 0"),
        pytest.param({"must": {"followers": {"min": "5k"}}}, "must.followers.min", "a number (got '5k')", id="5k"),
        pytest.param({"must": {"followers": 5000}}, "must.followers", "any of: min, max (got 5000)", id="no range"),
        pytest.param({"must": {"engagement_rate": {"min": 2}}}, "must.engagement_rate.min",
                     "a fraction from 0 to 1 (got 2)", id="percent"),
        pytest.param({"must": {"credibility": {"min": 60}}}, "must.credibility.min", "a fraction from 0 to 1",
                     id="credibility in percent"),
        pytest.param({"must": {"price": {"max": 500}}}, "must.price.currency", "is required", id="no currency"),
        pytest.param({"must": {"price": {"max": 5, "currency": "dollar"}}}, "must.price.currency", "such as USD",
                     id="currency in words"),
        pytest.param({"must": {"last_post_within_days": 0}}, "must.last_post_within_days", "at least 1", id="0 days"),
        pytest.param({"must": {"audience_country": {"TW": 30}}}, "must.audience_country.TW", "a fraction from 0 to 1",
                     id="audience share in percent"),
        pytest.param({"must": {"has_contact": "maybe"}}, "must.has_contact", "true or false (got 'maybe')", id="maybe"),
        pytest.param({"must": {"keywords": [""]}}, "must.keywords.0", "must not be empty", id="empty keyword"),
        pytest.param({"should": {"tiers": ["huge"]}}, "should.tiers.0", "'nano'", id="the same under should"),
        pytest.param({"must_not": {"worked_with_within_days": -2}}, "must_not.worked_with_within_days", "at least 1",
                     id="days below 1"),
        pytest.param({"txt": "x"}, "txt", "did you mean 'text'?", id="misspelt field"),
        pytest.param({"must": {"platform": ["x"]}}, "must.platform", "did you mean 'platforms'?", id="misspelt must"),
        pytest.param({"must": {"followers": {"minimum": 3}}}, "must.followers.minimum", "did you mean 'min'?",
                     id="misspelt end of a range"),
        pytest.param({"must": {"cities": ["Taipei"]}}, "must.cities",
                     "creators are chosen by country (countries); a city may stand in the text", id="cities"),
        pytest.param({"should": {"gender": ["female"]}}, "should.gender", "asked for in target_audience", id="gender"),
        pytest.param({"audience": {}}, "audience", "did you mean 'target_audience'?", id="a part of a field's name"),
        pytest.param({"must": {"titers": ["micro"]}}, "must.titers", "did you mean 'tiers'?", id="letters too many"),
        pytest.param({"must": {"pities": ["micro"]}}, "must.pities", "known here: platforms, countries", id="far off"),
        pytest.param({"brand": {"zzz": 1}}, "brand.zzz", "known here: name, handles", id="unknown without a neighbour"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named_with_its_value_and_what_is_allowed(fields: Any, place: str, said: str) -> None:
    with pytest.raises(BriefError) as error:
        brief(**fields)
    assert [where for where, _ in error.value.errors] == [place]
    assert said in error.value.errors[0][1]
    assert f"  {place}: " in str(error.value)


def test_all_bad_fields_are_named_at_once() -> None:
    with pytest.raises(BriefError) as error:
        Brief.parse({"brief_id": "b7", "k": 0, "goal": "fame"})
    assert {place for place, _ in error.value.errors} == {"text", "k", "goal"}
    assert str(error.value).startswith("brief 'b7' cannot be used:\n")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(None, "nothing"), ("tea", "text"), ([1], "a list"), (3, "a number"), (True, "true or false")],
)
def test_a_brief_is_an_object(data: Any, kind: str) -> None:
    with pytest.raises(BriefError, match=f"must be an object with at least 'text', not {kind}"):
        Brief.parse(data)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("zh-hant-tw", "zh-Hant"), ("zh", "zh"),
        ("ZH-SG", "zh-Hans"), ("EN-us", "en"), ("vi-VN", "vi"), ("fil", "fil"),
    ],
)  # fmt: skip
def test_languages_come_in_one_spelling(given: str, expected: str) -> None:
    found = brief(language=given, must={"languages": [given]}, target_audience={"language": {given: 1}})
    assert found.language == expected
    assert found.must.languages == (expected,)
    assert found.target_audience.facets() == {"language": {expected: 1.0}}


def test_countries_and_currencies_come_in_upper_case() -> None:
    found = brief(must={"countries": ["tw"], "price": {"max": 5, "currency": "usd"}, "audience_country": {"vn": 0.5}})
    assert found.must.countries == ("TW",)
    assert found.must.price is not None and found.must.price.currency == "USD"
    assert found.must.audience_country == {"VN": 0.5}


def test_countries_go_by_name_or_code_and_are_one() -> None:
    found = brief(
        must={"countries": ["Taiwan", "TW", "Việt Nam"], "audience_country": {"台灣": 0.5}},
        should={"countries": ["ประเทศไทย", "USA"]},
        target_audience={"country": {"Hong Kong": 0.25, "HK": 0.25, "thailand": 0.5}},
    )
    assert (found.must.countries, found.should.countries) == (("TW", "VN"), ("TH", "US"))
    assert found.must.audience_country == {"TW": 0.5}
    assert found.target_audience.country == {"HK": 0.5, "TH": 0.5}


def test_shares_that_do_not_sum_to_one_are_scaled_with_a_warning() -> None:
    found = brief(target_audience={"age": {"18-24": 3, "25-34": 1}, "gender": {"female": 0.9}, "country": {"TW": 1}})
    assert found.target_audience.facets() == {
        "age": {"18-24": 0.75, "25-34": 0.25},
        "gender": {"female": 1.0},
        "country": {"TW": 1.0},
    }
    assert found.warnings == (
        "target_audience.age: the shares sum to 4, not 1; they were scaled to sum to 1",
        "target_audience.gender: the shares sum to 0.9, not 1; they were scaled to sum to 1",
    )


def test_shares_of_zero_ask_for_nothing() -> None:
    assert brief(target_audience={"age": {"18-24": 0}}).target_audience.facets() == {}
    assert brief(target_audience={"age": {"18-24": 0, "65+": 1}}).target_audience.facets() == {"age": {"65+": 1.0}}


@given(st.dictionaries(st.sampled_from(["TW", "VN", "TH", "US"]), st.floats(1e-3, 1e3), min_size=1))
def test_facets_sum_to_one(shares: dict[str, float]) -> None:
    facets = brief(target_audience={"country": shares}).target_audience.facets()
    assert sum(facets["country"].values()) == pytest.approx(1.0)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(
    st.text() | st.sampled_from(list(Brief.model_fields)), x)))  # fmt: skip
def test_whatever_comes_in_is_a_brief_or_a_brief_error(data: Any) -> None:
    try:
        assert Brief.parse(data).text
    except BriefError as error:
        assert str(error)


def test_a_brief_is_frozen() -> None:
    with pytest.raises(Exception, match="frozen"):
        brief().k = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("b.json", '{"text": "tea", "must": {"countries": ["TW"]}}', id="JSON"),
        pytest.param(
            "b.json", '\ufeff{"text": "tea", "must": {"countries": ["TW"]}}', id="JSON with a byte order mark"
        ),
        pytest.param("b.yaml", "text: tea\nmust:\n  countries: [TW]\n", id="YAML"),
        pytest.param("b.txt", "text: tea\nmust: {countries: [TW]}", id="YAML under another name"),
    ],
)
def test_files_in_json_and_yaml(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert Brief.from_file(tmp_path / name) == brief(must={"countries": ["TW"]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b'{"text": ', "is not valid JSON", id="cut off"),
        pytest.param(b"text: [", "is neither JSON nor YAML", id="broken YAML"),
        pytest.param(b"\xff\xfe\x00", "cannot be read", id="not UTF-8"),
        pytest.param(b"", "must be an object with at least 'text', not nothing", id="empty"),
        pytest.param(b"tea", "must be an object with at least 'text', not text", id="only words"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="a tower of brackets"),
        pytest.param(b"text: 2026-13-45", "cannot be read as YAML", id="a date that is none"),
        pytest.param(b"k: 3", "text: is required", id="no text"),
    ],
)
def test_a_file_that_holds_no_brief_is_named(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(BriefError) as error:
        Brief.from_file(path)
    assert said in str(error.value) and str(path) in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"none\.json cannot be read"):
        Brief.from_file(tmp_path / "none.json")
