"""Places among peers: by hand, and what uncertainty does to them."""

import numpy as np
import pytest

from matcher.records.said import say
from matcher.signals.opinion import Opinion, percentiles, places

PEERS = np.arange(100) / 100
GROUPS = np.zeros(100, np.int64)
MEASURED, ESTIMATED, ABSENT = 3, 1, 0


def place(value: float, status: int, low: float | None = None, high: float | None = None) -> float:
    low_end, high_end = (None if end is None else np.array([end]) for end in (low, high))
    told = Opinion("audience", np.array([value]), np.array([status], np.int8), lambda _: say("told"), low_end, high_end)
    return float(places(told, np.zeros(1, np.int64), PEERS, GROUPS)[0])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param((0.795, MEASURED), 0.80, id="without an interval: the share below"),
        pytest.param((0.795, MEASURED, 0.395, 0.895), (4 * 0.8 + 0.4 + 0.9) / 6, id="expected over the interval"),
        pytest.param((0.995, MEASURED), 1.0, id="measured above all"),
        pytest.param((0.995, ESTIMATED), 0.98, id="no guess is above all"),
        pytest.param((0.0, ABSENT), 0.02, id="and none below all"),
    ],
)
def test_places(told: tuple[float, int], expected: float) -> None:
    assert place(*told) == pytest.approx(expected)


def test_of_two_like_values_the_surer_stands_further_out() -> None:
    sure, unsure = place(0.95, MEASURED, 0.93, 0.97), place(0.95, ESTIMATED, 0.55, 1.0)
    assert sure > unsure > 0.5


def test_ties_count_half() -> None:
    assert percentiles(np.array([0.5]), np.zeros(1, np.int64), PEERS, GROUPS).tolist() == [0.505]
