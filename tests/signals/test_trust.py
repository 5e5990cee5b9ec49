"""What reach and reactions count for where they may not be genuine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.trade import trade_data
from matcher.signals.trust import believed, genuine_share

NONE = float("nan")
SHARE = st.floats(0.0, 1.0)


def test_nobody_is_believed_less_for_what_is_usual() -> None:
    """One creator in twenty cheats, before anything is seen: 0.95 is believed in full, half of it by half."""
    usual = 1 / (1 + np.exp(trade_data("authenticity")["model"]["prior"]))
    assert usual == pytest.approx(0.95, abs=1e-3)
    assert believed(np.array([1.0, usual, usual / 2, 0.0, NONE])) == pytest.approx([1.0, 1.0, 0.5, 0.0, 1.0])


@pytest.mark.parametrize(
    ("credibility", "authenticity", "expected"),
    [
        pytest.param(0.6, 0.99, 0.6, id="as stated"),
        pytest.param(NONE, 0.99, 0.8, id="not stated: as usual"),
        pytest.param(0.9, 0.0, 0.5, id="a cheat, whatever it states"),
        pytest.param(0.4, 0.0, 0.4, id="a cheat whose audience is worse still"),
        pytest.param(NONE, NONE, 0.8, id="nothing known"),
    ],
)
def test_what_of_an_audience_is_genuine(credibility: float, authenticity: float, expected: float) -> None:
    assert genuine_share(np.array([credibility]), np.array([authenticity]), 0.8) == pytest.approx([expected])


@given(SHARE, SHARE, SHARE, SHARE)
def test_more_of_either_never_counts_for_less(c1: float, c2: float, a1: float, a2: float) -> None:
    worse, better = np.array([min(c1, c2)]), np.array([max(c1, c2)])
    less, more = np.array([min(a1, a2)]), np.array([max(a1, a2)])
    assert genuine_share(worse, less, 0.8) <= genuine_share(better, more, 0.8)
    assert believed(less) <= believed(more)
