"""
Scenarios: what the parts of authenticity say of creators when something happens to some of them.

Every part is computed by the functions that a reindex uses, over all creators of a base, from the tables that the
scenario leaves behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity import evidence as parts
from matcher.signals.authenticity.attention import post_weeks, with_features
from matcher.signals.authenticity.drip import drips
from matcher.signals.authenticity.evidence import Evidence
from matcher.signals.authenticity.fakes import corrected
from matcher.signals.authenticity.jumps import jumps
from matcher.signals.authenticity.lockstep import lockstep
from matcher.signals.authenticity.pods import reciprocal_partners, writers
from matcher.signals.authenticity.weeks import weekly
from matcher.signals.peers import group_medians
from matcher.signals.trade import trade_data
from matcher.training.authenticity.base import Base
from matcher.training.authenticity.crowds import bots, pods
from matcher.training.authenticity.lives import SHOCKS, buy, drip, honest, shock, tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that happens, and how much of it."""

    name: str
    dose: float = 0.0

    @property
    def cheats(self) -> bool:
        """Whether it is an attack; else it happens to honest creators."""
        return self.name not in ("nothing", *SHOCKS)


INNOCENT = (Scenario("nothing"), *(Scenario(name) for name in SHOCKS))
HAPPENS = {"nothing": 0.55, "viral": 0.12, "giveaway": 0.08, "advert": 0.08, "seasonal": 0.15, "feature": 0.015}
HAPPENS["feature elsewhere"] = 0.005
"""Share of honest creators to whom each happens in a year, set by hand; "elsewhere": in no table."""
ATTACKS = (
    Scenario("buy", 0.05), Scenario("buy", 0.2), Scenario("buy", 0.5), Scenario("drip", 0.2), Scenario("drip", 0.5),
    Scenario("drip", 1.0), Scenario("pod", 10), Scenario("pod", 50), Scenario("bots", 0.2), Scenario("bots", 0.5),
    Scenario("bots", 2.0), Scenario("likes", 4.0),
)  # fmt: skip


CROWD = 100
"""Pods and bots are put among so many creators at a time: in an index they are few."""


def evidence_of(rng: np.random.Generator, base: Base, scenario: Scenario, rows: Ints) -> Floats:
    """The parts, float64 [rows, PARTS], of the creators that it happens to, everybody else living as usual."""
    if scenario.name in ("pod", "bots") and len(rows) > CROWD:
        some = np.array_split(rows, -(-len(rows) // CROWD))
        return np.concatenate([evidence_of(rng, base, scenario, each) for each in some])
    fakes = np.zeros(len(base))
    hit = np.zeros(len(base), dtype=np.bool_)
    hit[rows] = True
    posts_hit = hit[base.post_creator]
    if scenario.name == "pod":
        base = pods(rng, base, rng.permutation(rows), int(scenario.dose))
    elif scenario.name == "bots":
        base = bots(rng, base, rows, scenario.dose)
    elif scenario.name == "likes":
        times = rng.uniform(2, 2 * scenario.dose, len(base.likes))
        base = replace(base, likes=base.likes * np.where(posts_hit, times, 1.0))
    elif scenario.name in ("buy", "drip"):
        left = np.where(posts_hit, 1.0 / (1.0 + scenario.dose), 1.0)
        base = replace(base, likes=base.likes * left, comments=base.comments * left)
        fakes[rows] = scenario.dose / (1.0 + scenario.dose)
    elif scenario.name == "viral":
        star = posts_hit & (rng.random(len(base.likes)) < 0.5)
        times = np.where(star, np.exp(rng.uniform(np.log(4), np.log(100), len(star))), 1.0)
        base = replace(base, likes=base.likes * times, comments=base.comments * times)
    found = as_they_are(base)
    _history(rng, found, base, scenario, rows)
    _fakes(rng, found, fakes)
    return found.parts[rows]


def as_they_are(base: Base) -> Evidence:
    """The parts of all creators that their posts and comments tell."""
    found = Evidence.nothing(len(base))
    _engagement(found, base)
    _people(found, base)
    return found


def _engagement(found: Evidence, base: Base) -> None:
    n, owner = len(base), base.post_creator
    rate = group_medians((base.likes + np.nan_to_num(base.comments)) / base.followers[owner], owner, n)
    talk = group_medians(np.log((base.comments + 0.5) / (base.likes + 1.0)), owner, n)
    counted = np.bincount(owner[~np.isnan(base.likes)], minlength=n)
    parts.add_engagement(found, rate, np.where(np.isnan(rate), -1, 0), talk, counted, base.group)
    parts.add_following(found, base.following, base.followers, base.group)


def _people(found: Evidence, base: Base) -> None:
    n, others = len(base), ~base.own
    people = lockstep(base.creator[others], base.post[others], base.author[others], n)
    writer = writers(base.creator, base.author, base.own, np.full(len(base.creator), -1))
    parts.add_people(found, people, reciprocal_partners(base.creator, writer, n))
    comments = np.bincount(base.creator[others], minlength=n)
    poor = np.bincount(base.creator[others & base.poor], minlength=n)
    parts.add_comments(found, comments, poor, base.group)


def _history(rng: np.random.Generator, found: Evidence, base: Base, scenario: Scenario, rows: Ints) -> None:
    """Only the creators that something happens to need a history: each is judged by its own."""
    rate = np.where(base.rate > 0, base.rate, np.nan)[rows]
    rate = np.where(np.isnan(rate), np.nanmedian(rate), rate)
    lives = honest(rng, len(rows), base.spread)
    if scenario.name in SHOCKS:
        shock(rng, lives, rate, scenario.name)
    elif scenario.name in ("buy", "drip"):
        {"buy": buy, "drip": drip}[scenario.name](rng, lives, scenario.dose)
    read = tables(rng, lives, base.followers[rows], rate)
    weeks = weekly(read.creator, read.days_ago, read.followers)
    nothing = np.full(len(read.post_creator), np.nan)
    posts = post_weeks(read.post_creator, read.post_days_ago, read.interactions, nothing, read.giveaway, len(rows))
    posts = with_features(posts, read.featured, read.featured_days_ago, read.featured_by).at(weeks.rows)
    jump = jumps(weeks, posts)
    parts.add_history(found, rows[weeks.rows], jump, drips(weeks, posts))


def _fakes(rng: np.random.Generator, found: Evidence, bought: Floats) -> None:
    """30 to 500 profiles of each creator's followers; everybody has some fakes, buyers those that they bought too."""
    rates = trade_data("fake_accounts")["rates"]
    share = bought + (1 - bought) * rng.beta(2, 20, len(bought))
    called = share * rates["fakes_found"] / rates["fakes"] + (1 - share) * rates["false_alarms"] / rates["genuine"]
    seen = np.exp(rng.uniform(np.log(30), np.log(500), len(bought))).astype(np.int64)
    parts.add_fakes(found, corrected(rng.binomial(seen, called), seen))
