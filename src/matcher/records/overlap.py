"""The answer to: how many people do these creators reach together, and how many of them are the same?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matcher.records.plain import plain
from matcher.records.shortlist import Status


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of people with its error."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OverlapMember:
    """One creator of a group."""

    creator_id: str
    display_name: str | None
    people: Estimate
    """Whom this creator reaches."""
    alone: Estimate
    """Those whom no other creator of the group reaches."""
    shared: Estimate
    """The others."""
    alone_share: float | None
    """alone ÷ people; None where the creator reaches nobody."""
    handle: str | None = None
    platforms: tuple[str, ...] = ()
    followers: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class OverlapPair:
    """People whom two creators of a group share."""

    first: str
    second: str
    shared: Estimate
    share_of_first: float | None
    share_of_second: float | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """The reach of a group of creators, set-wise and pair by pair."""

    snapshot_id: str
    creator_ids: tuple[str, ...]
    basis: str | None
    """`commenters`: people who commented, counted; `followers`: modelled; None where neither can be said."""
    status: Status
    total: Estimate | None
    """The sum over the creators, people who follow several counted several times."""
    unique: Estimate | None
    """Different people."""
    members: tuple[OverlapMember, ...]
    pairs: tuple[OverlapPair, ...]
    note: str
    """What the numbers are, and how far they can be trusted, in a sentence or two."""
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        found: dict[str, Any] = plain(self)
        return found

    def share(self, row: int, column: int) -> float | None:
        """The part of the people of one member whom another one reaches too, by their places in `members`."""
        if row == column:
            return 1.0 if self.members[row].people.value else None
        ids = self.members[row].creator_id, self.members[column].creator_id
        for pair in self.pairs:
            if (pair.first, pair.second) == ids:
                return pair.share_of_first
            if (pair.second, pair.first) == ids:
                return pair.share_of_second
        return None
