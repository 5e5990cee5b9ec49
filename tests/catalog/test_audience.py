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


@pytest.mark.parametrize(
    ("written", "warned"),
    [
        pytest.param({"TW": 0.5, "JP": 0.5}, False, id="shares"),
        pytest.param({"TW": 50, "JP": 50}, True, id="percent"),
        pytest.param({"TW": "50%", "JP": "50%"}, True, id="percent signs"),
        pytest.param({"TW": 4000, "JP": 4000}, True, id="people"),
        pytest.param({"TW": 0.3, "JP": 0.3}, True, id="sums to 0.6"),
        pytest.param({"TW": 0.5049, "JP": 0.5049}, False, id="rounding"),
        pytest.param({"TW": 0.5, "JP": 0.5, "US": None}, False, id="a null segment is not there"),
        pytest.param([{"code": "TW", "weight": 0.5}, {"code": "JP", "weight": 0.5}], False, id="list of code, weight"),
    ],
)
def test_shares_are_normalised_and_said_to_be(written: Any, warned: bool) -> None:
    found, faults, warnings = read(audience_country=written)
    assert found is not None
    assert cells(found[0]) == pytest.approx({("country", "TW"): 0.5, ("country", "JP"): 0.5})
    assert not faults
    expected = "creators.audience: 1 value had shares that do not sum to 1 and were normalised"
    assert warnings == ([expected] if warned else [])


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
def test_shares_of_a_facet_sum_to_one(shares: dict[str, float]) -> None:
    found, faults, _ = read(audience={"country": shares})
    assert not faults
    assert found is not None
    total = sum(shares.values())
    assert sum(cells(found[0]).values()) == pytest.approx(1.0)
    assert cells(found[0]) == pytest.approx({("country", c): s / total for c, s in shares.items()})


def test_which_fields_are_facets() -> None:
    assert facets_of("age") == ("age",)
    assert facets_of("Country×Age") == ("country", "age")
    assert facets_of("sample_size") is None
    assert facets_of("as_of") is None
