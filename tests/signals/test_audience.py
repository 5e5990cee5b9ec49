"""Audience overlap, worked by hand: facets, joint cells, shrinkage, missing facets, priors."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import Shares
from matcher.signals.audience import (
    PRIOR_PEOPLE,
    UNSAID_SAMPLE,
    AudienceCells,
    audience_overlap,
    facet_value,
    joint_target,
)
from matcher.signals.audience_prior import HOME_SHARE, PRIOR_RECORDS, prior_shares
from matcher.signals.audience_records import merge_records

Cells = dict[tuple[str, str], float]
TW, VN, YOUNG, OLD = ("country", "TW"), ("country", "VN"), ("age", "18-24"), ("age", "25-34")
WOMEN, MEN = ("gender", "female"), ("gender", "male")
NAMES = [TW, VN, YOUNG, OLD, WOMEN, MEN]
ENDLESS = 1e12
"""So many people that the prior counts nothing."""
MEASURED, ABSENT = 3, 0


def cells_of(people: float, *creators: Cells, names: Any = NAMES) -> AudienceCells:
    """Audiences of creators, all counted on so many people."""
    flat = [(names.index(cell), share) for shares in creators for cell, share in shares.items()]
    status = [MEASURED if shares else ABSENT for shares in creators]
    return AudienceCells(
        np.cumsum([0, *map(len, creators)]),
        np.array([code for code, _ in flat], np.int32),
        np.array([share for _, share in flat], np.float32),
        np.array([people if shares else 0 for shares in creators], np.float32),
        np.array(status, np.int8),
    )


def overlap(target: dict[str, Shares], people: float, *creators: Cells, prior: float = 0.0, names: Any = NAMES) -> Any:
    rows = np.arange(len(creators))
    base = np.full((len(creators), len(names)), prior, np.float32)
    return audience_overlap(rows, target, cells_of(people, *creators, names=names), base, names)


@pytest.mark.parametrize(
    ("reached", "wanted", "expected"),
    [
        pytest.param([1.0], {"TW": 1.0}, 1.0, id="the whole audience is wanted"),
        pytest.param([0.0], {"TW": 1.0}, 0.0, id="nobody in common"),
        pytest.param([0.64], {"TW": 1.0}, 0.8, id="one country: the root of its share"),
        pytest.param([0.5, 0.5], {"a": 0.5, "b": 0.5}, 1.0, id="the wanted mix"),
        pytest.param([1.0, 0.0], {"a": 0.5, "b": 0.5}, math.sqrt(0.5), id="all wanted, half of the mix"),
        pytest.param([0.08, 0.32], {"a": 0.5, "b": 0.5}, 0.2 + 0.4, id="short of both"),
        pytest.param([0.81, 0.01], {"a": 0.25, "b": 0.75}, 0.45 + math.sqrt(0.0075), id="another mix"),
    ],
)
def test_one_facet(reached: list[float], wanted: Shares, expected: float) -> None:
    assert facet_value(np.array([reached]), wanted)[0] == pytest.approx(expected)


def test_facets_are_combined_by_geometric_mean() -> None:
    target = {"country": {"TW": 1.0}, "age": {"18-24": 1.0}}
    found = overlap(target, ENDLESS, {TW: 0.9, VN: 0.1, YOUNG: 0.4, OLD: 0.6})
    assert found.value[0] == pytest.approx((0.9 * 0.4) ** 0.25)


def test_a_facet_that_fails_cannot_hide_behind_one_that_fits() -> None:
    target = {"country": {"TW": 1.0}, "age": {"18-24": 1.0}}
    found = overlap(target, ENDLESS, {VN: 1.0, YOUNG: 1.0}, {TW: 0.5, VN: 0.5, YOUNG: 0.5, OLD: 0.5})
    assert found.value[0] < 0.1 and found.value[1] == pytest.approx(math.sqrt(0.5))


def test_few_people_say_little() -> None:
    """20 people pull as much as the prior: halfway between the share of 1 and the expected share of 0.4."""
    target = {"country": {"TW": 1.0}}
    assert PRIOR_PEOPLE == 20
    assert overlap(target, 20, {TW: 1.0}, prior=0.4).value[0] ** 2 == pytest.approx(0.7)
    assert overlap(target, 180, {TW: 1.0}, prior=0.4).value[0] ** 2 == pytest.approx(0.9 * 1.0 + 0.1 * 0.4)


def test_a_sample_that_is_not_stated_is_taken_as_middling() -> None:
    found = overlap({"country": {"TW": 1.0}}, 0, {TW: 1.0}, prior=0.4)
    assert found.value[0] ** 2 == pytest.approx((UNSAID_SAMPLE + PRIOR_PEOPLE * 0.4) / (UNSAID_SAMPLE + PRIOR_PEOPLE))
    assert found.note(0) == "Reaches 95% in TW. Sample size not stated."


def test_no_audience_takes_what_like_creators_reach_and_says_so() -> None:
    found = overlap({"country": {"TW": 1.0}}, 500, {}, {TW: 0.2, VN: 0.8}, prior=0.4)
    assert found.value[0] ** 2 == pytest.approx(0.4)
    assert found.status.tolist() == [ABSENT, MEASURED]
    assert found.note(0) == "Reaches 40% in TW (expected). No audience record: what like creators reach is taken."
    assert found.note(1) == "Reaches 21% in TW. Counted on 500 people."


def test_a_facet_that_one_record_lacks_is_expected_and_the_others_are_measured() -> None:
    target = {"country": {"TW": 1.0}, "age": {"18-24": 1.0}}
    found = overlap(target, ENDLESS, {TW: 0.9, VN: 0.1}, prior=0.25)
    assert found.value[0] == pytest.approx((0.9 * 0.25) ** 0.25)
    assert found.status[0] == MEASURED
    assert "90% in TW; 25% aged 18-24 (expected). Counted on" in found.note(0)


def test_the_note_says_what_part_each_of_the_most_wanted_segments_is() -> None:
    target = {"age": {"18-24": 0.5, "25-34": 0.3, "65+": 0.05, "35-44": 0.15}, "gender": {"female": 0.9, "male": 0.1}}
    found = overlap(target, ENDLESS, {YOUNG: 0.3, OLD: 0.7, WOMEN: 0.85, MEN: 0.15})
    assert found.note(0).startswith("Reaches 18-24 30%, 25-34 70%, 35-44 0%, …; female 85%, male 15%. Counted on")


def test_a_facet_that_no_record_has_treats_all_alike() -> None:
    found = overlap({"interest": {"tea": 0.5, "cake": 0.5}}, 100, {TW: 1.0}, {})
    assert found.value[0] == found.value[1]  # uniform over the two that are wanted and the rest
    assert found.value[0] == pytest.approx(2 * math.sqrt(0.5 / 3))
    assert found.status.tolist() == [ABSENT, ABSENT]


def test_a_segment_that_nobody_has_is_not_reached() -> None:
    assert overlap({"country": {"TH": 1.0}}, ENDLESS, {TW: 1.0}).value[0] < 1e-3


JOINT = [*NAMES, ("age×gender", "18-24|female"), ("age×gender", "25-34|male")]


def test_joint_cells_tell_what_marginals_hide() -> None:
    """Half young, half women, but no young women: marginals give √0.5, the joint cells show that nobody is wanted."""
    target = {"age": {"18-24": 1.0}, "gender": {"female": 1.0}}
    margins = {YOUNG: 0.5, OLD: 0.5, WOMEN: 0.5, MEN: 0.5}
    found = overlap(
        target, ENDLESS, {**margins, JOINT[6]: 0.0, JOINT[7]: 0.5}, {**margins, JOINT[6]: 0.5}, margins, names=JOINT
    )
    assert found.value[0] < 1e-3
    assert found.value[1] == pytest.approx(math.sqrt(0.5))
    assert found.value[2] == pytest.approx(math.sqrt(0.5))  # no joint cells of its own: its marginals count


def test_joint_target_is_the_product_of_its_margins() -> None:
    assert joint_target({"a": 0.5, "b": 0.5}, {"f": 0.8, "m": 0.2}) == pytest.approx(
        {"a|f": 0.4, "a|m": 0.1, "b|f": 0.4, "b|m": 0.1}
    )


shares_of_two = st.floats(0, 1).map(lambda share: {TW: share, VN: 1 - share})


@given(shares_of_two, st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_the_value_stays_in_bounds_and_more_of_the_wanted_never_lowers_it(
    audience: Cells, people: float, prior: float, more: float
) -> None:
    richer = {TW: audience[TW] + more * (1 - audience[TW])}
    richer[VN] = 1 - richer[TW]
    found = overlap({"country": {"TW": 1.0}}, people, audience, richer, prior=prior)
    assert (found.value >= 0).all() and (found.value <= 1).all()
    assert found.value[1] >= found.value[0] - 1e-9


def test_the_order_of_creators_does_not_matter() -> None:
    creators: list[Cells] = [{TW: 0.9, VN: 0.1}, {}, {VN: 1.0}]
    forward = overlap({"country": {"TW": 1.0}}, 50, *creators, prior=0.3).value
    backward = overlap({"country": {"TW": 1.0}}, 50, *reversed(creators), prior=0.3).value
    assert forward.tolist() == backward.tolist()[::-1]


def test_prior_of_a_group_is_its_mean_pulled_to_that_of_all_and_home() -> None:
    """Group 0 lives in TW with one record; group 1 lives in VN with none; group 2 has no country."""
    audience = cells_of(100, {TW: 0.6, VN: 0.4, YOUNG: 1.0}, {}, {})
    found = prior_shares(audience, np.array([0, 1, 2]), 3, NAMES, np.array([0, 1, -1]))
    base = {"TW": 0.6, "VN": 0.4}  # of all records
    home = {c: (1 - HOME_SHARE) * share for c, share in base.items()}
    tw = (0.6 + PRIOR_RECORDS * (home["TW"] + HOME_SHARE)) / (1 + PRIOR_RECORDS)
    assert found[0, 0] == pytest.approx(tw)
    assert found[1, :2] == pytest.approx([home["TW"], home["VN"] + HOME_SHARE])
    assert found[2, :2] == pytest.approx([0.6, 0.4])
    assert found[1, 2:4] == pytest.approx([1.0, 0.0])  # ages: those of all records
    assert found[:, 4:] == pytest.approx(np.full((3, 2), 0.5))  # gender: no record at all, so uniform
    for facet in (slice(0, 2), slice(2, 4), slice(4, 6)):
        assert found[:, facet].sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_prior_without_any_cell() -> None:
    found = prior_shares(cells_of(1, {}, {}, names=[]), np.array([0, 0]), 1, [], np.array([-1]))
    assert found.shape == (1, 0)


def record(status: str, sample: float | None, **facets: Shares) -> dict[str, Any]:
    cells = [{"facet": f, "segment": s, "share": x} for f, shares in facets.items() for s, x in shares.items()]
    return {"status": status, "sample_size": sample, "cells": cells}


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
