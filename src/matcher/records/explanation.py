"""Answers about single creators: why one stands where it stands, and who is like another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matcher.records.forecast import Forecast
from matcher.records.plain import plain
from matcher.records.shortlist import Caution, Contribution, Evidence, Status


@dataclass(frozen=True, slots=True)
class FailedFilter:
    """A condition of the brief that a creator does not meet."""

    step: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Change:
    """
    What one signal would have to become for the creator to enter the shortlist, all else equal.

    Engagement counts as far as a creator is relevant: it cannot rise above that, and rises with relevance.
    """

    signal: str
    value: float
    needed: float | None
    """None when not even the highest value would do."""
    detail: str


@dataclass(frozen=True, slots=True)
class Authenticity:
    """How likely it is that a creator's followers and reactions are genuine; it adds nothing to a score."""

    value: float
    interval: tuple[float, float]
    """90 %: the less is known, the wider."""
    reasons: tuple[str, ...]
    """What speaks against it, most telling first."""
    known: tuple[str, ...]
    """The parts that could be judged."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a creator stands where it stands for one brief."""

    brief_id: str
    snapshot_id: str
    creator_id: str
    display_name: str | None
    in_shortlist: bool
    rank: int | None
    """Place among the candidates; None when a filter took the creator out."""
    score: float
    score_to_enter: float | None
    """Score of the last entry of the shortlist; None when the shortlist has room."""
    failed_filters: tuple[FailedFilter, ...]
    contributions: tuple[Contribution, ...]
    changes: tuple[Change, ...]
    evidence: tuple[Evidence, ...]
    cautions: tuple[Caution, ...]
    verdict: str
    """All of it in one or two sentences."""
    forecasts: tuple[Forecast, ...] = ()
    """What its next post is expected to bring, per platform and format."""
    warnings: tuple[str, ...] = ()
    authenticity: Authenticity | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True)
class SimilarCreator:
    """A creator that is like the ones asked about."""

    rank: int
    creator_id: str
    display_name: str | None
    similarity: float
    status: Status
    note: str
    handle: str | None = None
    platforms: tuple[str, ...] = ()
    followers: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SimilarCreators:
    """Creators like one or several others, nearest first."""

    snapshot_id: str
    creator_ids: tuple[str, ...]
    by: str
    """`content` or `audience`."""
    entries: tuple[SimilarCreator, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        found: dict[str, Any] = plain(self)
        return found
