"""The weights of authenticity: monotone, near the prior where there are no cases, and the scenarios they rest on."""

import numpy as np
import pytest

from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.trade import trade_data
from matcher.training.authenticity.base import Base
from matcher.training.authenticity.lives import SHOCKS, buy, drip, honest, shock, tables
from matcher.training.authenticity.scenarios import ATTACKS, HAPPENS, INNOCENT, Scenario, evidence_of
from matcher.training.authenticity.weights import (
    ALONE,
    BY_HAND,
    CLEAN,
    DEVIATION,
    GROUPS,
    KNOTS,
    PREVALENCE,
    PRIOR,
    fit,
    hidden,
)


def base(creators: int = 150, posts: int = 3, comments: int = 8) -> Base:
    """Creators of like size, each with posts and comments by people who hardly ever meet."""
    rng = np.random.default_rng(2)
    owner = np.repeat(np.arange(creators), posts)
    post = np.repeat(np.arange(len(owner)), comments)
    likes = np.round(np.exp(rng.normal(6, 0.4, len(owner)))).astype(np.float64)
    own = np.arange(len(post)) % comments == 0
    author = rng.integers(1, 5000, len(post)).astype(np.uint64)
    author[own] = (10_000 + owner[post[own]]).astype(np.uint64)
    return Base(
        followers=np.exp(rng.normal(9.5, 0.5, creators)), following=rng.uniform(100, 1000, creators),
        group=np.zeros(creators, np.int64), post_creator=owner, likes=likes, comments=np.round(likes / 20) + 8,
        rate=np.full(creators, 0.03), spread=0.3, creator=owner[post], post=post, author=author, own=own,
        poor=rng.random(len(post)) < 0.2,
    )  # fmt: skip


def median(rng: np.random.Generator, scenario: Scenario, name: str) -> float:
    found = evidence_of(rng, base(), scenario, np.arange(60))
    return float(np.nanmedian(found[:, PARTS.index(name)]))


@pytest.mark.parametrize(
    ("scenario", "name"),
    [
        pytest.param(Scenario("buy", 0.5), "jump", id="bought followers jump"),
        pytest.param(Scenario("buy", 0.5), "fakes", id="bought followers are fakes"),
        pytest.param(Scenario("drip", 1.0), "drip", id="a drip"),
        pytest.param(Scenario("pod", 10), "pod", id="a pod comments in turn"),
        pytest.param(Scenario("bots", 2.0), "comments", id="bots are generic"),
        pytest.param(Scenario("bots", 2.0), "talk_high", id="bots talk much"),
        pytest.param(Scenario("likes", 4.0), "talk_low", id="bought likes do not talk"),
    ],
)
def test_each_attack_shows_where_it_should(scenario: Scenario, name: str) -> None:
    plain = median(np.random.default_rng(1), Scenario("nothing"), name)
    assert median(np.random.default_rng(1), scenario, name) > plain + 0.1


@pytest.mark.parametrize("name", [name for name in SHOCKS if name != "feature elsewhere"])
def test_innocent_events_hardly_look_like_jumps(name: str) -> None:
    found = evidence_of(np.random.default_rng(4), base(), Scenario(name), np.arange(150))[:, PARTS.index("jump")]
    assert (found > 6).mean() <= 0.05


def test_followers_of_today_are_the_real_ones() -> None:
    rng = np.random.default_rng(7)
    followers, rate = np.full(200, 5000.0), np.full(200, 0.03)
    lives = honest(rng, 200, 0.3)
    buy(rng, lives, 0.2)
    drip(rng, lives, 0.5)
    shock(rng, lives, rate, "viral")
    read = tables(rng, lives, followers, rate)
    today = read.followers[read.days_ago < 7]
    assert len(today) >= 150 and set(today.tolist()) == {5000.0}
    assert (read.interactions >= 0).all() and read.post_days_ago.min() > 0


def test_prevalences_make_sense() -> None:
    assert sum(HAPPENS.values()) == pytest.approx(1.0)
    assert set(HAPPENS) == {s.name for s in INNOCENT} and not any(s.cheats for s in INNOCENT)
    assert all(s.cheats for s in ATTACKS)
    assert set(KNOTS) == set(PRIOR) == set(PARTS) == {name for _, names in GROUPS for name in names}
    with pytest.raises(ValueError, match="no shock is called 'flood'"):
        shock(np.random.default_rng(0), honest(np.random.default_rng(0), 2, 0.3), np.ones(2), "flood")


def test_hidden_parts_go_in_groups() -> None:
    found = hidden(np.random.default_rng(3), np.zeros((4000, len(PARTS))))
    for known, names in GROUPS:
        gone = np.isnan(found[:, [PARTS.index(n) for n in names]])
        assert (gone.all(axis=1) == gone.any(axis=1)).all()
        assert gone[:, 0].mean() == pytest.approx(1 - known, abs=0.03)


def test_weights_follow_the_cases_and_stay_near_the_prior_without() -> None:
    rng = np.random.default_rng(9)
    parts, cheats = np.full((4000, len(PARTS)), np.nan), np.arange(4000) % 2 == 0
    parts[:, PARTS.index("jump")] = np.where(cheats, rng.uniform(10, 50, 4000), rng.uniform(0, 2, 4000))
    parts[:, PARTS.index("drip")] = rng.uniform(0, 4, 4000)  # says nothing
    weight = np.where(cheats, PREVALENCE, 1 - PREVALENCE)
    model = fit(parts, cheats, weight, "a test")
    jump, dripping, pod = (model["parts"][name] for name in ("jump", "drip", "pod"))
    assert sum(jump["weights"]) > PRIOR["jump"] + 2 and jump["clean"] < CLEAN
    assert sum(dripping["weights"]) < PRIOR["drip"] / 3
    assert sum(pod["weights"]) == pytest.approx(PRIOR["pod"], abs=0.01) and pod["clean"] == CLEAN
    assert min(w for p in model["parts"].values() for w in p["weights"]) >= 0
    assert jump["unknown"] > 0.3 and pod["unknown"] == 0
    assert model["prior"] == pytest.approx(np.log(PREVALENCE / (1 - PREVALENCE)), abs=1e-3)


def test_the_shipped_model_was_made_from_these_settings() -> None:
    """What is set by hand is written here, and copied into the data by the fit: a change of one is a change of both."""
    shipped = trade_data("authenticity")["model"]
    assert shipped["alone"] == ALONE and shipped["deviation"] == DEVIATION
    assert shipped["prior"] == pytest.approx(np.log(PREVALENCE / (1 - PREVALENCE)), abs=5e-4)
    assert {name: part["knots"] for name, part in shipped["parts"].items()} == KNOTS
    for name, said in BY_HAND.items():
        assert [shipped["parts"][name]["clean"], *shipped["parts"][name]["weights"]] == said
