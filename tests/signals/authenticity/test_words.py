"""Reasons: those parts alone that speak against a creator, the most telling first, with their figures."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from matcher.signals.authenticity.evidence import FIGURES, PARTS
from matcher.signals.authenticity.words import authenticity_of, in_words


def columns(weights: dict[str, float], **figures: float) -> Any:
    """The columns of one creator."""
    return SimpleNamespace(
        authenticity=np.array([0.2]), authenticity_low=np.array([0.05]), authenticity_high=np.array([0.6]),
        authenticity_weights=np.array([[weights.get(name, np.nan) for name in PARTS]]),
        authenticity_figures=np.array([[figures.get(name, np.nan) for name in FIGURES]]),
    )  # fmt: skip


def test_reasons_are_the_parts_that_speak_against_it() -> None:
    found = authenticity_of(
        columns(
            {"jump": 3.0, "lockstep": 5.0, "talk_low": -0.1, "pod": 0.3},
            jump_size=0.23, jump_days_ago=61, jump_unseen=0, together=8, commenters=21,
        ),
        0,
    )  # fmt: skip
    assert found.known == ("talk_low", "jump", "lockstep", "pod")
    assert found.interval == (0.05, 0.6)
    assert in_words(found) == (
        "Followers and reactions are 20% likely to be genuine (5% to 60%): "
        "8 of 21 commenters turn up with the same others under other creators "
        "too; 23% more followers in a week or two, 61 days ago, that no post explains."
    )


def test_a_jump_whose_posts_are_not_known_says_so() -> None:
    found = authenticity_of(columns({"jump": 2.0}, jump_size=0.5, jump_days_ago=9, jump_unseen=1), 0)
    assert found.reasons == (
        "50% more followers in a week or two, 9 days ago, though no post of that time is in the tables",
    )


def test_every_part_has_words() -> None:
    everything = columns(dict.fromkeys(PARTS, 1.0), **dict.fromkeys(FIGURES, 1.0))
    assert len(authenticity_of(everything, 0).reasons) == len(PARTS)


def test_no_reason() -> None:
    assert in_words(authenticity_of(columns({"jump": -0.3}), 0)).endswith("no single part stands out.")
