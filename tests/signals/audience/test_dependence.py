"""What marginals leave open, and how much of it audiences with joint cells make use of."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.audience import JOINT_FACET, JointTables, audience_overlap, joint_tables
from matcher.signals.audience.dependence import LEAST_PEOPLE, REFERENCES, room_of, room_used
from matcher.signals.opinion import Opinion

from .cells import ENDLESS, MEN, OLD, WOMEN, YOUNG, Cells, cells_of

AGES, GENDERS = ("18-24", "25-34"), ("female", "male")
NAMES = [YOUNG, OLD, WOMEN, MEN, *((JOINT_FACET, f"{age}|{gender}") for age in AGES for gender in GENDERS)]
YOUNG_WOMEN = {"18-24": 1.0}, {"female": 1.0}


def tables_of(*young_women: float) -> JointTables:
    """Audiences that are half young and half women, with so many young women."""
    shares = [[[share, 0.5 - share], [0.5 - share, share]] for share in young_women]
    return JointTables(AGES, GENDERS, np.array(shares))


def test_the_room_of_two_halves_by_hand() -> None:
    """Half young, half women: none to half of them are young women, a quarter if the two have nothing to do."""
    room = room_of(np.array([[0.5]]), np.array([[0.5]]), *YOUNG_WOMEN)
    assert room.least[0] == 0.0
    assert room.independent[0] == pytest.approx(math.sqrt(0.25))
    assert room.most[0] == pytest.approx(math.sqrt(0.5))


def test_ranks_of_nineteen_audiences_are_their_ends() -> None:
    """The ranks of 5 and 95 % of 20 are the first and the last of 19; of 18 there are none."""
    spread = tables_of(*np.linspace(0.16, 0.36, 19))
    low, high = room_used(spread, *YOUNG_WOMEN)
    assert low == pytest.approx((0.4 - 0.5) / 0.5)
    assert high == pytest.approx((0.6 - 0.5) / (math.sqrt(0.5) - 0.5))
    assert room_used(spread._replace(shares=spread.shares[:18]), *YOUNG_WOMEN) == (-1.0, 1.0)


def test_a_room_is_entered_from_independence_which_stays_in_it() -> None:
    room = room_of(np.array([[0.5]]), np.array([[0.5]]), *YOUNG_WOMEN)
    assert room.within((-1.0, 1.0))[:, 0] == pytest.approx([0.0, math.sqrt(0.5)])
    assert room.within((-0.2, 0.0))[:, 0] == pytest.approx([0.4, 0.5])
    assert room.within((0.1, 0.2))[0, 0] == pytest.approx(0.5)


@given(
    st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda shares: sum(shares) > 0.01), st.floats(0.01, 0.99)
)
def test_no_audience_lies_outside_its_room(shares: list[float], wanted: float) -> None:
    table = np.array(shares).reshape(1, 2, 2) / sum(shares)
    age, gender = {"18-24": wanted, "25-34": 1 - wanted}, {"female": 1 - wanted, "male": wanted}
    room = room_of(table.sum(axis=2), table.sum(axis=1), age, gender)
    joint = np.sqrt(table * np.outer(list(age.values()), list(gender.values()))).sum()
    assert room.least[0] - 1e-9 <= joint <= room.most[0] + 1e-9
    assert room.least[0] - 1e-9 <= room.independent[0] <= room.most[0] + 1e-9


def test_nine_of_ten_audiences_lie_where_like_ones_do() -> None:
    """Brute force: audiences far from independent, 200 of them told in joint cells, 4,000 in marginals."""
    rng = np.random.default_rng(3)
    shares = rng.dirichlet([4.0, 2.0, 1.0, 3.0], 4200).reshape(-1, 2, 2)
    used = room_used(JointTables(AGES, GENDERS, shares[:200]), *YOUNG_WOMEN)
    rest = shares[200:]
    room = room_of(rest.sum(axis=2)[:, :1], rest.sum(axis=1)[:, :1], *YOUNG_WOMEN)
    low, high = room.within(used)
    joint = np.sqrt(rest[:, 0, 0])
    assert np.mean((low <= joint) & (joint <= high)) == pytest.approx(0.90, abs=0.04)
    assert np.mean(high - low) < 0.6 * np.mean(room.most - room.least)


def test_tables_are_those_counted_on_enough_people() -> None:
    young_women, men = NAMES[4], NAMES[7]
    audience = {young_women: 0.3, men: 0.3}
    told: list[Cells] = [audience, {YOUNG: 1.0}, audience]
    counted = cells_of(LEAST_PEOPLE, *told, names=NAMES)
    found = joint_tables(np.array([0, 2]), counted, NAMES)
    assert found.ages == AGES and found.genders == GENDERS
    assert found.shares.tolist() == [[[0.5, 0.0], [0.0, 0.5]]] * 2
    few = cells_of(LEAST_PEOPLE - 1, *told, names=NAMES)
    assert len(joint_tables(np.array([0, 2]), few, NAMES).shares) == 0
    assert len(joint_tables(np.array([], np.int64), counted, NAMES[:4]).shares) == 0


def test_no_more_tables_than_are_needed() -> None:
    audiences: list[Cells] = [{NAMES[4]: 1.0}] * (REFERENCES + 5)
    counted = cells_of(ENDLESS, *audiences, names=NAMES)
    assert len(joint_tables(np.arange(REFERENCES + 5), counted, NAMES).shares) == REFERENCES


def test_audiences_with_joint_cells_narrow_the_interval_of_marginals() -> None:
    """Of endless people only what hangs together is open: from 0.4 to 0.6, each facet its root; without tables all."""
    target = {"age": {"18-24": 1.0}, "gender": {"female": 1.0}}
    half = cells_of(ENDLESS, {YOUNG: 0.5, OLD: 0.5, WOMEN: 0.5, MEN: 0.5}, names=NAMES[:4])
    told, bare = (
        audience_overlap(np.array([0]), target, half, np.zeros((1, 4), np.float32), NAMES[:4], {}, tables=tables)
        for tables in (tables_of(*np.linspace(0.16, 0.36, 19)), None)
    )
    assert told.value[0] == pytest.approx(math.sqrt(0.5), abs=1e-6)
    assert ends(told) == pytest.approx((math.sqrt(0.4), math.sqrt(0.6)), abs=1e-4)
    assert ends(bare)[0] < 0.02 and ends(bare)[1] == pytest.approx(0.5**0.25, abs=1e-4)


def ends(found: Opinion) -> tuple[float, float]:
    """The interval of the only creator."""
    assert found.low is not None and found.high is not None
    return float(found.low[0]), float(found.high[0])
