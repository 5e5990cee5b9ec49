"""What marks are expected to weigh, and what the shipped weights of account kinds make of it."""

import numpy as np

from matcher.signals.account_kind import FEATURES, KINDS
from matcher.signals.trade import trade_data
from matcher.training.account_kind import expected_weights


def test_every_mark_that_names_a_kind_speaks_for_it_in_the_shipped_model() -> None:
    shipped = trade_data("account_kind")["weights"]
    marks = np.argwhere(expected_weights() > 0)
    assert {KINDS[kind] for _, kind in marks} == set(KINDS)
    for feature, kind in marks:
        assert shipped[FEATURES[feature]][KINDS[kind]] > 0, (FEATURES[feature], KINDS[kind])
