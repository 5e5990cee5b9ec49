"""
What engagement is made of beside its level: does it rise, is it steady, is it talk or taps, is it passed on, does it
hold when a post is paid for.

Most parts are one number per creator from its newest settled posts, NaN where too few posts say it. All of them are
turned so that more is better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.signals.engagement.rates import PostRates
from matcher.signals.peers import group_medians

NEWEST = 30
"""So many of a creator's newest posts are looked at."""
LEAST_POSTS = 5
"""A trend or a spread takes so many posts."""
LEAST_SPONSORED = 2
"""Sponsored and other posts are compared from so many of each."""
LEAST_DAYS = 14.0
"""A trend takes posts over so many days."""
MONTH_DAYS = 30.0
Z_90 = 1.645
"""Half the width of a 90 % interval, in standard deviations."""
FROM_POSTS = ("trend", "steadiness", "comments_per_like", "passed_on", "sponsored")
BESIDE = ("comment_quality", "reply_rate", "reply_speed", "half_life", "late_growth")
"""Parts that do not come from the counts of posts: what comments are worth, the share of them that the creator
answers, and how soon, as minus the log of hours; how long posts grow, as the log of days, and what share comes late."""
PARTS = (*FROM_POSTS, *BESIDE)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts of n creators, newest first within each; m posts."""

    creator: NDArray[np.int64]
    days: Floats
    """float64 [m]: days since any fixed moment, NaN where not known."""
    sponsored: NDArray[np.bool_]
    counts: dict[str, Floats]


class Beside(NamedTuple):
    """A part of n creators that does not come from the counts of posts."""

    part: Floats
    """float64 [n], NaN where not known; more is better."""
    seen: NDArray[Any]
    """How many observations it rests on, [n]."""


def engagement_parts(rates: PostRates, posts: Posts, basis: NDArray[np.int8], n: int) -> tuple[Floats, Floats]:
    """
    Parts float64 [n, len(FROM_POSTS)] of n creators, and the 90 % interval of their trends, float64 [n, 2].

    `trend`: change of the log rate per 30 days, the median of all slopes between two posts (Theil 1950, Sen 1968).
    `steadiness`: minus the median distance of the log rates from their median. `comments_per_like`: the median, as a
    log. `passed_on`: shares and saves per view, the median, as a log. `sponsored`: median log rate of the sponsored
    posts minus that of the others.
    """
    own = _looked_at(rates, posts, basis, n)
    log_rate = np.where(own, np.log(np.maximum(rates.rate, 1e-6)), np.nan)
    counts = {name: np.where(own, values, np.nan) for name, values in posts.counts.items()}
    parts = np.full((n, len(FROM_POSTS)), np.nan)
    parts[:, 0], *between = _trends(log_rate, posts, n).T
    parts[:, 1] = -_spread(log_rate, posts.creator, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        talk = np.log((counts["comments"] + 0.5) / (counts["likes"] + 1.0))
        passed = np.nan_to_num(counts["shares"]) + np.nan_to_num(counts["saves"])
        passed[np.isnan(counts["shares"]) & np.isnan(counts["saves"])] = np.nan
        passed_on = np.log((passed + 0.5) / np.where(counts["views"] > 0, counts["views"], np.nan))
    parts[:, 2] = group_medians(talk, posts.creator, n)
    parts[:, 3] = group_medians(passed_on, posts.creator, n)
    paid, other = np.where(posts.sponsored, log_rate, np.nan), np.where(posts.sponsored, np.nan, log_rate)
    enough = np.minimum(_count(paid, posts.creator, n), _count(other, posts.creator, n)) >= LEAST_SPONSORED
    difference = group_medians(paid, posts.creator, n) - group_medians(other, posts.creator, n)
    parts[:, 4] = np.where(enough, difference, np.nan)
    return parts, np.stack(between, axis=1)


def spanned_days(rates: PostRates, posts: Posts, basis: NDArray[np.int8], n: int) -> Floats:
    """Days float64 [n] between the first and the last of the dated posts that a trend rests on, NaN without one."""
    dated = _looked_at(rates, posts, basis, n) & ~np.isnan(posts.days)
    first, last = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(first, posts.creator[dated], posts.days[dated])
    np.maximum.at(last, posts.creator[dated], posts.days[dated])
    return np.where(np.isfinite(first), last - first, np.nan)


def _looked_at(rates: PostRates, posts: Posts, basis: NDArray[np.int8], n: int) -> NDArray[np.bool_]:
    """The newest posts of each creator, those that have a rate by its denominator."""
    starts = np.searchsorted(posts.creator, np.arange(n))
    newest = np.arange(len(posts.creator)) - starts[posts.creator] < NEWEST
    return np.asarray(newest & (rates.basis >= 0) & (rates.basis == basis[posts.creator]))


def _count(values: Floats, creator: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.bincount(creator[~np.isnan(values)], minlength=n)


def _spread(values: Floats, creator: NDArray[np.int64], n: int) -> Floats:
    """Median distance from the median of each creator's values, NaN under LEAST_POSTS."""
    distance = np.abs(values - group_medians(values, creator, n)[creator])
    return np.where(_count(values, creator, n) >= LEAST_POSTS, group_medians(distance, creator, n), np.nan)


def _trends(values: Floats, posts: Posts, n: int) -> Floats:
    """
    Median slope per 30 days over all pairs of a creator's dated posts, and the 90 % interval, float64 [n, 3].

    Of the ordered slopes the interval leaves out as many at each end as Kendall's statistic of k posts allows, whose
    variance without a trend is k (k - 1) (2 k + 5) / 18 (Sen 1968); infinite where the posts are too few for an end.
    """
    out = np.full((n, 3), np.nan)
    for rows, days, rate in _tables(values, posts):
        k = days.shape[1]
        first, second = np.triu_indices(k, 1)
        apart = days[:, first] - days[:, second]
        rise = rate[:, first] - rate[:, second]
        slope = np.divide(rise, apart, out=np.full_like(rise, np.nan), where=np.abs(apart) > 1e-9)
        slope.sort(axis=1)
        pairs = (~np.isnan(slope)).sum(axis=1)
        some = (pairs > 0) & (np.ptp(days, axis=1) >= LEAST_DAYS)
        spread = Z_90 * np.sqrt(k * (k - 1) * (2 * k + 5) / 18.0)
        cut = np.floor((pairs - spread) / 2.0).astype(np.int64)
        ends = [(pairs - 1) // 2, pairs // 2, cut - 1, pairs - cut]
        low_middle, high_middle, low, high = (
            np.take_along_axis(slope, np.clip(at, 0, len(first) - 1)[:, None], axis=1)[:, 0] for at in ends
        )
        found = [(low_middle + high_middle) / 2, np.where(cut > 0, low, -np.inf), np.where(cut > 0, high, np.inf)]
        out[rows[some]] = MONTH_DAYS * np.stack(found, axis=1)[some]
    return out


def _tables(values: Floats, posts: Posts) -> Iterator[tuple[NDArray[np.int64], Floats, Floats]]:
    """Creators with equally many dated posts together: rows [c], days [c, k] and values [c, k] for each k."""
    known = ~np.isnan(values) & ~np.isnan(posts.days)
    creator, days, rate = posts.creator[known], posts.days[known], values[known]
    rows, starts, sizes = np.unique(creator, return_index=True, return_counts=True)
    for size in np.unique(sizes[sizes >= LEAST_POSTS]).tolist():
        chosen = sizes == size
        at = starts[chosen][:, None] + np.arange(size)
        yield rows[chosen], days[at], rate[at]
