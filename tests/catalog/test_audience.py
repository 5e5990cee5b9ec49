"""Audience records: every shape becomes cells whose shares sum to 1."""

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalog.audience import audience, facets_of
from matcher.catalog.checks import Checks
from matcher.catalog.ledger import Ledger


def read(platform: str | None = None, **columns: Any) -> tuple[list[dict[str, Any]] | None, dict[int, Any], list[str]]:
    ledger = Ledger("creators")
    checks = Checks(1, ledger)
    result = audience({name: [value] for name, value in columns.items()}, pa.array([platform], pa.string()), checks)
    return result.to_pylist()[0], checks.faults, ledger.warnings()


def cells(record: dict[str, Any]) -> dict[tuple[str, str], float]:
    return {(cell["facet"], cell["segment"]): cell["share"] for cell in record["cells"]}


def test_flat_columns_become_one_estimated_record() -> None:
    found, faults, warnings = read(
        "youtube",
        audience_country='{"TW": 0.75, "hk": 0.25}',
        audience_gender={"F": 0.4, "M": 0.6},
        audience_sample_size="1,000",
    )
    assert (faults, warnings) == ({}, [])
    assert found is not None
    [record] = found
    assert (record["platform"], record["status"], record["source"]) == ("youtube", "estimated", None)
    assert record["sample_size"] == 1000
    assert cells(record) == {
        ("country", "TW"): 0.75,
        ("country", "HK"): 0.25,
        ("gender", "female"): 0.4,
        ("gender", "male"): 0.6,
    }


def test_a_nested_record_keeps_all_that_it_says() -> None:
    found, _, _ = read(
        audience={
            "platform": "tiktok",
            "source": "likers",
            "status": "measured",
            "sample_size": 500,
            "as_of": "2026-05-01",
            "credibility": 0.8,
            "age": {"18–24": 1},
        }
    )
    assert found == [
        {
            "platform": "tiktok",
            "source": "likers",
            "status": "measured",
            "sample_size": 500,
            "as_of": datetime(2026, 5, 1, tzinfo=UTC),
            "credibility": 0.8,
            "cells": [{"facet": "age", "segment": "18-24", "share": 1.0}],
        }
    ]


@pytest.mark.parametrize(
    "joint",
    [
        pytest.param({"age×gender": {"18-24|female": 0.6, "25-34|male": 0.4}}, id="age×gender"),
        pytest.param({"age_gender": {"18-24|F": 0.6, "25-34|M": 0.4}}, id="age_gender"),
        pytest.param({"gender_age": {"F.18-24": 0.6, "M.25-34": 0.4}}, id="as the Instagram API has it"),
        pytest.param({"age_gender": {"18-24": {"female": 0.6}, "25-34": {"male": 0.4}}}, id="object of objects"),
    ],
)
def test_joint_facets_stay_joint(joint: dict[str, Any]) -> None:
    found, _, _ = read(audience=[joint])
    assert found is not None
    assert cells(found[0]) == {("age×gender", "18-24|female"): 0.6, ("age×gender", "25-34|male"): 0.4}


PERCENT = "had percent, read as shares"
LONG = "had shares that sum to more than 1 and were normalised"
SHORT = "had shares that sum to less than 1; the rest of the audience is taken as not said"


@pytest.mark.parametrize(
    ("written", "expected", "told"),
    [
        pytest.param({"TW": 0.5, "JP": 0.5}, (0.5, 0.5), [], id="shares"),
        pytest.param({"TW": 50, "JP": 50}, (0.5, 0.5), [PERCENT], id="percent"),
        pytest.param({"TW": "50%", "JP": "50%"}, (0.5, 0.5), [PERCENT], id="percent signs"),
        pytest.param({"TW": 62, "JP": 8}, (0.62, 0.08), [PERCENT, SHORT], id="percent of the first few"),
        pytest.param({"TW": 4000, "JP": 4000}, (0.5, 0.5), [LONG], id="people"),
        pytest.param({"TW": 1.5, "JP": 0.5}, (0.75, 0.25), [LONG], id="a share above 1"),
        pytest.param({"TW": 0.3, "JP": 0.3}, (0.3, 0.3), [SHORT], id="sums to 0.6"),
        pytest.param({"TW": 0.5049, "JP": 0.5049}, (0.5, 0.5), [], id="rounding"),
        pytest.param({"TW": 0.5, "JP": 0.5, "US": None}, (0.5, 0.5), [], id="a null segment is not there"),
        pytest.param([{"code": "TW", "weight": 0.5}, {"code": "JP", "weight": 0.5}], (0.5, 0.5), [], id="a list"),
    ],
)
def test_shares_are_repaired_and_that_is_said(written: Any, expected: tuple[float, float], told: list[str]) -> None:
    found, faults, warnings = read(audience_country=written)
    assert found is not None
    assert cells(found[0]) == pytest.approx({("country", "TW"): expected[0], ("country", "JP"): expected[1]})
    assert not faults
    assert warnings == [f"creators.audience: 1 value {done}" for done in told]


def test_numbers_that_sum_to_the_sample_are_people_not_percent() -> None:
    found, _, _ = read(audience={"sample_size": 50, "gender": {"female": 30, "male": 20}})
    assert found is not None
    assert cells(found[0]) == pytest.approx({("gender", "female"): 0.6, ("gender", "male"): 0.4})


def test_one_segment_alone_is_not_everybody() -> None:
    found, _, _ = read(audience={"gender": {"female": 0.62}})
    assert found is not None
    assert cells(found[0]) == {("gender", "female"): 0.62}


def test_ages_of_another_scheme_are_spread_over_the_bands_and_that_is_said() -> None:
    found, _, warnings = read(audience={"age": {"18-20": 0.2, "21-29": 0.45, "30-39": 0.35}})
    assert found is not None
    assert cells(found[0]) == pytest.approx(
        {("age", "18-24"): 0.2 + 0.2, ("age", "25-34"): 0.25 + 0.175, ("age", "35-44"): 0.175}
    )
    assert warnings == ["creators.audience.age: 3 values spread by years over the bands used here; for example '18-20'"]


def test_a_joint_cell_of_other_bands_is_spread_too() -> None:
    found, _, _ = read(audience={"age_gender": {"45-64|F": 0.4, "13-17|M": 0.6}})
    assert found is not None
    assert cells(found[0]) == pytest.approx(
        {("age×gender", "45-54|female"): 0.2, ("age×gender", "55-64|female"): 0.2, ("age×gender", "13-17|male"): 0.6}
    )


def test_what_names_no_ages_is_left_out_and_that_is_said() -> None:
    found, _, warnings = read(audience={"age": {"adults": 0.4, "18-24": 0.6}})
    assert found is not None
    assert cells(found[0]) == {("age", "18-24"): 0.6}
    assert warnings[0].startswith("creators.audience.age: 1 value left out: expected an age band, one of 13-17, ")


def test_countries_by_name_are_read_and_that_is_said() -> None:
    found, _, warnings = read(audience={"country": {"Taiwan": 0.4, "Việt Nam": 0.3, "USA": 0.2, "Atlantis": 0.1}})
    assert found is not None
    assert cells(found[0]) == pytest.approx(
        {("country", "TW"): 0.4, ("country", "VN"): 0.3, ("country", "US"): 0.2, ("country", "atlantis"): 0.1}
    )
    assert warnings == [
        "creators.audience.country: 3 values read as the country of that name; for example 'Taiwan'",
        "creators.audience.country: 1 value kept as written: expected an ISO 3166-1 alpha-2 code or a name; "
        "for example 'Atlantis'",
    ]


def test_two_spellings_of_one_country_add_up() -> None:
    found, _, _ = read(audience={"country": {"TW": 0.4, "Taiwan": 0.35, "JP": 0.25}})
    assert found is not None
    assert cells(found[0]) == pytest.approx({("country", "TW"): 0.75, ("country", "JP"): 0.25})


@pytest.mark.parametrize(
    ("audience", "field", "value"),
    [
        pytest.param({"country": {"TW": -0.6, "JP": 1}}, "audience", -0.6, id="a negative share"),
        pytest.param({"country": {"TW": "lots"}}, "audience", "lots", id="no number"),
    ],
)
def test_shares_that_are_none_reject_the_row(audience: Any, field: str, value: Any) -> None:
    _, faults, _ = read(audience=audience)
    assert (faults[0].field, faults[0].value) == (field, value)


def test_a_facet_of_zeros_says_nothing() -> None:
    found, _, _ = read(audience={"age": {"18-24": 0, "25-34": 0}, "gender": {"female": 1, "male": 0}})
    assert found is not None
    assert cells(found[0]) == {("gender", "female"): 1.0, ("gender", "male"): 0.0}


def test_flat_columns_that_say_nothing_make_no_record() -> None:
    assert read(audience_country=None, audience_sample_size=None)[0] is None
    assert read(audience_country="", audience_sample_size=5)[0] is None


def test_an_unknown_status_is_estimated_with_a_warning() -> None:
    found, _, warnings = read(audience={"status": "guessed", "age": {"65+": 1}})
    assert found is not None
    assert found[0]["status"] == "estimated"
    assert warnings == [
        "creators.audience.status: 1 value set to null: expected one of measured, estimated, declared; "
        "for example 'guessed'"
    ]


@pytest.mark.parametrize(("written", "read_as"), [(0.5, 0.5), (80, 0.8), (500, None), (None, None)])
def test_credibility_is_a_share(written: Any, read_as: float | None) -> None:
    found, _, _ = read(audience={"credibility": written, "age": {"65+": 1}})
    assert found is not None
    assert found[0]["credibility"] == read_as


@given(st.dictionaries(st.sampled_from(["TW", "JP", "US", "VN", "TH"]), st.floats(0.001, 1e6), min_size=1))
def test_shares_keep_their_ratios_and_sum_to_no_more_than_one(shares: dict[str, float]) -> None:
    found, faults, _ = read(audience={"country": shares})
    assert not faults
    assert found is not None
    read_as, total = cells(found[0]), sum(shares.values())
    assert sum(read_as.values()) <= 1 + 1e-9
    assert read_as == pytest.approx({("country", c): s / total * sum(read_as.values()) for c, s in shares.items()})


def test_which_fields_are_facets() -> None:
    assert facets_of("age") == ("age",)
    assert facets_of("Country×Age") == ("country", "age")
    assert facets_of("sample_size") is None
    assert facets_of("as_of") is None
