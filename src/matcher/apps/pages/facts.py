"""Facts of one creator that its pictures are made of: audience wanted and reached, place among peers, recent posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.apps.pages.charts import Trend, trend
from matcher.records import AGE_BANDS, GENDERS, Brief
from matcher.records.shortlist import Status
from matcher.retrieval.index import Index
from matcher.snapshot import NEVER, STATUSES, read_columns

RECENT_POSTS = 30
SHOWN_SEGMENTS = 6
_COUNTS = ("likes", "comments", "shares", "saves")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an audience: the share that is wanted and the share that is reached; None where not said."""

    name: str
    wanted: float | None
    reached: float | None


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of an audience."""

    name: str
    known: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who follows a creator, beside whom the brief wants."""

    status: Status
    people: int | None
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among the peers: the share of them that stand below."""

    name: str
    percentile: float


@dataclass(frozen=True, slots=True)
class Engagement:
    """How people react, beside what is usual for like creators."""

    rate: float | None
    basis: str | None
    posts: int
    usual: float | None
    peers: dict[str, Any]
    standings: tuple[Standing, ...]
    recent: Trend | None
    """Rates of the newest posts, oldest first."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the page shows it."""

    post_id: str
    text: str
    url: str | None
    platform: str | None
    published_at: str | None
    language: str | None
    sponsored: bool
    counts: dict[str, int | None]


def audience(index: Index, row: int, brief: Brief | None = None) -> Audience:
    """The facets that are known of a creator or wanted by the brief, wanted ones first."""
    columns = index.creators
    span = slice(int(columns.audience_start[row]), int(columns.audience_start[row + 1]))
    reached: dict[str, dict[str, float]] = {}
    for cell, share in zip(columns.audience_cell[span].tolist(), columns.audience_share[span].tolist(), strict=True):
        facet, segment = index.vocabularies["cells"][cell]
        reached.setdefault(facet, {})[segment] = share
    wanted = brief.target_audience.facets() if brief else {}
    others = [name for name in ("age", "gender", "country", "city", "language", "interest") if name in reached]
    names = dict.fromkeys([*wanted, *others])
    people = int(columns.audience_sample[row])
    return Audience(
        status=STATUSES[int(columns.audience_status[row])],  # type: ignore[arg-type]
        people=people or None,
        facets=tuple(_facet(name, wanted.get(name, {}), reached.get(name)) for name in names),
    )


def _facet(name: str, wanted: dict[str, float], reached: dict[str, float] | None) -> Facet:
    found = reached or {}
    order = {segment: place for place, segment in enumerate((*AGE_BANDS, *GENDERS))}
    named = [*wanted, *(segment for segment in found if segment not in wanted)]
    if name in ("age", "gender"):
        named.sort(key=lambda segment: order.get(segment, 99))
        named = [s for s in named if wanted.get(s, 0.0) >= 0.005 or found.get(s, 0.0) >= 0.005]
    else:
        named.sort(key=lambda segment: (segment not in wanted, -found.get(segment, 0.0), segment))
        named = named[: max(SHOWN_SEGMENTS, len(wanted))]
    none = None if reached is None else 0.0
    segments = tuple(Segment(s, wanted.get(s, 0.0) if wanted else None, found.get(s, none)) for s in named)
    return Facet(name, reached is not None, segments)


def engagement(index: Index, row: int) -> Engagement:
    """Level, parts and trend of a creator's engagement."""
    columns, names = index.creators, index.vocabularies
    basis = names.name("bases", int(columns.engagement_basis[row]))
    rate = float(columns.engagement_rate[row])
    peers = index.peers[int(columns.peer_group[row])]
    standings = [Standing("rate", float(columns.engagement_percentile[row]))] if rate == rate else []
    parts = columns.engagement_parts_percentile[row].tolist()
    standings += [Standing(n, p) for n, p in zip(names["engagement_parts"], parts, strict=True) if p == p]
    usual = peers["usual"].get(basis)
    return Engagement(
        rate=rate if rate == rate else None,
        basis=basis,
        posts=int(columns.engagement_posts[row]),
        usual=usual,
        peers=peers,
        standings=tuple(standings),
        recent=_recent(index, row, basis, usual),
    )


def _recent(index: Index, row: int, basis: str | None, usual: float | None) -> Trend | None:
    """The rates of the newest posts on the creator's own basis."""
    if basis is None:
        return None
    rows = _newest(index, row, RECENT_POSTS)
    below = "views" if basis == "views" else "reach" if basis == "reach" else None
    names = [*_COUNTS, *([below] if below else [])]
    followers = float(index.creators.followers[row])
    rates = []
    for values in zip(*read_columns(index.post_table, rows, names), strict=True) if rows else ():
        base = values[4] if below else followers
        if values[0] is not None and base and base > 0:
            rates.append(sum(value or 0 for value in values[:4]) / base)
    return trend(rates[::-1], usual)


def posts(index: Index, row: int, n: int = RECENT_POSTS) -> tuple[Post, ...]:
    """The newest posts of a creator."""
    rows = _newest(index, row, n)
    if not rows:
        return ()
    fields = ("post_id", "text", "url", "platform", "views", *_COUNTS)
    read = zip(*read_columns(index.post_table, rows, fields), strict=True)
    columns, at = index.posts, np.asarray(rows)
    languages = index.vocabularies.each("languages", columns.language[at])
    return tuple(
        Post(
            post_id=values[0],
            text=" ".join((values[1] or "").split()),
            url=values[2],
            platform=values[3],
            published_at=None if when == NEVER else f"{np.datetime64(when, 's')}+00:00",
            language=language,
            sponsored=paid,
            counts=dict(zip(("views", *_COUNTS), values[4:], strict=True)),
        )
        for values, when, language, paid in zip(
            read, columns.published_at[at].tolist(), languages, columns.sponsored[at].tolist(), strict=True
        )
    )


def _newest(index: Index, row: int, n: int) -> list[int]:
    first, end = int(index.creators.post_start[row]), int(index.creators.post_start[row + 1])
    return list(range(first, min(first + n, end)))


def worked_with(index: Index, row: int) -> tuple[tuple[str, str], ...]:
    """(brand, day of the last time) of the brands that a creator has worked with, the latest first."""
    columns = index.creators
    span = slice(int(columns.worked_start[row]), int(columns.worked_start[row + 1]))
    brands = index.vocabularies.each("brands", columns.worked_with[span])
    times = columns.worked_at[span].tolist()
    order = sorted(zip(times, brands, strict=True), key=lambda pair: (-pair[0], pair[1]))
    return tuple((brand, "" if when == NEVER else f"{np.datetime64(when, 's')}+00:00") for when, brand in order)
