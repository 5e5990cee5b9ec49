"""From scores to what a person reads: contributions, evidence posts, cautions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.matching.caution_posts import with_posts
from matcher.matching.scoring import DECIMALS, Scored
from matcher.records import Caution, Conditions, Contribution, Entry, Evidence
from matcher.records.shortlist import Status
from matcher.retrieval.filters import counted_accounts
from matcher.retrieval.index import Index
from matcher.signals.cautions import cautions
from matcher.signals.opinion import Opinion
from matcher.snapshot import STATUSES, read_columns, spans

EVIDENCE_POSTS = 3
EVIDENCE_CHARACTERS = 280
_NOT_WORDS = re.compile(r"[#＃@＠]\S+|https?://\S+")
WORTH_SHOWING = 1.0
"""A post beside the best one is evidence when it stands so many deviations above the background."""


def entries(index: Index, scored: Scored, positions: Sequence[int], wanted: Conditions) -> tuple[Entry, ...]:
    """The lines of a shortlist for positions in a scored set, ranked in the order given; `wanted` was asked for."""
    rows = [int(scored.rows[at]) for at in positions]
    return tuple(
        Entry(
            rank=rank,
            score=total(parts),
            contributions=parts,
            evidence=posts,
            cautions=warned,
            languages=tuple(index.languages(row)),
            **who,
        )
        for rank, (parts, posts, warned, row, who) in enumerate(
            zip(
                contributions(scored, positions),
                evidence(index, scored, positions),
                cautions_of(index, rows),
                rows,
                profiles(index, rows, wanted),
                strict=True,
            ),
            1,
        )
    )


def contributions(scored: Scored, positions: Sequence[int]) -> list[tuple[Contribution, ...]]:
    """For each position what every signal adds to the score of the creator there."""
    at = np.asarray(positions, dtype=np.int64)
    return list(zip(*(_contributions(scored, opinion, at) for opinion in scored.opinions), strict=True))


def _contributions(scored: Scored, opinion: Opinion, at: NDArray[np.int64]) -> list[Contribution]:
    weight, values = scored.weights[opinion.signal], opinion.value[at]
    return [
        Contribution(
            opinion.signal, value, weight, contribution, percentile, _status(status), opinion.note(i), between, figures
        )
        for i, value, contribution, percentile, status, between, figures in zip(
            at.tolist(),
            values.tolist(),
            np.round(weight * values, 12).tolist(),
            np.round(scored.percentiles[opinion.signal][at], 4).tolist(),
            opinion.status[at].tolist(),
            _intervals(opinion, at),
            _figures(opinion, at),
            strict=True,
        )
    ]


def _intervals(opinion: Opinion, at: NDArray[np.int64]) -> Sequence[tuple[float, float] | None]:
    if opinion.low is None or opinion.high is None:
        return [None] * len(at)
    low, high = (np.round(bound[at], 4).tolist() for bound in (opinion.low, opinion.high))
    return list(zip(low, high, strict=True))


def _figures(opinion: Opinion, at: NDArray[np.int64]) -> Sequence[dict[str, float] | None]:
    if not opinion.figures:
        return [None] * len(at)
    each = {name: np.round(values[at], 4).tolist() for name, values in opinion.figures.items()}
    return [dict(zip(each, row, strict=True)) for row in zip(*each.values(), strict=True)]


def total(parts: tuple[Contribution, ...]) -> float:
    """The score: the sum of the contributions."""
    return round(sum(part.contribution for part in parts), 12)


def evidence(index: Index, scored: Scored, positions: Sequence[int]) -> list[tuple[Evidence, ...]]:
    """
    For each position the posts that speak most for the creator, best first, each text once.

    Posts that say something come before posts of hashtags alone, which a reader cannot judge.
    """
    likely, counts = _likely(scored, np.asarray(positions, dtype=np.int64))
    looked_up = iter(_posts(index, scored, likely))
    found = []
    for count in counts.tolist():
        by_text: dict[str, Evidence] = {}
        for post in islice(looked_up, count):
            by_text.setdefault(post.text, post)
        found.append(tuple(sorted(by_text.values(), key=_wordless))[:EVIDENCE_POSTS])
    return found


def _likely(scored: Scored, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Places of the posts that may be shown, best first: those worth showing, with some to spare for repeats.

    The places lie creator after creator; the second array says how many each has.
    """
    first = scored.posts.start[positions]
    sizes = scored.posts.start[positions + 1] - first
    at, owner = spans(first, sizes), np.repeat(np.arange(len(positions)), sizes)
    strength = scored.posts.z[at, 0]
    best_first = np.lexsort((-strength, owner))
    rank = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    shown = (rank < 2 * EVIDENCE_POSTS) & ((rank == 0) | (strength[best_first] >= WORTH_SHOWING))
    return at[best_first[shown]], np.bincount(owner[shown], minlength=len(positions))


def _posts(index: Index, scored: Scored, at: NDArray[np.int64]) -> list[Evidence]:
    """Posts by their positions among those looked at, read in one go."""
    rows = scored.posts.rows[at]
    ids, texts, urls = read_columns(index.post_table, rows.tolist(), ("post_id", "text", "url"))
    similarities = np.round(scored.posts.cosine[at].astype(np.float64), DECIMALS).tolist()
    languages = index.vocabularies.each("languages", index.posts.language[rows])
    return [
        Evidence(post_id, similarity, _shortened(text or ""), language, url)
        for post_id, similarity, text, language, url in zip(ids, similarities, texts, languages, urls, strict=True)
    ]


def _wordless(post: Evidence) -> bool:
    """Whether nothing but hashtags, mentions, addresses and emoji is left to read."""
    if post.text[:1].isalnum() and not post.text.startswith("http"):
        return False  # begins with a word
    return not any(ch.isalnum() for ch in _NOT_WORDS.sub("", post.text))


def _shortened(text: str) -> str:
    text = " ".join(text[: 2 * EVIDENCE_CHARACTERS].split())
    return text if len(text) <= EVIDENCE_CHARACTERS else f"{text[: EVIDENCE_CHARACTERS - 1]}…"


def cautions_of(index: Index, rows: Sequence[int]) -> list[tuple[Caution, ...]]:
    """For each creator row what to look at before writing to it."""
    at = np.asarray(rows, dtype=np.int64)
    kinds = index.vocabularies.each("account_kinds", index.creators.account_kind_likely[at])
    said = cautions(at, index.creators, index.days_since_post(at), kinds, index.peers)
    return with_posts(index, rows, said)


def profiles(index: Index, rows: Sequence[int], wanted: Conditions | None = None) -> list[dict[str, Any]]:
    """
    For each creator row the fields of an entry that say who it is.

    Of several accounts the one that meets the conditions `wanted` on platform and size is shown, of several such the
    one with most followers: its platform stands first, and the followers are its own.
    """
    columns, names, at = index.creators, index.vocabularies, np.asarray(rows, dtype=np.int64)
    first, sizes = columns.account_start[at], columns.account_start[at + 1] - columns.account_start[at]
    shown = _shown_first(index, spans(first, sizes), np.repeat(np.arange(len(at)), sizes), wanted)
    platforms = names.each("platforms", columns.account_platform[shown])
    followers = columns.account_followers[shown].tolist()
    ends = np.cumsum(sizes)
    return [
        {
            "creator_id": creator_id,
            "display_name": display_name,
            "handle": handle,
            "platforms": tuple(dict.fromkeys(filter(None, platforms[start:end]))),
            "followers": int(followers[start]) if start < end and not isnan(followers[start]) else None,
            "country": country,
        }
        for creator_id, display_name, handle, start, end, country in zip(
            *read_columns(index.creator_table, rows, ("creator_id", "display_name", "handle")),
            (ends - sizes).tolist(),
            ends.tolist(),
            names.each("countries", columns.market[at]),
            strict=True,
        )
    ]


def _shown_first(
    index: Index, accounts: NDArray[np.int64], owner: NDArray[np.int64], wanted: Conditions | None
) -> NDArray[np.int64]:
    """Accounts of several owners, in the owners' order: of each the largest that counts first, then the others."""
    if np.all(np.diff(owner) > 0):  # one each
        return accounts
    sizes = np.nan_to_num(index.creators.account_followers[accounts], nan=-1.0)
    aside = ~counted_accounts(index, wanted)[accounts] if wanted else np.zeros(len(accounts), np.bool_)
    order = np.lexsort((accounts, -sizes, aside, owner))
    best = np.zeros(len(accounts), np.bool_)
    best[order[np.diff(owner[order], prepend=-1) > 0]] = True
    return accounts[np.lexsort((accounts, ~best, owner))]


def _status(code: int) -> Status:
    return STATUSES[code]  # type: ignore[return-value]
