"""Every creator judged: the parts that its tables allow, put together, and written into the columns."""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.authenticity.followers import Followers
from matcher.indexing.authenticity.people import People
from matcher.indexing.authenticity.surroundings import surroundings
from matcher.indexing.comments import CommentFigures, Comments
from matcher.indexing.spool import Spool
from matcher.signals.authenticity import evidence as parts
from matcher.signals.authenticity.drip import drips
from matcher.signals.authenticity.evidence import Evidence
from matcher.signals.authenticity.fakes import fake_shares
from matcher.signals.authenticity.jumps import jumps
from matcher.signals.authenticity.lockstep import lockstep
from matcher.signals.authenticity.pods import reciprocal_partners, writers
from matcher.signals.authenticity.probability import authenticity
from matcher.signals.comments.quality import CommentQuality
from matcher.signals.engagement import PARTS as ENGAGEMENT_PARTS
from matcher.signals.engagement import settled_posts
from matcher.signals.peers import group_medians
from matcher.snapshot import STATUSES, CreatorColumns

_TALK = ENGAGEMENT_PARTS.index("comments_per_like")
NOBODY = np.uint64(0)
Floats = NDArray[np.float64]


def assess(
    columns: CreatorColumns,
    creators: pa.Table,
    spool: Spool,
    comments: Comments,
    said: CommentFigures,
    followers: Followers | None,
    people: People | None,
    as_of_s: int,
) -> CreatorColumns:
    """The columns with those of authenticity filled in; tables that were not given leave their parts unknown."""
    n = len(columns)
    found = Evidence.nothing(n)
    group = columns.peer_group.astype(np.int64)
    size = np.asarray(columns.followers, dtype=np.float64)
    parts.add_engagement(
        found, columns.engagement_rate.astype(np.float64), columns.engagement_basis.astype(np.int64),
        columns.engagement_parts[:, _TALK].astype(np.float64), columns.engagement_posts.astype(np.int64), group,
    )  # fmt: skip
    parts.add_reach(found, *_reach(spool, size, as_of_s), group)
    parts.add_following(found, columns.following_ratio.astype(np.float64) * size, size, group)
    if len(comments):
        _people(found, comments, n)
        _words(found, said.quality, group)
    if followers is not None and len(followers.weeks.rows):
        rows = followers.weeks.rows
        posts = surroundings(spool, creators, rows, size, as_of_s)
        jump = jumps(followers.weeks, posts)
        parts.add_history(found, rows, jump, drips(followers.weeks, posts))
    credibility, status = columns.credibility, columns.credibility_status
    if people is not None:
        shares = fake_shares(people.creator, people.profiles, n)
        parts.add_fakes(found, shares)
        from_profiles = np.isnan(credibility) & ~np.isnan(shares.share)
        credibility = np.where(from_profiles, 1.0 - shares.share, credibility).astype(np.float32)
        status = np.where(from_profiles, STATUSES.index("estimated"), status).astype(np.int8)
    judged = authenticity(found.parts)
    return dataclasses.replace(
        columns,
        credibility=credibility,
        credibility_status=status,
        authenticity=judged.value.astype(np.float32),
        authenticity_low=judged.low.astype(np.float32),
        authenticity_high=judged.high.astype(np.float32),
        authenticity_weights=judged.weights.astype(np.float32),
        authenticity_figures=found.figures.astype(np.float32),
    )


def _reach(spool: Spool, followers: Floats, as_of_s: int) -> tuple[Floats, NDArray[np.int64]]:
    """Median log views per follower of the settled posts of each creator, and how many posts that are."""
    n, creator = len(followers), spool.creator.astype(np.int64)
    young = ~settled_posts(spool.published_at, spool.observed_at, as_of_s)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.log(spool.counts["views"] / followers[creator])
    reach[young | ~np.isfinite(reach)] = np.nan
    return group_medians(reach, creator, n), np.bincount(creator[~np.isnan(reach)], minlength=n)


def _people(found: Evidence, comments: Comments, n: int) -> None:
    """Who comments together, everywhere, or in turn."""
    creator, author = comments.creator.astype(np.int64), comments.author
    others = ~comments.own & (author != NOBODY)
    writer = writers(creator, author, comments.own, comments.author_creator.astype(np.int64))
    parts.add_people(
        found,
        lockstep(creator[others], comments.post[others], author[others], n, comments.key[others]),
        reciprocal_partners(creator, writer, n),
    )


def _words(found: Evidence, quality: CommentQuality, group: NDArray[np.int64]) -> None:
    """Comments that say nothing, spam and copies, where enough were judged."""
    poor = np.nan_to_num(np.minimum(quality.suspicious + quality.empty, 1.0)) * quality.judged
    judged = np.where(np.isnan(quality.suspicious), 0, quality.judged)
    parts.add_comments(found, judged, np.round(poor).astype(np.int64), group)
