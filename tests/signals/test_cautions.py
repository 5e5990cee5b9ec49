"""Cautions: each with the figure that it rests on, and none without cause."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matcher.signals.authenticity.evidence import FIGURES
from matcher.signals.authenticity.evidence import PARTS as AUTHENTICITY
from matcher.signals.cautions import cautions
from matcher.signals.engagement import PARTS
from matcher.signals.trade import trade_data

NONE = float("nan")
LIMITS = trade_data("cautions")


MARCH_1 = 1_772_323_200
PEERS = {"creators": 340, "usual": {"views": 0.041}}


def found(days: float = 1.0, kind: str | None = "person", posts: int = 20, like: int = 340, **changes: Any) -> Any:
    """Code → words of the cautions for a creator with nothing to look at, but for the changes."""
    values: dict[str, Any] = {
        "followers": 5000, "sponsored_share": 0.1, "hidden_likes_share": 0.0, "following_ratio": 0.1,
        "credibility": 0.9, "audience_sample": 0, "engagement_percentile": 0.5, "engagement_posts": 20,
        "engagement_rate": 0.312, "engagement_basis": 0, "engagement_trend_days": 60.0, "peer_group": 0,
        "last_post_at": MARCH_1, "credibility_status": 2, "authenticity": 0.95, "authenticity_low": 0.8,
        "authenticity_high": 0.99,
        "account_kind": 0, "account_kind_people": {"person": 1.0, "group": 1.0, None: NONE}.get(kind, 0.0),
    } | changes  # fmt: skip
    trend, jump = values.pop("trend", NONE), values.pop("jump", NONE)
    between = values.pop("between", (trend - 0.1, trend + 0.1))
    columns = SimpleNamespace(
        post_start=np.array([0, posts]),
        engagement_trend_range=np.array([between]),
        engagement_parts=np.array([[trend, *[NONE] * (len(PARTS) - 1)]]),
        authenticity_weights=np.select(
            [np.array(AUTHENTICITY) == "pod", np.array(AUTHENTICITY) == "jump"], [2.0, jump], np.nan
        )[None, :],
        authenticity_figures=np.full((1, len(FIGURES)), 7.0),
        **{name: np.array([value]) for name, value in values.items()},
    )
    [said] = cautions(np.array([0]), columns, np.array([days]), [kind], [PEERS | {"creators": like}])
    return {caution.code: caution.detail for caution in said}


def test_nothing_to_look_at() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        pytest.param({"posts": 0, "days": NONE}, "no_posts", "nothing but the bio", id="no posts"),
        pytest.param({"posts": 1}, "few_posts", "Only 1 post to judge by.", id="one post"),
        pytest.param({"posts": 2}, "few_posts", "Only 2 posts to judge by.", id="two posts"),
        pytest.param({"like": 12}, "few_peers", "Only 12 like creators to compare with", id="few peers"),
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
        pytest.param({"sponsored_share": 0.45}, "sponsored_share_high", "9 of 20 posts are sponsored (45%).", id="ads"),
        pytest.param(
            {"sponsored_share": 0.4, "posts": 70},
            "sponsored_share_high",
            "12 of the newest 30 posts are sponsored (40%).",
            id="many ads",
        ),
        pytest.param({"days": 213.4}, "silent", "The last post is 213 days old (2026-03-01).", id="silent for long"),
        pytest.param(
            {"hidden_likes_share": 0.8, "posts": 10},
            "likes_hidden",
            "hidden on 8 of 10 posts (80%).",
            id="hidden likes",
        ),
        pytest.param(
            {"following_ratio": 1.25},
            "following_ratio_high",
            "Follows 6,250 accounts, 1.25 for every one of its 5,000 followers.",
            id="follows everybody",
        ),
        pytest.param(
            {"credibility": 0.4}, "credibility_low", "40% of the audience is stated to be genuine.", id="bought"
        ),
        pytest.param(
            {"credibility": 0.4, "audience_sample": 1287},
            "credibility_low",
            "genuine (1,287 people counted).",
            id="counted",
        ),
        pytest.param(
            {"credibility": 0.4, "credibility_status": 1},
            "credibility_low",
            "40% of the audience is genuine, as estimated from profiles of followers.",
            id="estimated",
        ),
        pytest.param(
            {"authenticity": 0.2},
            "authenticity_low",
            "20% likely to be genuine (80% to 99%): 7 creators and this one comment on one another.",
            id="a pod",
        ),
        pytest.param(
            {"jump": 2.0, "authenticity": 0.6},
            "followers_jumped",
            "700% more followers in a week or two, 7 days ago, though no post of that time is in the tables: ask what",
            id="a jump, and no other sign",
        ),
        pytest.param(
            {"jump": 2.0, "authenticity": 0.2}, "authenticity_low", "20% likely to be genuine", id="a jump among others"
        ),
        pytest.param(
            {"engagement_percentile": 0.995},
            "engagement_unusual",
            "Engagement, 31.2% by views over 20 posts (usual: 4.1%), is above that of 99% of 340 like creators",
            id="too much engagement",
        ),
        pytest.param(
            {"engagement_percentile": 0.01},
            "engagement_unusual",
            "below that of 98% of 340",
            id="too little engagement",
        ),
        pytest.param(
            {"trend": math.log(0.5) / 2},
            "engagement_falling",
            "The engagement rate fell by 50% (39% to 59%) over 60 days, as the newest 20 posts show.",
            id="half in two months",
        ),
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
        pytest.param({"like": LIMITS["few_peers"]}, id="just enough peers"),
        pytest.param({"trend": math.log(0.7) / 2}, id="a fall that is not deep"),
        pytest.param({"trend": -1.0, "engagement_posts": LIMITS["falling_posts"] - 1}, id="a fall on few posts"),
        pytest.param({"trend": -1.0, "between": (-2.0, 0.0)}, id="a fall that may be none"),
        pytest.param({"trend": -1.0, "engagement_rate": 0.001}, id="a fall from one in a thousand"),
        pytest.param({"sponsored_share": 1.0, "posts": LIMITS["share_posts"] - 1}, id="few posts, all sponsored"),
        pytest.param({"hidden_likes_share": 1.0, "posts": 4}, id="few posts, all with hidden likes"),
        pytest.param({"following_ratio": 0.9, "followers": 400}, id="a small account that follows its friends"),
        pytest.param({"engagement_percentile": 0.995, "engagement_posts": 2}, id="two posts are no level"),
        pytest.param({"engagement_percentile": 0.999, "like": 99}, id="too few peers for a first percent"),
        pytest.param({"engagement_percentile": 0.001, "like": 49}, id="too few peers for the last two"),
        pytest.param({"authenticity": LIMITS["authenticity_low"]}, id="authenticity at the limit"),
        pytest.param({"kind": None}, id="kind not known"),
        pytest.param({"jump": 0.6}, id="a jump that hardly is one"),
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
