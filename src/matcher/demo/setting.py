"""The fixed facts of the demo world, read from `data/`: languages, markets, topics, niches, brands and names."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from matcher.demo.arrays import Floats, Ints

DATA = Path(__file__).parent / "data"
REFERENCE = datetime(2026, 11, 1, tzinfo=UTC)
"""The demo world's "today": nothing in it is younger."""
LANGUAGES = ("zh-Hant", "vi", "th", "en")
ENGLISH = LANGUAGES.index("en")
PLATFORMS = ("instagram", "tiktok", "youtube", "threads")
INSTAGRAM, TIKTOK, YOUTUBE, THREADS = range(4)


@cache
def phrases(language: str) -> dict[str, Any]:
    """The phrase table of one language: `shared` phrases, and `topics` with their niches."""
    table: dict[str, Any] = _read(language)
    return table


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Topic:
    """What a topic's creators and audiences are like, whatever the language."""

    emoji: tuple[str, ...]
    popularity: float
    female: float
    median_age: float
    handle_word: str


@dataclass(frozen=True)
class Market:
    """A country that the demo's creators live in."""

    language: str
    share: float
    platforms: dict[str, float]
    currency: str
    per_usd: float
    price_level: float
    engagement_level: float
    audience: dict[str, float]
    cities: dict[str, list[list[str]]]


@dataclass(frozen=True)
class Brand:
    """An invented brand."""

    name: str
    handle: str
    topic: str


TOPICS = {name: Topic(**{**row, "emoji": tuple(row["emoji"])}) for name, row in _read("topics").items()}
MARKETS = {code: Market(**row) for code, row in _read("markets").items()}
BRANDS = tuple(Brand(**row) for row in _read("brands"))
NICHES = tuple((topic, niche) for topic, words in phrases("en")["topics"].items() for niche in words["niches"])
NAMES: dict[str, dict[str, Any]] = _read("names")

_topic_list, _market_list = list(TOPICS), list(MARKETS.values())
CITIES = {
    (LANGUAGES.index(language), m): [(name, slug) for name, slug in cities]
    for m, market in enumerate(_market_list)
    for language, cities in market.cities.items()
}
"""(language, market) → cities as (name in a sentence, form in a hashtag)."""
MARKET_LANGUAGES = tuple(CITIES)

NICHE_COUNTS: Ints = np.array([sum(t == topic for t, _ in NICHES) for topic in TOPICS])
NICHE_STARTS: Ints = np.cumsum(NICHE_COUNTS) - NICHE_COUNTS
"""The niches of topic `t` are `NICHE_STARTS[t]` and the `NICHE_COUNTS[t] - 1` after it."""
BRAND_COUNTS: Ints = np.array([sum(b.topic == topic for b in BRANDS) for topic in TOPICS])
BRAND_STARTS: Ints = np.cumsum(BRAND_COUNTS) - BRAND_COUNTS
POPULARITY: Floats = np.array([t.popularity for t in TOPICS.values()])
MARKET_SHARES: Floats = np.array([m.share for m in _market_list])
MARKET_LANGUAGE: Ints = np.array([LANGUAGES.index(m.language) for m in _market_list])
PLATFORM_SHARES: Floats = np.array([[m.platforms[p] for p in PLATFORMS] for m in _market_list])
ENGAGEMENT_LEVEL: Floats = np.array([m.engagement_level for m in _market_list])
