"""The making of a world: cast everybody, then write creators and their posts batch by batch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from matcher.demo.arrays import stream
from matcher.demo.captions import Captions
from matcher.demo.cast import Cast, make_cast
from matcher.demo.comments import comments_table
from matcher.demo.creators import creators_table
from matcher.demo.deals import collaborations_table
from matcher.demo.feed import make_feed
from matcher.demo.lexicon import lexicon
from matcher.demo.norms import make_counts
from matcher.demo.posts import posts_table
from matcher.demo.readings import follower_history_table, post_metrics_table
from matcher.demo.sinks import Sinks
from matcher.demo.truth import truth_lines
from matcher.demo.world import TABLES, Format, World
from matcher.errors import InputError

CREATORS_AT_ONCE, POSTS_AT_ONCE = 20_000, 100_000


def write_tables(
    folder: Path,
    creators: int,
    posts_per_creator: float,
    seed: int,
    format: Format,
    on_rows: Callable[[int], None] | None,
) -> World:
    """Write every table and the truth; see `write_world`."""
    if creators < 1 or posts_per_creator < 0:
        raise InputError(
            f"A demo world needs creators >= 1 and posts_per_creator >= 0, not {creators} and {posts_per_creator}."
        )
    folder.mkdir(parents=True, exist_ok=True)
    cast = make_cast(seed, creators, round(creators * posts_per_creator))
    with Sinks(folder, TABLES, format) as sinks:
        for start in range(0, creators, CREATORS_AT_ONCE):
            stop = min(start + CREATORS_AT_ONCE, creators)
            sinks.write("creators", creators_table(seed, cast, lexicon(), start, stop))
            sinks.write("follower_history", follower_history_table(seed, cast, start, stop))
            sinks.write("collaborations", collaborations_table(seed, cast, start, stop))
        _write_posts(sinks, cast, seed, on_rows)
    world = World(folder, seed, format, dict(sinks.rows))
    with world.truth.open("w", encoding="utf-8") as file:
        file.writelines(truth_lines(cast))
    return world


def _write_posts(sinks: Sinks, cast: Cast, seed: int, on_rows: Callable[[int], None] | None) -> None:
    captions, written = Captions(lexicon()), 0
    for start, stop in _stretches(cast):
        rng = stream(seed, 5, start)
        feed = make_feed(rng, cast, start, stop, written)
        brought = make_counts(rng, cast, feed)
        sinks.write("posts", posts_table(rng, cast, feed, captions, brought))
        sinks.write("post_metrics", post_metrics_table(rng, feed, brought))
        first_comment = sinks.rows["comments"]
        sinks.write("comments", comments_table(rng, cast, feed, lexicon(), captions.strings, brought, first_comment))
        written += len(feed)
        if on_rows:
            on_rows(len(feed))


def _stretches(cast: Cast) -> Iterator[tuple[int, int]]:
    """Stretches of creators with about `POSTS_AT_ONCE` posts each."""
    ends = np.cumsum(cast.post_counts)
    start = 0
    while start < len(cast):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + POSTS_AT_ONCE, side="right")))
        yield start, stop
        start = stop
