"""Who lives in the demo world: one NumPy column per trait, one row per creator. This is the hidden truth."""

from dataclasses import dataclass

import numpy as np

from matcher.demo.arrays import Flags, Floats, Ints, draw, draw_rows, lognormal, stream
from matcher.demo.setting import (
    ENGLISH,
    MARKET_LANGUAGE,
    MARKET_SHARES,
    NICHE_COUNTS,
    NICHE_STARTS,
    PLATFORM_SHARES,
    POPULARITY,
)

ROLES = ("specialist", "generalist", "passer_by")
SPECIALIST, GENERALIST, PASSER_BY = range(3)
MIXES = ("none", "some_posts", "within_posts")
KINDS = ("person", "group", "shop", "brand", "media")
PERSON, GROUP, SHOP, BRAND, MEDIA = range(5)
CHEATS = ("none", "bought_followers", "bought_likes", "pod", "comment_bots", "dead_followers")
HONEST, BOUGHT_FOLLOWERS, BOUGHT_LIKES, POD, COMMENT_BOTS, DEAD_FOLLOWERS = range(6)
GAPS = {
    "no_bio": 0.05,
    "no_audience": 0.2,
    "hidden_likes": 0.04,
    "no_counts": 0.015,
    "no_country": 0.06,
    "no_followers": 0.02,
    "no_posts": 0.02,
}
TOPICS_EACH = 4
VIRAL = TOPICS_EACH - 1
"""The place of a passer-by's one viral topic among its topics."""


@dataclass(frozen=True)
class Cast:
    """Columns of equal length; `topics`, `niches` and `shares` have `TOPICS_EACH` columns each."""

    market: Ints
    language: Ints
    mix: Ints
    english_share: Floats
    platform: Ints
    second_platform: Ints
    role: Ints
    kind: Ints
    topics: Ints
    niches: Ints
    shares: Floats
    followers: Ints
    real_followers: Floats
    cheat: Ints
    quality: Floats
    trend: Floats
    sponsored_share: Floats
    last_post_days: Floats
    days_between: Floats
    post_counts: Ints
    gaps: dict[str, Flags]

    def __len__(self) -> int:
        return len(self.market)


def _topics(rng: np.random.Generator, n: int) -> Ints:
    """Four different topics each, popular ones more often first (Gumbel top-k)."""
    keys = np.log(POPULARITY) + rng.gumbel(size=(n, len(POPULARITY)))
    return np.argsort(-keys, axis=1)[:, :TOPICS_EACH].astype(np.int64)


def _shares(rng: np.random.Generator, role: Ints) -> Floats:
    """How a creator's posts divide over its topics: specialists 75–95 % on the first."""
    n = len(role)
    first = rng.uniform(0.75, 0.95, n)
    narrow = np.stack([first, (1 - first) * 0.7, (1 - first) * 0.3, np.zeros(n)], axis=1)
    broad = rng.dirichlet([6.0, 5.0, 4.0, 3.0], n)
    return np.where((role == GENERALIST)[:, None], broad, narrow)


def _post_counts(rng: np.random.Generator, total: int, silent: Flags) -> Ints:
    """Posts per creator, log-normal, summing to `total` exactly."""
    weights = np.where(silent, 0.0, np.minimum(lognormal(rng, 0.7, len(silent)), 8.0))
    if not weights.sum():
        weights = np.ones(len(silent))
    return rng.multinomial(total, weights / weights.sum()).astype(np.int64)


def make_cast(seed: int, creators: int, posts: int) -> Cast:
    """Draw everybody's traits. Memory: about 0.5 kB per creator."""
    n, rng = creators, stream(seed, 1)
    market = draw(rng, MARKET_SHARES, n)
    language = np.where(rng.random(n) < 0.05, ENGLISH, MARKET_LANGUAGE[market])
    mix = np.where(language == ENGLISH, 0, draw(rng, np.array([0.82, 0.11, 0.07]), n))
    platform = draw_rows(rng, PLATFORM_SHARES[market])
    other = draw_rows(rng, PLATFORM_SHARES[market])
    role = draw(rng, np.array([0.55, 0.30, 0.15]), n)
    topics = _topics(rng, n)
    real = np.clip(9000 * np.exp(rng.normal(0, 1.55, n)), 250, 9e6)
    cheat = draw(rng, np.array([0.91, 0.025, 0.02, 0.015, 0.015, 0.015]), n)
    inflated = np.isin(cheat, (BOUGHT_FOLLOWERS, DEAD_FOLLOWERS))
    gaps = {name: rng.random(n) < share for name, share in GAPS.items()}
    return Cast(
        market=market,
        language=language,
        mix=mix,
        english_share=np.where(mix == 1, rng.uniform(0.15, 0.6, n), 0.0),
        platform=platform,
        second_platform=np.where((other != platform) & (rng.random(n) < 0.25), other, -1),
        role=role,
        kind=draw(rng, np.array([0.86, 0.03, 0.05, 0.03, 0.03]), n),
        topics=topics,
        niches=NICHE_STARTS[topics] + (rng.random(topics.shape) * NICHE_COUNTS[topics]).astype(np.int64),
        shares=_shares(rng, role),
        followers=np.round(real * np.where(inflated, rng.uniform(3, 9, n), 1.0)).astype(np.int64),
        real_followers=real,
        cheat=cheat,
        quality=lognormal(rng, 0.35, n),
        trend=rng.normal(0, 0.3, n),
        sponsored_share=np.where(rng.random(n) < 0.3, rng.uniform(0.04, 0.45, n), 0.0),
        last_post_days=np.where(rng.random(n) < 0.08, rng.uniform(90, 380, n), 0.3 + rng.exponential(9, n)),
        days_between=np.clip(5 * lognormal(rng, 0.8, n), 0.4, 45),
        post_counts=_post_counts(rng, posts, gaps["no_posts"]),
        gaps=gaps,
    )
