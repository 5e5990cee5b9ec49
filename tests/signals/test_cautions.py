"""Cautions: each with the figure that it rests on, and none without cause."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matcher.signals.cautions import cautions
from matcher.signals.trade import trade_data

NONE = float("nan")
LIMITS = trade_data("cautions")


def found(days: float = 1.0, kind: str | None = "person", posts: int = 20, **changes: Any) -> dict[str, str]:
    """Code → words of the cautions for a creator with nothing to look at, but for the changes."""
    values: dict[str, float] = {
        "followers": 5000, "sponsored_share": 0.1, "hidden_likes_share": 0.0, "following_ratio": 0.1,
        "credibility": 0.9, "engagement_percentile": 0.5, "engagement_posts": 20,
        "account_kind": 0, "account_kind_people": {"person": 1.0, "group": 1.0, None: NONE}.get(kind, 0.0),
    } | changes  # fmt: skip
    columns = SimpleNamespace(
        post_start=np.array([0, posts]), **{name: np.array([value]) for name, value in values.items()}
    )
    [said] = cautions(np.array([0]), columns, np.array([days]), [kind])
    return {caution.code: caution.detail for caution in said}


def test_nothing_to_look_at() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        pytest.param({"posts": 0, "days": NONE}, "no_posts", "nothing but the bio", id="no posts"),
        pytest.param({"posts": 1}, "few_posts", "Only 1 post to judge by.", id="one post"),
        pytest.param({"posts": 2}, "few_posts", "Only 2 posts to judge by.", id="two posts"),
        pytest.param({"followers": NONE}, "followers_unknown", "not known", id="followers not known"),
        pytest.param({"kind": "shop"}, "not_a_person", "that of a shop, not of a person", id="a shop"),
        pytest.param(
            {"kind": "label", "account_kind": -1, "account_kind_people": 0.18},
            "not_a_person",
            "probably that of a label: not a person's with 82%",
            id="an estimated label",
        ),
        pytest.param(
            {"kind": "person", "account_kind": -1, "account_kind_people": 0.45},
            "not_a_person",
            "not a person's, with a probability of 55%",
            id="no kind stands out, but hardly a person",
        ),
        pytest.param({"sponsored_share": 0.45}, "sponsored_share_high", "45%", id="nearly all sponsored"),
        pytest.param({"days": 213.4}, "silent", "213 days", id="silent for long"),
        pytest.param({"hidden_likes_share": 0.8}, "likes_hidden", "80%", id="hidden likes"),
        pytest.param({"following_ratio": 1.25}, "following_ratio_high", "1.25 accounts", id="follows everybody"),
        pytest.param({"credibility": 0.4}, "credibility_low", "40%", id="a bought audience"),
        pytest.param({"engagement_percentile": 0.995}, "engagement_unusual", "99", id="too much engagement"),
        pytest.param({"engagement_percentile": 0.01}, "engagement_unusual", "98", id="too little engagement"),
    ],
)
def test_each_caution_gives_its_figure(changes: Any, code: str, words: str) -> None:
    seen = found(**changes)
    assert list(seen) == [code]
    assert words in seen[code]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"sponsored_share": LIMITS["sponsored_share_high"]}, id="sponsored share at the limit"),
        pytest.param({"kind": "label", "account_kind": -1, "account_kind_people": 0.5}, id="a label or a person"),
        pytest.param({"days": LIMITS["silent_days"]}, id="silent for just as long"),
        pytest.param({"credibility": LIMITS["credibility_low"]}, id="credibility at the limit"),
        pytest.param({"kind": None}, id="kind not known"),
        pytest.param({"kind": "group"}, id="a group"),
        pytest.param(
            {name: NONE for name in ("sponsored_share", "hidden_likes_share", "following_ratio", "credibility")},
            id="nothing known",
        ),
        pytest.param({"engagement_percentile": 0.999, "engagement_posts": 0}, id="a prior is never unusual"),
    ],
)
def test_no_caution_without_cause(changes: Any) -> None:
    assert found(**changes) == {}
