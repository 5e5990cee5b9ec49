"""Forecasts of a snapshot as records: read off its columns, with words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matcher.errors import BriefError
from matcher.records.forecast import CreatorForecasts, ExpectedCount, Forecast, Forecasts
from matcher.records.said import SENTENCES, Said, listed, say, say_n
from matcher.retrieval.index import Index
from matcher.snapshot import read_columns

_LIKENESS = {
    1: say("platform"),
    2: say("platform and format"),
    3: say("platform, format and size"),
    4: say("platform, format, size and market"),
    5: say("platform, format, size, market and language"),
}
"""What peers share, by how many parts of their key."""


def creators_forecasts(index: Index, creator_ids: Sequence[str]) -> Forecasts:
    """The forecasts of creators; raises UnknownCreator for one that the snapshot does not hold."""
    if not creator_ids:
        raise BriefError(say("forecast needs at least one creator_id"))
    rows = [index.creator_row(creator_id) for creator_id in creator_ids]
    [names] = read_columns(index.creator_table, rows, ("display_name",))
    entries = tuple(
        CreatorForecasts(creator_id, name, forecasts_of(index, row))
        for creator_id, name, row in zip(creator_ids, names, rows, strict=True)
    )
    return Forecasts(index.manifest.snapshot_id, entries)


def forecasts_of(index: Index, row: int) -> tuple[Forecast, ...]:
    """The forecasts of one creator row: the slots with most posts first, ties by platform and format."""
    columns, names = index.forecasts, index.vocabularies
    slots = range(int(columns.start[row]), int(columns.start[row + 1]))
    ordered = sorted(slots, key=lambda slot: (-int(columns.posts[slot].max()), slot))
    return tuple(
        Forecast(
            platform=names.name("platforms", int(columns.platform[slot])),
            format=names.name("formats", int(columns.format[slot])),
            views=_count(index, slot, 0),
            engagements=_count(index, slot, 1),
        )
        for slot in ordered
    )


def _count(index: Index, slot: int, target: int) -> ExpectedCount | None:
    columns = index.forecasts
    low, expected, high = columns.counts[slot, target].tolist()
    if math.isnan(expected):
        return None
    posts, peers = int(columns.posts[slot, target]), int(columns.peers[slot, target])
    return ExpectedCount(
        expected=round(expected),
        interval=(math.floor(low), math.ceil(high)),
        status="estimated" if posts else "absent",
        posts=posts,
        peers=peers,
        note=_note(posts, peers, int(columns.peers_depth[slot, target]), bool(columns.learned[slot, target])),
    )


def _note(posts: int, peers: int, depth: int, learned: bool) -> Said:
    like = say_n(
        "{n:,} creator of the same {likeness}",
        "{n:,} creators of the same {likeness}",
        peers,
        likeness=_LIKENESS[depth],
    )
    if not posts:
        rests = say("No settled post with this count: what is usual for {like} is taken.", like=like)
    elif learned:
        return say_n(
            "From {n} settled post, beside {like}.", "From {n} settled posts, beside {like}.", posts, like=like
        )
    else:
        rests = say_n("The count of {n} settled post.", "The median of {n} settled posts.", posts)
    few = say("Too few creators here to learn from: the interval is what is usual on such platforms.")
    return rests if learned else listed((rests, few), SENTENCES)
