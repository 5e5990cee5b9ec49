"""Several records of one creator become one audience; worked by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matcher.records import Shares
from matcher.signals.audience import records
from matcher.signals.audience.records import HALF_LIFE_DAYS

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def merge_records(given: list[dict[str, Any]]) -> tuple[dict[tuple[str, str], float], float, str]:
    return records.merge_records(given, NOW)


def record(status: str, sample: float | None, days: float | None = None, **facets: Shares) -> dict[str, Any]:
    cells = [{"facet": f, "segment": s, "share": x} for f, shares in facets.items() for s, x in shares.items()]
    as_of = None if days is None else NOW - timedelta(days=days)
    return {"status": status, "sample_size": sample, "as_of": as_of, "cells": cells}


def test_the_best_status_counts_per_facet() -> None:
    """A measured record has the ages, only a declared one has the countries."""
    merged, people, status = merge_records(
        [
            record("measured", 400, age={"18-24": 1.0}),
            record("declared", 900, age={"65+": 1.0}, country={"TW": 0.5, "VN": 0.5}),
        ]
    )
    assert merged == pytest.approx({("age", "18-24"): 1.0, ("country", "TW"): 0.5, ("country", "VN"): 0.5})
    assert (people, status) == (900, "measured")


def test_records_of_one_status_are_weighted_by_the_root_of_their_samples() -> None:
    merged, people, status = merge_records(
        [record("estimated", 100, country={"TW": 1.0}), record("estimated", 900, country={"VN": 1.0})]
    )
    assert merged == pytest.approx({("country", "TW"): 0.25, ("country", "VN"): 0.75})
    assert (people, status) == (900, "estimated")


def test_shares_of_a_record_are_scaled_to_sum_to_one() -> None:
    merged, _, _ = merge_records([record("measured", None, country={"TW": 2.0, "VN": 2.0})])
    assert merged == pytest.approx({("country", "TW"): 0.5, ("country", "VN"): 0.5})


def test_no_records_are_an_absent_audience() -> None:
    assert merge_records([]) == ({}, 0.0, "absent")
    assert merge_records([record("measured", 50)])[0] == {}


def test_a_record_of_one_half_life_ago_counts_half_as_much() -> None:
    merged, _, _ = merge_records(
        [
            record("measured", 100, days=0, country={"TW": 1.0}),
            record("measured", 100, days=HALF_LIFE_DAYS, country={"VN": 1.0}),
        ]
    )
    assert merged == pytest.approx({("country", "TW"): 2 / 3, ("country", "VN"): 1 / 3})


def test_a_record_from_the_future_is_taken_as_new() -> None:
    merged, _, _ = merge_records(
        [record("measured", 100, days=-400, country={"TW": 1.0}), record("measured", 100, country={"VN": 1.0})]
    )
    assert merged == pytest.approx({("country", "TW"): 0.5, ("country", "VN"): 0.5})
