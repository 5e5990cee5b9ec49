"""Slots and series by hand: who posts where, in which order, and which counts are known."""

import numpy as np
import pytest

from matcher.signals.forecast import build_series, build_slots, targets

IG, YT = 0, 1
IMAGE, VIDEO = 0, 1
NAN = np.nan


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_a_slot_is_a_creator_on_a_platform_in_a_format() -> None:
    slots, slot = build_slots(
        ints(0, 0, 0, 1),
        ints(IG, YT, IG, IG),
        ints(IMAGE, VIDEO, VIDEO, IMAGE),
        (ints(0, 0, 1), ints(IG, YT, IG), np.array([100.0, 2000.0, NAN])),
        ints(1, 5, 7, 2, 6, 8).reshape(2, 3),
    )
    assert slots.creator.tolist() == [0, 0, 0, 1]
    assert slots.keys.tolist() == [
        [IG, IMAGE, 1, 5, 7], [IG, VIDEO, 1, 5, 7], [YT, VIDEO, 1, 5, 7], [IG, IMAGE, 2, 6, 8],
    ]  # fmt: skip
    assert slots.followers.tolist() == pytest.approx([100.0, 100.0, 2000.0, NAN], nan_ok=True)
    assert slot.tolist() == [0, 2, 1, 3]


def test_an_account_without_posts_gets_the_usual_format_of_its_platform() -> None:
    slots, slot = build_slots(
        ints(0, 0, 1),
        ints(YT, YT, YT),
        ints(VIDEO, VIDEO, IMAGE),
        (ints(0, 1, 2, 3), ints(YT, YT, YT, IG), np.array([1.0, 2.0, 3.0, 4.0])),
        np.zeros((4, 3), np.int64),
    )
    assert slots.creator.tolist() == [0, 1, 2, 3]
    assert slots.keys[:, :2].tolist() == [[YT, VIDEO], [YT, IMAGE], [YT, VIDEO], [IG, -1]]
    assert slot.tolist() == [0, 0, 1]


def test_a_creator_with_neither_account_nor_post_has_no_slot() -> None:
    none = ints()
    slots, slot = build_slots(none, none, none, (none, none, np.empty(0)), np.zeros((2, 3), np.int64))
    assert len(slots) == len(slot) == 0


def test_a_series_runs_from_old_to_new_and_leaves_out_what_is_not_known_or_not_settled() -> None:
    series = build_series(
        ints(1, 0, 0, 0, 1, 1),
        np.array([0.0, 99.0, 9.0, NAN, 5.0, 7.0]),
        np.array([30.0, 20.0, 10.0, 5.0, NAN, 20.0]),
        np.array([True, True, True, True, True, False]),
    )
    assert series.slot.tolist() == [0, 0, 1, 1]
    assert series.log == pytest.approx(np.log([10.0, 100.0, 6.0, 1.0]))
    assert series.at.tolist() == [10.0, 20.0, -np.inf, 30.0]


def test_engagements_are_all_actions_and_unknown_under_hidden_likes() -> None:
    counts = {
        "views": np.array([1000.0, NAN, 10.0, 10.0]),
        "likes": np.array([10.0, 0.0, NAN, 0.0]),
        "comments": np.array([2.0, 3.0, 1.0, 0.0]),
        "shares": np.array([NAN, 1.0, 1.0, NAN]),
        "saves": np.array([1.0, NAN, NAN, NAN]),
    }
    found = targets(counts)
    assert found["views"] == pytest.approx([1000.0, NAN, 10.0, 10.0], nan_ok=True)
    assert found["engagements"] == pytest.approx([13.0, NAN, NAN, 0.0], nan_ok=True)
