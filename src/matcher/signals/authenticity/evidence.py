"""
The parts of authenticity side by side: how much each of them speaks against a creator, and the figures behind it.

Each part is one number per creator, 0 for nothing unusual and higher for more of it, on a scale of its own (deviations
above what is usual, for most); NaN where nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.signals.authenticity.band import deviations, excess, rescaled
from matcher.signals.authenticity.drip import Drips
from matcher.signals.authenticity.fakes import FakeShares
from matcher.signals.authenticity.jumps import Jumps
from matcher.signals.authenticity.lockstep import Lockstep
from matcher.signals.trade import trade_data

Floats = NDArray[np.float64]
PARTS = (
    "engagement_high", "engagement_low", "talk_high", "talk_low", "reach_low", "following",
    "jump", "unanswered", "drip", "comments", "lockstep", "everywhere", "pod", "fakes",
)  # fmt: skip
FIGURES = (
    "jump_size", "jump_days_ago", "jump_unseen", "drip_growth", "drip_answered", "commenters", "together", "everywhere",
    "partners", "comments", "poor_comments", "fake_share", "fake_share_low", "fake_share_high", "profiles",
)  # fmt: skip
LEAST_COMMENTS = 5
"""Parts that rest on comments take so many, those by the creator left out."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of n creators; every part begins unknown."""

    parts: Floats
    """float64 [n, PARTS]."""
    figures: Floats
    """float64 [n, FIGURES]."""

    @classmethod
    def nothing(cls, n: int) -> Evidence:
        """Nothing is known of n creators yet."""
        return cls(np.full((n, len(PARTS)), np.nan), np.full((n, len(FIGURES)), np.nan))

    def set(self, name: str, values: Floats, rows: NDArray[np.int64] | slice = slice(None)) -> None:
        """Put in one part of some creators."""
        self.parts[rows, PARTS.index(name)] = values

    def show(self, name: str, values: NDArray[np.generic], rows: NDArray[np.int64] | slice = slice(None)) -> None:
        """Put in one figure of some creators."""
        self.figures[rows, FIGURES.index(name)] = values


def add_engagement(
    evidence: Evidence, rate: Floats, basis: NDArray[np.int64], talk: Floats, posts: NDArray[np.int64],
    group: NDArray[np.int64],
) -> None:  # fmt: skip
    """
    Engagement outside the band of the peers, both tails.

    `rate` is the median rate, NaN where not known, `basis` its denominator (code), `talk` the log comments per like.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        level = deviations(np.log(np.maximum(rate, 1e-6)), group * (int(basis.max(initial=0)) + 2) + basis + 1, posts)
    level[np.isnan(rate)] = np.nan
    words = deviations(talk, group, posts)
    evidence.set("engagement_high", np.maximum(level, 0.0))
    evidence.set("engagement_low", np.maximum(-level, 0.0))
    evidence.set("talk_high", np.maximum(words, 0.0))
    evidence.set("talk_low", np.maximum(-words, 0.0))


def add_reach(evidence: Evidence, reach: Floats, posts: NDArray[np.int64], group: NDArray[np.int64]) -> None:
    """Far fewer views than so many followers bring like creators; `reach` is the median of log views per follower."""
    evidence.set("reach_low", np.maximum(-deviations(reach, group, posts), 0.0))


def add_following(evidence: Evidence, following: Floats, followers: Floats, group: NDArray[np.int64]) -> None:
    """Following far more accounts than like creators do, where it is many: mass-following for follow-backs."""
    many = trade_data("authenticity")["mass_following"]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log((following + 1.0) / np.where(followers > 0, followers, np.nan))
    level = deviations(ratio, group, np.full(len(ratio), 9))
    evidence.set("following", np.where(following < many, 0.0, np.maximum(level, 0.0)))
    evidence.set("following", np.full(int(np.isnan(level).sum()), np.nan), np.flatnonzero(np.isnan(level)))


def add_history(evidence: Evidence, rows: NDArray[np.int64], jump: Jumps, drip: Drips) -> None:
    """Jumps and drips of the creators of `rows`, whose history is known; without posts half of a jump counts."""
    evidence.set("jump", np.where(jump.without_posts, 0.5, 1.0) * jump.deviations, rows)
    evidence.set("unanswered", jump.unanswered, rows)
    evidence.show("jump_size", jump.size, rows)
    evidence.show("jump_days_ago", jump.days_ago, rows)
    evidence.show("jump_unseen", jump.without_posts, rows)
    evidence.set("drip", drip.deviations, rows)
    evidence.show("drip_growth", drip.growth, rows)
    evidence.show("drip_answered", drip.answered, rows)


def add_people(evidence: Evidence, people: Lockstep, partners: NDArray[np.int64]) -> None:
    """Commenters in lockstep, those who are everywhere, reciprocal creators; where there are enough to tell."""
    usual = trade_data("authenticity")["usual"]
    known = np.where(people.commenters >= LEAST_COMMENTS, 1.0, np.nan)
    for name, found in (("lockstep", people.together), ("everywhere", people.everywhere)):
        share = found.sum() / max(int(people.commenters.sum()), 1)  # in a dense index everybody meets everybody
        above = excess(found, people.commenters, max(usual["people_share"], float(share)), usual["alike"])
        evidence.set(name, np.maximum(rescaled(known * above), 0.0))
    evidence.set("pod", known * np.log1p(np.maximum(partners - 1, 0)))
    evidence.show("commenters", people.commenters)
    evidence.show("together", people.together)
    evidence.show("everywhere", people.everywhere)
    evidence.show("partners", partners)


def add_comments(
    evidence: Evidence, comments: NDArray[np.int64], poor: NDArray[np.int64], group: NDArray[np.int64]
) -> None:
    """Comments that say nothing, copies and spam, beyond what is usual among the peers, in whatever language."""
    usual = trade_data("authenticity")["usual"]
    enough = comments >= LEAST_COMMENTS
    n_groups = int(group.max(initial=-1)) + 1
    seen = np.bincount(group[enough], comments[enough], n_groups)
    found = np.bincount(group[enough], poor[enough], n_groups)
    strength = usual["comments_strength"]
    everywhere = (found.sum() + 1.0) / (seen.sum() + 2.0)
    share = (found + strength * everywhere) / (seen + strength)
    above = excess(poor, comments, share[group], usual["alike"])
    evidence.set("comments", np.maximum(rescaled(np.where(enough, above, np.nan)), 0.0))
    evidence.show("comments", comments)
    evidence.show("poor_comments", poor)


def add_fakes(evidence: Evidence, shares: FakeShares) -> None:
    """Fake accounts beyond the usual share, by the lower end of the interval."""
    usual = trade_data("authenticity")["usual"]["fake_share"]
    evidence.set("fakes", np.where(np.isnan(shares.share), np.nan, np.maximum(shares.low - usual, 0.0)))
    for name, values in (
        ("fake_share", shares.share), ("fake_share_low", shares.low), ("fake_share_high", shares.high),
        ("profiles", shares.profiles),
    ):  # fmt: skip
        evidence.show(name, values)
