"""The probability: monotone, and what is not known widens it without lowering it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.authenticity.probability import authenticity
from matcher.signals.trade import trade_data
from matcher.signals.trust import believed

MODEL = trade_data("authenticity")["model"]
part = st.one_of(st.none(), st.floats(0, 60))
small = st.one_of(st.none(), st.floats(0, 2))


def judged(**values: float) -> tuple[float, float, float]:
    row = np.full((1, len(PARTS)), np.nan)
    for name, value in values.items():
        row[0, PARTS.index(name)] = value
    found = authenticity(row)
    return float(found.value[0]), float(found.low[0]), float(found.high[0])


def test_nothing_known_is_the_prior() -> None:
    value, low, high = judged()
    assert value == pytest.approx(1 / (1 + np.exp(MODEL["prior"])))
    assert low < 0.8 and high > 0.99


def test_a_worked_example() -> None:
    data = MODEL["parts"]["jump"]
    value, _, _ = judged(jump=4.0)  # the first ramp of the jump, 2 to 4, is passed
    logit = MODEL["prior"] + data["clean"] + data["weights"][0]
    assert data["knots"][:2] == [2, 4]
    assert value == pytest.approx(1 / (1 + np.exp(logit)))


@given(st.lists(part, min_size=len(PARTS), max_size=len(PARTS)), st.integers(0, len(PARTS) - 1), st.floats(0, 60))
def test_more_evidence_never_raises_it(values: list[float | None], code: int, more: float) -> None:
    row = np.array([[np.nan if v is None else v for v in values]])
    row[0, code] = 1.0
    higher = row.copy()
    higher[0, code] += more
    one, other = authenticity(row), authenticity(higher)
    assert other.value[0] <= one.value[0] + 1e-12
    assert other.high[0] <= one.high[0] + 1e-12
    assert believed(other.high)[0] <= believed(one.high)[0] + 1e-12


@given(st.lists(small, min_size=len(PARTS), max_size=len(PARTS)), st.integers(0, len(PARTS) - 1))
def test_what_is_not_known_widens_the_interval(values: list[float | None], code: int) -> None:
    row = np.array([[np.nan if v is None else v for v in values]])
    row[0, code] = 0.0
    hidden = row.copy()
    hidden[0, code] = np.nan
    one, other = authenticity(row), authenticity(hidden)

    def width(found: object) -> float:
        low, high = (getattr(found, end)[0] for end in ("low", "high"))
        return float(np.log(high / (1 - high)) - np.log(low / (1 - low)))

    assert width(other) >= width(one) - 1e-6
    assert other.low[0] <= other.value[0] <= other.high[0]
    assert other.value[0] <= one.value[0]  # a clean part speaks for the creator, an unknown one does not


def test_a_larger_jump_never_raises_the_upper_end() -> None:
    """What a jump is not let to say widens the interval downwards only."""
    clean = dict.fromkeys(PARTS, 0.0)
    ends = [judged(**clean | {"jump": float(jump)}) for jump in (0, 6, 20, 40)]
    assert [high for _, _, high in ends] == sorted((high for _, _, high in ends), reverse=True)
    assert [low for _, low, _ in ends] == sorted((low for _, low, _ in ends), reverse=True)


def test_a_jump_alone_is_a_reason_to_ask_not_a_verdict() -> None:
    alone, low, high = judged(jump=60.0)
    usual = 1 / (1 + np.exp(MODEL["prior"]))
    assert alone == pytest.approx(1 / (1 + np.exp(MODEL["prior"] + MODEL["alone"]["most"])))
    assert 0.5 < alone < usual and low < 0.05 and high > 0.95


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param({"unanswered": 3.0}, id="nobody of them reacts"),
        pytest.param({"fakes": 0.1}, id="fakes among the followers"),
        pytest.param({"lockstep": 2.0}, id="commenters in lockstep"),
    ],
)
def test_with_another_sign_beside_it_a_jump_counts_in_full(beside: dict[str, float]) -> None:
    assert judged(jump=60.0, **beside)[0] < 0.1 < 0.5 < judged(jump=60.0)[0]


def test_hiding_everything_is_no_way_to_look_better() -> None:
    clean = dict.fromkeys(PARTS, 0.0)
    assert judged()[0] < judged(**clean)[0]
    assert judged()[0] > judged(jump=60.0, fakes=0.6)[0]


def test_the_weights_are_monotone_data() -> None:
    assert sorted(MODEL["parts"]) == sorted(PARTS)
    for data in MODEL["parts"].values():
        assert len(data["weights"]) == len(data["knots"]) - 1
        assert min(data["weights"]) >= 0 and data["clean"] <= 0 and data["unknown"] >= 0
        assert data["knots"] == sorted(data["knots"])
