"""The columns of the creators: everything that filters and signals read of them, computed once per snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.indexing.account_kinds import account_kinds
from matcher.indexing.accounts import flatten
from matcher.indexing.audiences import audience_groups
from matcher.indexing.columns import floats, offsets
from matcher.indexing.comments import CommentFigures
from matcher.indexing.spool import Spool
from matcher.indexing.standing import Standing
from matcher.indexing.vocabulary import Vocabulary, grouped
from matcher.retrieval.filters import brand_key
from matcher.signals.account_kind import KINDS
from matcher.signals.audience import prior_shares, prior_strengths, topic_priors
from matcher.signals.authenticity.evidence import FIGURES as AUTHENTICITY_FIGURES
from matcher.signals.authenticity.evidence import PARTS as AUTHENTICITY_PARTS
from matcher.signals.engagement import (
    BASES,
    PARTS,
    Beside,
    PostGrowth,
    Posts,
    growth_parts,
    post_rates,
    profile_engagement,
    settled_posts,
)
from matcher.signals.peers import MERGED, PeerGroups
from matcher.snapshot import NEVER, STATUSES, CreatorColumns

RECENT_POSTS = 30
_ESTIMATED, _DECLARED = STATUSES.index("estimated"), STATUSES.index("declared")


@dataclass(frozen=True)
class Profiles:
    """What the snapshot keeps of the creators."""

    columns: CreatorColumns
    vocabularies: dict[str, list[Any]]
    peers: list[dict[str, Any]]
    audience_prior: NDArray[np.float32]
    """float32 [groups, cells]: expected audience of each platform × market."""
    audience_group: NDArray[np.int32]
    """int32 [creators]: row of the prior."""
    audience_strengths: dict[str, float]
    """Facet → people that its prior is worth, as far as it could be learned."""


def profile_creators(
    creators: pa.Table,
    standing: Standing,
    spool: Spool,
    order: NDArray[np.int64],
    comments: CommentFigures,
    growth: PostGrowth | None,
    collaborations: Iterable[pa.RecordBatch],
    as_of_s: int,
) -> Profiles:
    """Columns of n creators from their table, the spooled posts in the order of the snapshot, and the comments."""
    n = creators.num_rows
    accounts, audience, peers, post_start = standing.accounts, standing.audience, standing.peers, standing.post_start
    owner = spool.creator[order].astype(np.int64)
    kinds = account_kinds(creators, standing.platform_names(), spool, order, post_start)

    counts = {name: values[order] for name, values in spool.counts.items()}
    published, observed = spool.published_at[order], spool.observed_at[order]
    known_at = np.where(published != NEVER, published, observed)
    rates = post_rates(counts, accounts.main_followers[owner], settled_posts(published, observed, as_of_s))
    days = np.where(known_at == NEVER, np.nan, known_at / 86_400.0)
    posts = Posts(owner, days, spool.sponsored[order], counts)
    grown = {} if growth is None else growth_parts(_in_order(growth, order), owner, n)
    engagement = profile_engagement(rates, posts, peers.group, _talk(comments) | grown)

    prior_group, prior_keys = audience_groups(accounts.main_platform, standing.market)
    cell_codes = {cell: code for code, cell in enumerate(audience.cells)}
    home = np.array(
        [cell_codes.get(("country", _name(standing.countries, m)), -1) for _, m in prior_keys], dtype=np.int64
    )
    prior = prior_shares(audience.arrays, prior_group, len(prior_keys), audience.cells, home)

    categories = Vocabulary()
    category_start, (category,) = _list_codes(creators.column("categories"), categories, n)
    topic = np.full(n, -1, dtype=np.int64)
    topic[np.diff(category_start) > 0] = category[category_start[:-1][np.diff(category_start) > 0]]
    prior, prior_group = topic_priors(audience.arrays, prior, prior_group, topic, audience.cells)
    price_owner, prices = flatten(creators.column("prices"))
    currencies = Vocabulary()
    price_start, (amount, currency) = grouped(
        price_owner,
        n,
        floats(prices.field("amount")),
        currencies.encode(prices.field("currency").to_pylist(), np.int16),
    )
    brands = Vocabulary()
    worked_start, (worked_with, worked_at) = _partners(spool, collaborations, brands, n)
    columns = CreatorColumns(
        account_start=accounts.start,
        account_platform=accounts.platform,
        account_followers=accounts.followers,
        platform=accounts.main_platform,
        followers=accounts.main_followers,
        tier=standing.tier,
        country=standing.country,
        market=standing.market,
        market_status=standing.market_status,
        language_start=standing.language_start,
        language=standing.language,
        languages_status=standing.languages_status,
        account_kind=kinds.stated,
        account_kind_likely=kinds.likely,
        account_kind_probability=kinds.probability,
        account_kind_people=kinds.people,
        category_start=category_start,
        category=category,
        has_contact=np.diff(offsets(creators.column("contacts"))) > 0,
        last_post_at=_last(known_at, post_start),
        post_start=post_start,
        credibility=audience.credibility,
        credibility_status=np.where(np.isnan(audience.credibility), 0, _DECLARED).astype(np.int8),
        price_start=price_start,
        price_amount=amount,
        price_currency=currency,
        worked_start=worked_start,
        worked_with=worked_with,
        worked_at=worked_at,
        audience_start=audience.arrays.start,
        audience_cell=audience.arrays.cell,
        audience_share=audience.arrays.share,
        audience_sample=audience.arrays.sample,
        audience_status=audience.arrays.status,
        peer_group=peers.group,
        engagement_rate=engagement.rate.astype(np.float32),
        engagement_basis=engagement.basis,
        engagement_posts=engagement.posts,
        engagement_value=engagement.value.astype(np.float32),
        engagement_percentile=engagement.percentile.astype(np.float32),
        engagement_parts=engagement.parts.astype(np.float32),
        engagement_parts_percentile=engagement.parts_percentile.astype(np.float32),
        engagement_trend_days=engagement.trend_days.astype(np.float32),
        engagement_trend_range=engagement.trend_range.astype(np.float32),
        sponsored_share=_share_of_recent(spool.sponsored[order], post_start),
        hidden_likes_share=_share_of_recent(rates.hidden_likes, post_start),
        following_ratio=_ratio(accounts.main_following, accounts.main_followers),
        **_not_judged(n),
        comment_count=comments.count,
        commenter_count=comments.commenters,
        comment_suspicious=comments.quality.suspicious.astype(np.float32),
        comment_empty=comments.quality.empty.astype(np.float32),
        reply_rate=comments.replies.rate.astype(np.float32),
    )
    vocabularies = {
        "platforms": standing.platforms.names(),
        "countries": standing.countries.names(),
        "languages": standing.languages.names(),
        "categories": categories.names(),
        "currencies": currencies.names(),
        "brands": brands.names(),
        "account_kinds": list(KINDS),
        "tiers": list(standing.sizes.names),
        "tier_edges": list(standing.sizes.edges),
        "bases": list(BASES),
        "engagement_parts": list(PARTS),
        "authenticity_parts": list(AUTHENTICITY_PARTS),
        "authenticity_figures": list(AUTHENTICITY_FIGURES),
        "cells": [list(cell) for cell in audience.cells],
    }
    described = _described_peers(peers, engagement.norms, vocabularies)
    strengths = prior_strengths(audience.arrays, prior_group, prior, audience.cells)
    return Profiles(columns, vocabularies, described, prior, prior_group.astype(np.int32), strengths)


def _in_order(growth: PostGrowth, order: NDArray[np.int64]) -> PostGrowth:
    """Growth by spool row in the order of the snapshot."""
    return PostGrowth(growth.half_life_days[order], growth.late_share[order], growth.falling)


def _talk(comments: CommentFigures) -> dict[str, Beside]:
    """The parts of engagement that the comments tell."""
    read, received = comments.quality.judged, comments.count
    return {
        "comment_quality": Beside(comments.quality.quality, read),
        "reply_rate": Beside(comments.replies.rate, received),
        "reply_speed": Beside(-np.log1p(comments.replies.hours), comments.replies.timed),
    }


def _not_judged(n: int) -> dict[str, NDArray[np.float32]]:
    """Authenticity before it is assessed."""
    names = ("authenticity", "authenticity_low", "authenticity_high", "authenticity_weights", "authenticity_figures")
    return {name: np.full(n, np.nan, np.float32) for name in names}


def _partners(
    spool: Spool, collaborations: Iterable[pa.RecordBatch], brands: Vocabulary, n: int
) -> tuple[NDArray[np.int64], tuple[NDArray[Any], ...]]:
    """Brands that each creator has worked with, from sponsored posts and past collaborations, with the last time."""
    last: dict[tuple[int, str], int] = {}

    def take(creator: int, brand: str, at: int) -> None:
        if brand:
            last[creator, brand] = max(at, last.get((creator, brand), NEVER))

    for creator, name, at in spool.partners:
        take(creator, brand_key(name), at)
    for batch in collaborations:
        started = pc.fill_null(pc.divide(batch.column("started_at").cast(pa.int64()), 1_000_000), NEVER)
        names = map(brand_key, batch.column("brand").to_pylist())
        for creator, name, at in zip(batch.column("creator_row").to_pylist(), names, started.to_pylist(), strict=True):
            if creator >= 0:  # not erased
                take(creator, name, at)
    rows = sorted(last)
    owner = [creator for creator, _ in rows]
    codes = brands.encode((name for _, name in rows), np.int32)
    times = np.fromiter((last[row] for row in rows), dtype=np.int64, count=len(rows))
    return grouped(owner, n, codes, times)


def _list_codes(
    column: pa.ChunkedArray, vocabulary: Vocabulary, n: int
) -> tuple[NDArray[np.int64], tuple[NDArray[Any], ...]]:
    """Offsets and codes of a column of lists of names, compared without case."""
    owner, names = flatten(column)
    return grouped(owner, n, vocabulary.encode((name.casefold() for name in names.to_pylist()), np.int32))


def _last(times: NDArray[np.int64], post_start: NDArray[np.int64]) -> NDArray[np.int64]:
    """The latest time of each creator's posts, NEVER without posts."""
    last = np.full(len(post_start) - 1, NEVER)
    filled = np.flatnonzero(np.diff(post_start))
    if len(filled):
        last[filled] = np.maximum.reduceat(times, post_start[:-1][filled])
    return last


def _share_of_recent(flags: NDArray[np.bool_], post_start: NDArray[np.int64]) -> NDArray[np.float32]:
    """The share of flagged posts among each creator's newest RECENT_POSTS, NaN without posts."""
    upto = np.concatenate([[0], np.cumsum(flags)])
    first, end = post_start[:-1], np.minimum(post_start[1:], post_start[:-1] + RECENT_POSTS)
    with np.errstate(invalid="ignore"):
        return np.asarray((upto[end] - upto[first]) / np.where(end > first, end - first, np.nan), dtype=np.float32)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0), dtype=np.float32)


def _name(vocabulary: Vocabulary, code: int) -> Any:
    return vocabulary.names()[code] if code >= 0 else None


def _described_peers(
    peers: PeerGroups, norms: NDArray[np.float64], names: dict[str, list[Any]]
) -> list[dict[str, Any]]:
    """The peer groups in words: platform, tier, market and language (null = any), size, and usual rate by basis."""
    sizes = np.bincount(peers.group, minlength=len(peers.keys))
    lists = (names["platforms"], names["tiers"], names["countries"], names["languages"])
    described = []
    for row, key in enumerate(peers.keys):
        parts = [("unknown" if c == -1 else None if c == MERGED else lists[i][c]) for i, c in enumerate(key)]
        rates = (
            {}
            if row >= len(norms)
            else {basis: float(norms[row, code]) for code, basis in enumerate(BASES) if not np.isnan(norms[row, code])}
        )
        named = dict(zip(("platform", "tier", "market", "language"), parts, strict=True))
        described.append(named | {"creators": int(sizes[row]), "usual": rates})
    return described
