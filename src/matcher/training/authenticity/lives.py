"""
A year in the life of creators, simulated: followers week by week and posts, consistent with today's real followers and
with the real usual reactions. Nobody has published such histories with the truth beside them; so these are assumptions,
written down here, and figures that rest on them are figures of a simulation.

Followers grow by a drift of their own, wander, and come with posts that do well. Interactions of a post follow the
genuine followers, the creator's real rate, a slow wander and a heavy-tailed scatter as wide as in the real posts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.weeks import WEEKS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHOCKS = ("viral", "giveaway", "advert", "seasonal", "feature", "feature elsewhere")
"""What happens to honest creators too."""


@dataclass
class Lives:
    """A year of n creators; week −1 is today. Not frozen: shocks and attacks are written into it."""

    genuine: Floats
    """float64 [n, WEEKS]: log of the followers who came by themselves."""
    bought: Floats
    """float64 [n, WEEKS]: log of (all followers / genuine ones)."""
    level: Floats
    """float64 [n, WEEKS]: log of what else moves the interactions of a post."""
    creator: Ints
    """int64 [m]: creator of each post, with the rest of its columns."""
    week: Ints
    scatter: Floats
    boost: Floats
    """float64 [m]: log interactions that a shock adds to the post."""
    giveaway: NDArray[np.bool_]
    features: tuple[Ints, Ints, Floats]
    """(creator, week, log of the featuring creator's followers over the creator's own)."""


@dataclass(frozen=True)
class Tables:
    """What a reindex would be given: readings of followers, and posts with interactions."""

    creator: Ints
    days_ago: Floats
    followers: Floats
    post_creator: Ints
    post_days_ago: Floats
    interactions: Floats
    giveaway: NDArray[np.bool_]
    featured: Ints
    featured_days_ago: Floats
    featured_by: Floats
    """float64: followers of the creator who mentions another."""


def honest(rng: np.random.Generator, n: int, spread: float) -> Lives:
    """A year without events for n creators."""
    drift = np.clip(rng.normal(0.003, 0.005, n), -0.01, 0.03)[:, None]
    wander = rng.laplace(0, 1, (n, WEEKS)) * np.exp(rng.normal(np.log(0.0015), 0.6, n))[:, None]
    genuine = np.cumsum(drift + wander, axis=1)
    level = np.cumsum(rng.normal(0, 0.02, (n, WEEKS)), axis=1)
    often = np.clip(np.exp(rng.normal(np.log(1.5), 0.8, n)), 0.1, 10)
    counts = rng.poisson(often * WEEKS)
    creator = np.repeat(np.arange(n), counts)
    m = len(creator)
    width = spread * np.exp(rng.normal(0, 0.25, n))[creator]
    scatter = np.clip(rng.standard_t(5, m) / np.sqrt(5 / 3), -4, 4) * width
    return Lives(
        genuine, np.zeros((n, WEEKS)), level, creator, rng.integers(0, WEEKS, m), scatter, np.zeros(m),
        np.zeros(m, dtype=np.bool_), (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)),
    )  # fmt: skip


def shock(rng: np.random.Generator, lives: Lives, rate: Floats, kind: str) -> None:
    """One event for every creator, at a random time of the year; `rate` [n] are the real interactions a follower."""
    n = len(lives.genuine)
    when = rng.integers(6, WEEKS - 3, n)
    week = np.arange(WEEKS)[None, :]
    post = _post_in(rng, lives, when)
    usual = rate * np.exp(lives.level[np.arange(n), when])
    if kind == "viral":
        times = np.exp(np.clip(rng.normal(np.log(20), 0.8, n), np.log(4), np.log(300)))
        gain = np.exp(rng.uniform(np.log(0.01), np.log(0.25), n)) * usual * (times - 1)
        lives.boost[post] += np.log(times)
        _arrive(lives, when, np.log1p(gain), (0.7, 0.25, 0.05))
    elif kind == "giveaway":
        gain = rng.uniform(0.02, 0.15, n)
        taking_part = np.maximum(rng.uniform(0.7, 2.0, n) * gain / usual, rng.uniform(1.5, 4, n))
        lives.boost[post] += np.log(taking_part)
        lives.giveaway[post] = rng.random(n) < 0.9  # one in ten uses words that nobody listed
        _arrive(lives, when, np.log1p(gain), (0.8, 0.2))
        stay = 1 - rng.uniform(0.2, 0.6, n)
        left = np.log1p(gain * stay) - np.log1p(gain)
        lives.genuine += left[:, None] * np.clip((week - when[:, None] - 1) / 5.0, 0, 1)
    elif kind == "advert":
        gain = rng.uniform(0.02, 0.12, n)
        lives.boost[post] += np.log1p(gain / np.exp(rng.uniform(np.log(0.03), np.log(0.3), n)) / usual)
        _arrive(lives, when, np.log1p(gain), (0.4, 0.35, 0.25))
    elif kind == "seasonal":
        inside = (week >= when[:, None]) & (week < when[:, None] + 5)
        lives.level += inside * rng.uniform(0.3, 0.8, n)[:, None]
        lives.genuine += np.clip(week - when[:, None] + 1, 0, 5) * rng.uniform(0.005, 0.02, n)[:, None]
    elif kind in ("feature", "feature elsewhere"):
        gain = rng.uniform(0.05, 0.4, n)
        _arrive(lives, when, np.log1p(gain), (0.7, 0.3))
        if kind == "feature":  # by a creator of the same tables, with 1 in 500 to 1 in 40 of its followers coming over
            larger = np.log(gain) - rng.uniform(np.log(1 / 500), np.log(1 / 40), n)
            lives.features = (np.arange(n), when, larger)
    else:
        raise ValueError(f"no shock is called {kind!r}; there are {', '.join(SHOCKS)}")


def buy(rng: np.random.Generator, lives: Lives, dose: float) -> None:
    """So many followers per genuine one are bought and delivered within a week or two, 4 to 45 weeks ago."""
    n = len(lives.genuine)
    when = rng.integers(WEEKS - 46, WEEKS - 4, n)
    first = rng.uniform(0.3, 1.0, n)[:, None]
    week = np.arange(WEEKS)[None, :] - when[:, None]
    lost = 1 - rng.uniform(0, 0.2, n)[:, None] * np.clip(week / 20.0, 0, 1)
    lives.bought += np.log1p(dose * lost * np.select([week < 0, week == 0], [0.0, first], 1.0))


def drip(rng: np.random.Generator, lives: Lives, dose: float, weeks: int = 26) -> None:
    """So many followers per genuine one are bought, the same number each week for half a year, until today."""
    share = np.clip((np.arange(WEEKS) - (WEEKS - 1 - weeks)) / weeks, 0, 1)
    lives.bought += np.log1p(dose * share)[None, :]


def tables(rng: np.random.Generator, lives: Lives, followers: Floats, rate: Floats) -> Tables:
    """
    What is read of these lives: today's followers are the real ones; some histories are monthly, some have holes.

    Half of the readings above 10,000 are rounded to three digits, as platforms show them.
    """
    n = len(followers)
    total = lives.genuine + lives.bought
    size = np.exp(np.log(followers)[:, None] + total - total[:, -1:])
    rounded = (rng.random(n) < 0.5)[:, None] & (size > 10_000)
    unit = 10.0 ** (np.floor(np.log10(np.maximum(size, 1))) - 2)
    size = np.round(np.where(rounded, np.round(size / unit) * unit, size))
    read = np.ones((n, WEEKS), dtype=np.bool_)
    monthly, holes = rng.random(n) < 0.1, rng.random(n) < 0.3
    read[monthly] = np.arange(WEEKS) % 4 == 0
    read[holes] &= rng.random((int(holes.sum()), WEEKS)) < 0.8
    who, week = np.nonzero(read & (size >= 1))
    of = lives.creator
    fans = np.log(followers)[of] + (lives.genuine[of, lives.week] - total[of, -1])
    taken = fans + lives.level[of, lives.week] - lives.level[of, -1] + np.log(rate)[of] + lives.scatter + lives.boost
    days = 7.0 * (WEEKS - 1 - lives.week.astype(np.float64)) + rng.uniform(0.5, 6.5, len(of))
    return Tables(
        who, 7.0 * (WEEKS - 1 - week.astype(np.float64)) + 0.5, size[who, week].astype(np.float64),
        of, days, np.round(np.exp(taken)), lives.giveaway,
        lives.features[0], 7.0 * (WEEKS - 1 - lives.features[1].astype(np.float64)) + 3.0,
        followers[lives.features[0]] * np.exp(lives.features[2]),
    )  # fmt: skip


def _arrive(lives: Lives, when: Ints, gain: Floats, parts: tuple[float, ...]) -> None:
    """Log growth `gain` [n] of genuine followers from week `when` on, week by week in parts."""
    week = np.arange(WEEKS)[None, :]
    for late, part in enumerate(parts):
        lives.genuine += (part * gain)[:, None] * (week >= when[:, None] + late)


def _post_in(rng: np.random.Generator, lives: Lives, when: Ints) -> Ints:
    """A post of each creator that is moved to the week of the event; creators without any get one."""
    n = len(when)
    order = rng.permutation(len(lives.creator))
    post = np.full(n, -1)
    post[lives.creator[order]] = order
    without = np.flatnonzero(post < 0)
    post[without] = len(lives.creator) + np.arange(len(without))
    lives.creator = np.append(lives.creator, without)
    lives.week = np.append(lives.week, when[without])
    lives.scatter, lives.boost = (np.append(x, np.zeros(len(without))) for x in (lives.scatter, lives.boost))
    lives.giveaway = np.append(lives.giveaway, np.zeros(len(without), dtype=np.bool_))
    lives.week[post] = when
    return post
