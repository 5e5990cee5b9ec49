from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.apps.pages.brief_form import Values, brief_fields, form_values
from matcher.demo import briefs
from matcher.errors import BriefError
from matcher.records import AGE_BANDS, Brief


def pairs_of(values: Values) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in values._texts.items() for text in texts]


@pytest.mark.parametrize("data", briefs(), ids=lambda data: data["language"])
def test_a_brief_opened_in_the_form_and_sent_again_is_the_same(data: Any) -> None:
    brief = Brief.parse(data)
    again = Brief.parse(brief_fields(form_values(brief), brief))
    assert again.model_copy(update={"language": brief.language}) == brief


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param("must.followers.min", "12,000", 12_000, id="thousands"),
        pytest.param("must.followers.min", "12k", 12_000, id="k"),
        pytest.param("must.followers.min", "1.5萬", 15_000, id="Chinese ten thousands"),
        pytest.param("must.engagement_rate.min", "2.5", 0.025, id="percent"),
        pytest.param("must.engagement_rate.min", "2 %", 0.02, id="percent sign"),
        pytest.param("must.last_post_within_days", "60", 60, id="days"),
        pytest.param("must.keywords", "cats, 貓、 แมว", ["cats", "貓", "แมว"], id="list with commas"),
        pytest.param("brand.handles", "@dewroot", ["dewroot"], id="handle"),
        pytest.param("budget.amount", "10 000", 10_000, id="space between thousands"),
    ],
)
def test_what_people_write(name: str, text: str, found: Any) -> None:
    data: Any = brief_fields(Values([("text", "sunscreen"), (name, text)]))
    for part in name.split("."):
        data = data[part]
    assert data == found


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        pytest.param("must.followers.min", "many", "must.followers.min", id="no number"),
        pytest.param("must.followers.min", "-3", "must.followers.min", id="below zero"),
        pytest.param("must.engagement_rate.min", "150", "must.engagement_rate.min", id="above 100 percent"),
        pytest.param("must.countries", "Narnia", "must.countries.0", id="no country"),
        pytest.param("k", "9999", "k", id="too many"),
        pytest.param("goal", "fame", "goal", id="no goal"),
        pytest.param("must.last_post_within_days", "2.5", "must.last_post_within_days", id="half a day"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(name: str, text: str, place: str) -> None:
    with pytest.raises(BriefError) as caught:
        Brief.parse(brief_fields(Values([("text", "sunscreen"), (name, text)])))
    assert [where for where, _ in caught.value.errors] == [place]


def test_an_empty_form_lacks_its_text_only() -> None:
    with pytest.raises(BriefError) as caught:
        Brief.parse(brief_fields(Values([("text", "  "), ("k", "15"), ("must.followers.min", "")])))
    assert caught.value.errors == (("text", "is required"),)


def test_what_the_form_has_no_field_for_is_kept() -> None:
    kept = Brief.parse(
        {"brief_id": "summer", "text": "old", "brand": {"description": "soap", "name": "Old"},
         "weights": {"audience": 1}, "must": {"credibility": {"min": 0.5, "max": 0.9}}}
    )  # fmt: skip
    brief = Brief.parse(brief_fields(Values([("text", "new"), ("brand.name", "New")]), kept))
    assert (brief.brief_id, brief.text, brief.brand.name) == ("summer", "new", "New")
    assert brief.brand.description == "soap"
    assert brief.weights == {"audience": 1}
    assert brief.must.credibility is not None and brief.must.credibility.min is None


def test_segments_named_without_shares_share_alike() -> None:
    rows = [("target_audience.country.segment", "TW"), ("target_audience.country.percent", "0"),
            ("target_audience.country.segment", "VN"), ("target_audience.country.percent", "0"),
            ("target_audience.country.segment", ""), ("target_audience.country.percent", "40")]  # fmt: skip
    data = brief_fields(Values([("text", "x"), *rows]))
    assert data["target_audience"] == {"country": {"TW": 0.5, "VN": 0.5}}


@given(st.dictionaries(st.sampled_from(AGE_BANDS), st.integers(0, 100)))
def test_sliders_become_shares(percent: Any) -> None:
    data = brief_fields(Values([("text", "x"), *((f"target_audience.age.{a}", str(p)) for a, p in percent.items())]))
    found = data.get("target_audience", {}).get("age", {})
    assert found == pytest.approx({age: p / 100 for age, p in percent.items() if p})


FIELDS = ["text", "k", "must.followers.min", "must.price.max", "goal", "must.tiers", "target_audience.age.18-24",
          "target_audience.country.segment", "target_audience.country.percent"]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.text())))
def test_whatever_is_sent_is_a_brief_or_an_error_of_the_brief(pairs: list[tuple[str, str]]) -> None:
    try:
        Brief.parse(brief_fields(Values(pairs)))
    except BriefError:
        pass
