"""Audience overlap, worked by hand: facets, joint cells, shrinkage, missing facets, priors."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import Shares
from matcher.signals.audience import PRIOR_PEOPLE, UNSAID_SAMPLE, audience_overlap, share_in
from matcher.signals.audience.overlap import facet_value, interval, joint_target

from .cells import ABSENT, ENDLESS, MEASURED, MEN, NAMES, OLD, TW, VN, WOMEN, YOUNG, Cells, cells_of


def overlap(
    target: dict[str, Shares], people: float, *creators: Cells, prior: float = 0.0, names: Any = NAMES, **more: Any
) -> Any:
    rows = np.arange(len(creators))
    base = np.full((len(creators), len(names)), prior, np.float32)
    return audience_overlap(
        rows, target, cells_of(people, *creators, names=names), base, names, **({"strengths": {}} | more)
    )


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


def test_people_who_are_not_genuine_are_not_reached() -> None:
    """Of everybody in Taiwan 64 % are people: the coefficient is that of a share of 0.64."""
    target = {"country": {"TW": 1.0}}
    whole, real = (overlap(target, ENDLESS, {TW: 1.0}, genuine=np.array([share])) for share in (1.0, 0.64))
    assert real.value[0] == pytest.approx(0.8) and real.high[0] == pytest.approx(0.8 * whole.high[0])
    assert real.figures["genuine"].tolist() == [0.64]
    assert real.note(0).endswith("64% of it count as genuine, which lowers the value by 20%.")
    assert "genuine" not in whole.note(0)


def test_a_sample_that_is_not_stated_is_taken_as_middling() -> None:
    found = overlap({"country": {"TW": 1.0}}, 0, {TW: 1.0}, prior=0.4)
    assert found.value[0] ** 2 == pytest.approx((UNSAID_SAMPLE + PRIOR_PEOPLE * 0.4) / (UNSAID_SAMPLE + PRIOR_PEOPLE))
    assert found.note(0) == "Reaches 95% in TW. Sample size not stated."


def test_no_audience_takes_what_like_creators_reach_and_says_so() -> None:
    found = overlap({"country": {"TW": 1.0}}, 500, {}, {TW: 0.2, VN: 0.8}, prior=0.4)
    assert found.value[0] ** 2 == pytest.approx(0.4)
    assert found.status.tolist() == [ABSENT, MEASURED]
    assert found.note(0) == (
        "Reaches 40% in TW (expected). No audience record: what creators in general reach is taken."
    )
    assert found.note(1) == "Reaches 21% in TW. Counted on 500 people."


def test_the_note_says_when_so_few_were_counted_that_the_prior_counts_too() -> None:
    """A prior worth 20 people is more than a tenth of 199, and not of 180."""
    target = {"country": {"TW": 1.0}}
    assert (
        overlap(target, 179, {TW: 1.0})
        .note(0)
        .endswith("Counted on 179 people, so few that what like creators reach counts too.")
    )
    assert overlap(target, 180, {TW: 1.0}).note(0).endswith("Counted on 180 people.")


def test_a_facet_that_one_record_lacks_is_expected_and_the_others_are_measured() -> None:
    target = {"country": {"TW": 1.0}, "age": {"18-24": 1.0}}
    found = overlap(target, ENDLESS, {TW: 0.9, VN: 0.1}, prior=0.25)
    assert found.value[0] == pytest.approx((0.9 * 0.25) ** 0.25)
    assert found.status[0] == MEASURED
    assert "90% in TW; 25% aged 18-24 (expected). About 22% fit in every respect. Counted on" in found.note(0)


def test_the_note_says_what_part_each_of_the_most_wanted_segments_is() -> None:
    target = {"age": {"18-24": 0.5, "25-34": 0.3, "65+": 0.05, "35-44": 0.15}, "gender": {"female": 0.9, "male": 0.1}}
    found = overlap(target, ENDLESS, {YOUNG: 0.3, OLD: 0.7, WOMEN: 0.85, MEN: 0.15})
    assert found.note(0).startswith(
        "Reaches 18-24 30% (wanted 50%), 25-34 70% (wanted 30%), 35-44 0% (wanted 15%), …; "
        "female 85% (wanted 90%), male 15% (wanted 10%). "
        "About 100% fit in every respect, covering 57% of the wanted mix. Counted on"
    )  # ages: 0.3 + 0.3 + 0 + 0 of the mix, genders 0.85 + 0.1
    assert found.figures["target_share"][0] == pytest.approx(1.0, abs=1e-6)
    assert found.figures["coverage"][0] == pytest.approx(0.6 * 0.95, abs=1e-6)


def test_joint_cells_are_named_with_successive_bands_together() -> None:
    target = {"age": {"18-24": 0.5, "25-34": 0.5}, "gender": {"female": 0.8, "male": 0.2}, "country": {"TW": 1.0}}
    names = [
        *NAMES,
        *(("age×gender", f"{age}|{gender}") for age in ("18-24", "25-34") for gender in ("female", "male")),
    ]
    young_women, young_men, women, men = names[6:]
    audience = {TW: 0.9, VN: 0.1, young_women: 0.3, women: 0.32, young_men: 0.2, men: 0.1}
    found = overlap(target, ENDLESS, audience, names=names)
    assert found.note(0).startswith(
        "Reaches women aged 18-34 62% (wanted 80%), men aged 18-34 30% (wanted 20%); 90% in TW. "
        "About 83% fit in every respect, covering 74% of the wanted mix. Counted on"
    )
    assert found.figures["target_share"][0] == pytest.approx(0.92 * 0.9, abs=1e-6)
    assert found.figures["coverage"][0] == pytest.approx((0.3 + 0.32 + 0.1 + 0.1) * 0.9, abs=1e-6)


def test_what_is_wanted_and_reached_in_part_is_a_share_and_a_coverage() -> None:
    """Half the audience is Taiwanese; of a mix of 80 % Taiwan and 20 % Vietnam it makes up 0.5 and nothing."""
    found = overlap({"country": {"TW": 0.8, "VN": 0.2}}, ENDLESS, {TW: 0.5})
    assert found.figures["target_share"][0] == pytest.approx(0.5, abs=1e-6)
    assert found.figures["coverage"][0] == pytest.approx(0.5, abs=1e-6)
    assert "Covers 50% of the wanted mix." in found.note(0)


def test_a_facet_that_no_record_has_treats_all_alike() -> None:
    found = overlap({"interest": {"tea": 0.5, "cake": 0.5}}, 100, {TW: 1.0}, {})
    assert found.value[0] == found.value[1]  # uniform over the two that are wanted and the rest
    assert found.value[0] == pytest.approx(2 * math.sqrt(0.5 / 3))
    assert found.status.tolist() == [ABSENT, ABSENT]


def test_a_segment_that_nobody_has_is_not_reached() -> None:
    assert overlap({"country": {"TH": 1.0}}, ENDLESS, {TW: 1.0}).value[0] < 1e-3


JOINT = [*NAMES, ("age×gender", "18-24|female"), ("age×gender", "25-34|male")]


def test_joint_cells_tell_what_marginals_hide() -> None:
    """Half young, half women: no young women at all, all the young are women, or not known (taken as independent)."""
    target = {"age": {"18-24": 1.0}, "gender": {"female": 1.0}}
    margins = {YOUNG: 0.5, OLD: 0.5, WOMEN: 0.5, MEN: 0.5}
    found = overlap(
        target, ENDLESS, {**margins, JOINT[6]: 0.0, JOINT[7]: 0.5}, {**margins, JOINT[6]: 0.5}, margins, names=JOINT
    )
    assert found.value[0] < 0.011  # the least that a facet may count
    assert found.value[1] == pytest.approx(0.5**0.25)
    assert found.value[2] == pytest.approx(0.25**0.25)
    assert "About 0% fit" in found.note(0) and "About 50% fit" in found.note(1) and "About 25% fit" in found.note(2)


def test_independent_joint_cells_give_what_their_marginals_give() -> None:
    target = {"age": {"18-24": 1.0}, "gender": {"female": 1.0}}
    margins = {YOUNG: 0.6, OLD: 0.4, WOMEN: 0.3, MEN: 0.7}
    found = overlap(target, ENDLESS, margins, {**margins, JOINT[6]: 0.18}, names=JOINT)
    assert found.value[0] == pytest.approx(found.value[1])


def test_what_marginals_leave_open_is_folded_into_the_interval() -> None:
    """Half and half leave everything open between no young women and one half; 0.8 and 0.7 at least 0.5."""
    target = {"age": {"18-24": 1.0}, "gender": {"female": 1.0}}
    half = {YOUNG: 0.5, OLD: 0.5, WOMEN: 0.5, MEN: 0.5}
    most = {YOUNG: 0.8, OLD: 0.2, WOMEN: 0.7, MEN: 0.3}
    found = overlap(target, ENDLESS, half, most)
    assert found.low[0] < 0.02 and found.high[0] == pytest.approx(0.5**0.25)
    assert found.low[1] == pytest.approx(0.5**0.25)
    assert found.high[1] == pytest.approx(0.7**0.25)


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


def test_the_interval_is_the_angle_of_the_coefficient_give_or_take_its_spread() -> None:
    """V = 0.8 on 99 people: arccos 0.8 = 0.6435, half a width 1.645 / 20 = 0.08225."""
    low, high = interval(np.array([0.8]), np.array([99.0]))
    assert low[0] == pytest.approx(math.cos(0.6435 + 0.08225), abs=1e-4)
    assert high[0] == pytest.approx(math.cos(0.6435 - 0.08225), abs=1e-4)
    assert interval(np.array([0.0, 1.0]), np.array([3.0, 3.0]))[:, 1][1] == 1.0


def test_ninety_of_a_hundred_samples_hold_the_true_coefficient() -> None:
    """Brute force: samples of 200 people of a known audience."""
    rng, truth, wanted = np.random.default_rng(5), np.array([0.5, 0.3, 0.2]), {"a": 0.2, "b": 0.7, "c": 0.1}
    samples = rng.multinomial(200, truth, size=4000) / 200
    low, high = interval(facet_value(samples, wanted), np.full(4000, 200.0))
    exact = facet_value(truth[None], wanted)[0]
    assert np.mean((low <= exact) & (exact <= high)) == pytest.approx(0.90, abs=0.02)


@given(shares_of_two, st.floats(1, 1e6), st.floats(0, 1))
def test_the_interval_holds_the_value(audience: Cells, people: float, prior: float) -> None:
    found = overlap({"country": {"TW": 0.7, "VN": 0.3}}, people, audience, prior=prior)
    assert found.low[0] - 1e-9 <= found.value[0] <= found.high[0] + 1e-9


def test_more_people_make_the_interval_narrower_and_no_record_leaves_it_wide() -> None:
    audience = {TW: 0.4, VN: 0.6}
    found = [overlap({"country": {"TW": 1.0}}, n, audience, prior=0.4) for n in (10, 1000)]
    found.append(overlap({"country": {"TW": 1.0}}, 0, {}, prior=0.4))
    widths = [float(each.high[0] - each.low[0]) for each in found]
    assert widths[1] < widths[0] < widths[2]


def test_a_learned_strength_decides_how_much_the_prior_counts() -> None:
    target = {"country": {"TW": 1.0}}
    assert overlap(target, 30, {TW: 1.0}, prior=0.4, strengths={"country": 10.0}).value[0] ** 2 == pytest.approx(0.85)


def test_what_is_expected_of_a_facet_replaces_its_prior() -> None:
    expected = {"language": np.array([[0.9], [0.0]])}
    found = overlap({"language": {"th": 1.0}}, 100, {}, {}, expected=expected, placed=np.array([True, False]))
    assert found.value[0] ** 2 == pytest.approx(0.9)
    assert found.status.tolist() == [1, ABSENT]
    assert found.note(0).endswith("No audience record: expected from creators like it.")


def test_an_interest_is_partly_met_by_a_narrower_one() -> None:
    names = [("interest", "Skincare"), ("interest", "遊戲")]
    found = overlap({"interest": {"beauty": 1.0}}, ENDLESS, {names[0]: 0.5, names[1]: 0.5}, names=names)
    assert found.value[0] ** 2 == pytest.approx(0.7 * 0.5)


def test_the_interval_reaches_to_what_was_counted_however_far_the_prior_draws() -> None:
    """All of 100 people live in TW; a prior of 0 worth as much as 100 halves that, and the interval still holds 1."""
    found = overlap({"country": {"TW": 1.0}}, 100, {TW: 1.0}, {}, prior=0.0, strengths={"country": 100.0})
    assert found.value[0] ** 2 == pytest.approx(0.5)
    assert found.high[0] == pytest.approx(1.0)
    assert found.high[1] < 0.2  # no record: nothing was counted


def test_the_share_in_any_of_the_wanted_segments() -> None:
    audience = cells_of(ENDLESS, {TW: 0.6, VN: 0.3}, {VN: 1.0}, {YOUNG: 1.0})
    prior = np.zeros((3, len(NAMES)), np.float32)
    rows = np.arange(3)
    assert share_in(rows, "country", ["TW"], audience, prior, NAMES, {}) == pytest.approx([0.6, 0.0, 0.0])
    assert share_in(rows, "country", ["TW", "VN"], audience, prior, NAMES, {}) == pytest.approx([0.9, 1.0, 0.0])
