"""Preferences, and the numbers of the trade: tiers, weights and thresholds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.preferences import Preference, preferences
from matcher.signals.trade import tiers, trade_data, weights_for

ALL = ("relevance", "audience", "engagement", "preferences")
GOALS = ("awareness", "engagement", "conversion", None)


def test_the_share_of_preferences_that_are_met() -> None:
    sure = np.ones(3, dtype=np.bool_)
    found = preferences(
        {
            "languages": Preference(np.array([True, True, False]), sure, 0.7),
            "has_contact": Preference(np.array([True, False, False]), sure, 0.2),
        }
    )
    assert found.value.tolist() == [1.0, 0.5, 0.0]
    assert found.note(0) == "Meets 2 of 2 preferences: languages, has contact."
    assert found.note(1) == "Meets 1 of 2 preferences: languages; not has contact."
    assert found.note(2) == "Meets 0 of 2 preferences: not languages, has contact."
    assert found.status.tolist() == [3, 3, 3]


def test_what_is_not_known_counts_as_it_does_for_creators_in_general() -> None:
    nobody = np.zeros(2, dtype=np.bool_)
    found = preferences(
        {
            "price": Preference(np.array([False, False]), np.array([True, False]), 0.3),
            "credibility": Preference(nobody, nobody, 0.5),
        }
    )
    assert found.value.tolist() == [0.25, 0.4]
    assert found.note(0) == "Meets 0 of 2 preferences: not price; not known: credibility."
    assert found.note(1) == "Meets 0 of 2 preferences: not known: price, credibility."
    assert found.status.tolist() == [3, 0]


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("in_play", [ALL, ALL[:3], ("relevance", "engagement"), ("engagement",)])
def test_weights_of_a_goal_sum_to_one_over_the_signals_in_play(goal: str | None, in_play: tuple[str, ...]) -> None:
    found = weights_for(goal, {}, in_play)
    assert tuple(found) == in_play
    assert sum(found.values()) == pytest.approx(1.0) and min(found.values()) > 0


def test_goals_set_other_weights_and_relevance_comes_first() -> None:
    found = {goal: weights_for(goal, {}, ALL) for goal in GOALS}
    assert all(max(weights, key=lambda name: weights[name]) == "relevance" for weights in found.values())
    assert found["conversion"]["audience"] > found["engagement"]["audience"]
    assert found["engagement"]["engagement"] > found["awareness"]["engagement"]


def test_own_weights_are_taken_as_they_are_and_scaled() -> None:
    found = weights_for("awareness", {"relevance": 5, "audience": 3, "engagement": 2}, ALL[:3])
    assert found == pytest.approx({"relevance": 0.5, "audience": 0.3, "engagement": 0.2})


def test_a_signal_that_own_weights_do_not_name_counts_nothing() -> None:
    assert weights_for(None, {"relevance": 1.0}, ALL[:3]) == {"relevance": 1.0, "audience": 0.0, "engagement": 0.0}


def test_own_weights_of_a_signal_that_is_not_in_play_fall_to_the_others() -> None:
    """No target audience: the audience has nothing to say, and the weights that are left are scaled."""
    found = weights_for(None, {"relevance": 0.4, "audience": 0.4, "engagement": 0.2}, ("relevance", "engagement"))
    assert found == pytest.approx({"relevance": 2 / 3, "engagement": 1 / 3})


def test_preferences_keep_their_part_beside_own_weights() -> None:
    """Whatever scale the own weights are on."""
    small = weights_for(None, {"relevance": 0.5, "engagement": 0.5}, ("relevance", "engagement", "preferences"))
    large = weights_for(None, {"relevance": 50, "engagement": 50}, ("relevance", "engagement", "preferences"))
    assert small == pytest.approx(large)
    assert small["preferences"] > 0 and small["relevance"] == pytest.approx(small["engagement"], abs=2e-6)


@given(st.dictionaries(st.sampled_from(ALL[:3]), st.floats(0, 100), min_size=1), st.sampled_from(GOALS))
def test_weights_always_sum_to_one(own: dict[str, float], goal: str | None) -> None:
    found = weights_for(goal, own, ALL)
    assert sum(found.values()) == pytest.approx(1.0) and min(found.values()) >= 0


def test_tiers_are_in_order() -> None:
    found = tiers()
    assert found.names == ("nano", "micro", "mid", "macro", "mega")
    assert list(found.edges) == sorted(set(found.edges)) and found.edges[0] == 0


@pytest.mark.parametrize("name", ["tiers", "weights", "cautions"])
def test_every_table_of_the_trade_names_its_source(name: str) -> None:
    assert trade_data(name)["source"]
