"""Fake accounts: the model is monotone, and shares are corrected for its errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.authenticity.accounts import fake_probability, ramps
from matcher.signals.authenticity.fakes import LEAST_PROFILES, corrected, fake_shares
from matcher.signals.trade import trade_data

PERSON = {
    "followers": 300.0, "following": 250.0, "media_count": 400.0, "bio_length": 80.0, "has_picture": 1.0,
    "has_url": 1.0, "handle_digits": 0.0, "age_years": 5.0,
}  # fmt: skip
BOUGHT = {
    "followers": 12.0, "following": 900.0, "media_count": 3.0, "bio_length": 0.0, "has_picture": 0.0, "has_url": 0.0,
    "handle_digits": 4.0, "age_years": 0.3,
}  # fmt: skip


def probability(profile: dict[str, float]) -> float:
    return float(fake_probability({name: np.array([value]) for name, value in profile.items()})[0])


def test_a_person_and_a_bought_account() -> None:
    assert probability(PERSON) < 0.02
    assert probability(BOUGHT) > 0.98


@pytest.mark.parametrize("name", sorted(set(PERSON) - {"followers"}))
def test_what_is_not_known_lies_between(name: str) -> None:
    mixed = BOUGHT | {"followers": 60.0, "following": 500.0, "media_count": 40.0}
    ends = sorted([probability(mixed | {name: PERSON[name]}), probability(mixed | {name: BOUGHT[name]})])
    unknown = probability(mixed | {name: np.nan})
    assert ends[0] - 1e-9 <= unknown <= ends[1] + 1e-9
    assert probability({k: v for k, v in mixed.items() if k != name}) == pytest.approx(unknown)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.sampled_from(["media_count", "bio_length", "age_years"]))
def test_more_of_a_life_never_looks_more_fake(some: float, more: float, name: str) -> None:
    low, high = sorted([some, more])
    assert probability(BOUGHT | {name: high}) <= probability(BOUGHT | {name: low}) + 1e-12


def test_ramps() -> None:
    found = ramps(np.array([-1.0, 1.0, 3.0, 9.0]), np.array([0.0, 2.0, 4.0]))
    assert found.tolist() == [[0, 0], [0.5, 0], [1, 0.5], [1, 1]]


def test_shares_are_corrected_for_the_errors_of_the_classifier() -> None:
    rates = trade_data("fake_accounts")["rates"]
    sensitivity = rates["fakes_found"] / rates["fakes"]
    alarms = rates["false_alarms"] / rates["genuine"]
    seen = 100_000
    found = round(seen * (0.3 * sensitivity + 0.7 * alarms))
    shares = corrected(np.array([found, 0, 3]), np.array([seen, seen, LEAST_PROFILES - 1]))
    assert shares.share[0] == pytest.approx(0.3, abs=1e-4)
    assert shares.share[1] == 0.0 and shares.low[1] == 0.0
    assert np.isnan(shares.share[2]) and np.isnan(shares.low[2])
    assert shares.low[0] < 0.3 < shares.high[0] and shares.high[0] - shares.low[0] < 0.03


def test_intervals_hold_the_true_share() -> None:
    rates = trade_data("fake_accounts")["rates"]
    rng = np.random.default_rng(5)
    true, seen = rng.uniform(0.05, 0.8, 4000), rng.integers(30, 400, 4000)
    called = true * rates["fakes_found"] / rates["fakes"] + (1 - true) * rates["false_alarms"] / rates["genuine"]
    shares = corrected(rng.binomial(seen, called), seen)
    inside = ((shares.low <= true) & (true <= shares.high)).mean()
    assert 0.88 <= inside <= 0.94


def test_the_profiles_of_each_creator() -> None:
    columns = {
        n: np.concatenate([np.full(30, PERSON[n]), np.full(10, BOUGHT[n]), np.full(5, BOUGHT[n])]) for n in PERSON
    }
    shares = fake_shares(np.repeat([0, 0, 2], [30, 10, 5]), columns, 3)
    assert shares.profiles.tolist() == [40, 0, 5]
    assert shares.share[0] == pytest.approx(0.25, abs=0.02)
    assert np.isnan(shares.share[1:]).all()
