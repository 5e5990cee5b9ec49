"""The model of fake accounts: signs as set, probabilities from data that were not seen, and what is saved."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.signals.authenticity import accounts
from matcher.training.authenticity.accounts import SIGNS, as_data, fit, folds, out_of_fold, predict

Profiles = dict[str, NDArray[np.float64]]


def labelled(n: int = 600) -> tuple[Profiles, NDArray[np.bool_]]:
    """Half people, half bought accounts, with some of each in between; digits point the wrong way."""
    rng = np.random.default_rng(1)
    fake = np.arange(n) % 2 == 0
    return {
        "followers": np.round(np.exp(rng.normal(np.where(fake, 2.5, 5.0), 1.0))),
        "following": np.round(np.exp(rng.normal(6.0, 0.5, n))),
        "media_count": np.round(np.exp(rng.normal(np.where(fake, 2.5, 5.5), 1.2))),
        "handle_digits": np.where(fake, 0.0, rng.integers(0, 6, n)),
    }, fake


def test_every_weight_has_the_sign_that_was_set() -> None:
    model = fit(*labelled())
    for name, weights in model.weights.items():
        assert (SIGNS[name] * weights >= 0).all(), name
    assert model.weights["handle_digits"].tolist() == [0.0, 0.0]  # the labels say the opposite, so it says nothing


def test_what_is_saved_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles, fake = labelled()
    model = fit(profiles, fake)
    data: dict[str, Any] = as_data(model, predict(model, profiles), fake, "a test")
    monkeypatch.setattr(accounts, "trade_data", lambda name: data)
    np.testing.assert_allclose(accounts.fake_probability(profiles), predict(model, profiles), atol=1e-3)
    called = predict(model, profiles) >= 0.5
    assert data["rates"] == {
        "fakes": 300, "fakes_found": int(called[fake].sum()), "genuine": 300, "false_alarms": int(called[~fake].sum()),
    }  # fmt: skip


def test_out_of_fold_ranks_and_is_calibrated() -> None:
    profiles, fake = labelled()
    p = out_of_fold(profiles, fake)
    assert (p[fake][:, None] > p[~fake][None, :]).mean() > 0.95
    assert abs(p.mean() - 0.5) < 0.03
    assert np.bincount(folds(603, 5, 1)).tolist() == [121, 121, 121, 120, 120]
