"""Forecasts: what the next post of a creator is expected to bring, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matcher.records.plain import plain
from matcher.records.shortlist import Status


@dataclass(frozen=True, slots=True)
class ExpectedCount:
    """One count of the next post."""

    expected: int
    """The median: every other post stays below it."""
    interval: tuple[int, int]
    """90 % of such posts lie in it."""
    status: Status
    """`estimated` from posts of the creator, `absent` where there are none: what is usual for its peers is taken."""
    posts: int
    """Settled posts of the creator with this count, the newest 30 at most."""
    peers: int
    """Creators in the peer group."""
    note: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next post on one platform in one format; a count that nobody on the platform shows is None."""

    platform: str | None
    format: str | None
    views: ExpectedCount | None
    engagements: ExpectedCount | None
    """Likes, comments, shares and saves together."""


@dataclass(frozen=True, slots=True)
class CreatorForecasts:
    """Everywhere that a creator posts."""

    creator_id: str
    display_name: str | None
    forecasts: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Forecasts for several creators, in the order asked for."""

    snapshot_id: str
    entries: tuple[CreatorForecasts, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        found: dict[str, Any] = plain(self)
        return found
