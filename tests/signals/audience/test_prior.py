"""What is expected of a creator before any record, and what that counts against one; worked by hand."""

import numpy as np
import pytest

from matcher.signals.audience import UNSAID_SAMPLE, AudienceCells, prior_shares, prior_strengths, topic_priors
from matcher.signals.audience.prior import HOME_SHARE, PRIOR_RECORDS
from matcher.signals.audience.strength import LEAST_RECORDS, STRONGEST, WEAKEST

from .cells import NAMES, TW, VN, YOUNG, Cells, cells_of


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


def drawn(strength: float, people: int, creators: int = 3000) -> AudienceCells:
    """Audiences of TW and VN drawn from a Beta of mean 0.6, and counted on so many people."""
    rng = np.random.default_rng(3)
    truth = rng.beta(0.6 * strength, 0.4 * strength, creators)
    counted = rng.binomial(people, truth) / people
    return cells_of(people, *({TW: share, VN: 1 - share} for share in counted.tolist()))


@pytest.mark.parametrize("strength", [2.0, 15.0, 60.0])
@pytest.mark.parametrize("people", [10, 1000])
def test_the_strength_that_audiences_were_drawn_with_is_found_again(strength: float, people: int) -> None:
    prior = np.array([[0.6, 0.4, 0, 0, 0, 0]], np.float32)
    found = prior_strengths(drawn(strength, people), np.zeros(3000, np.int64), prior, NAMES)
    assert found == {"country": pytest.approx(strength, rel=0.15)}


def test_few_records_teach_nothing() -> None:
    creators: list[Cells] = [{TW: 1.0}] * (LEAST_RECORDS - 1) + [{}]
    prior = np.full((1, len(NAMES)), 0.5, np.float32)
    assert prior_strengths(cells_of(100, *creators), np.zeros(LEAST_RECORDS, np.int64), prior, NAMES) == {}


def test_strengths_stay_in_their_bounds() -> None:
    """All alike: the prior knows all there is to know. All or nothing: it knows next to nothing."""
    prior, group = np.array([[0.5, 0.5, 0, 0, 0, 0]], np.float32), np.zeros(60, np.int64)
    alike = prior_strengths(cells_of(UNSAID_SAMPLE, *[{TW: 0.5, VN: 0.5}] * 60), group, prior, NAMES)
    extreme = prior_strengths(cells_of(1e9, *[{TW: 1.0}, {VN: 1.0}] * 30), group, prior, NAMES)
    assert alike == {"country": STRONGEST} and extreme == {"country": WEAKEST}


def test_a_topic_with_records_enough_has_an_expectation_of_its_own() -> None:
    """Five gamers reach VN alone, one cook TW alone; both groups expect half and half."""
    audience = cells_of(100, *[{VN: 1.0}] * 5, {TW: 1.0}, {}, {})
    prior = np.full((2, len(NAMES)), 0.5, np.float32)
    gaming, cooking = 0, 1
    topic = np.array([gaming] * 5 + [cooking, gaming, -1])
    group = np.array([0] * 6 + [0, 0])
    found, row = topic_priors(audience, prior, group, topic, NAMES)
    assert row.tolist() == [2, 2, 2, 2, 2, 0, 2, 0]  # one cook is too few, and the last says no topic
    assert found[2, :2] == pytest.approx([PRIOR_RECORDS * 0.5 / (5 + PRIOR_RECORDS), (5 + PRIOR_RECORDS * 0.5) / 10])
    assert found[2, 2:] == pytest.approx(0.5)  # no record has ages or genders
    assert found[:2] == pytest.approx(prior)


def test_a_topic_of_another_market_is_another_topic() -> None:
    audience = cells_of(100, *[{VN: 1.0}] * 5, {})
    prior = np.full((2, len(NAMES)), 0.5, np.float32)
    _, row = topic_priors(audience, prior, np.array([0] * 5 + [1]), np.zeros(6, np.int64), NAMES)
    assert row.tolist() == [2] * 5 + [1]
