#!/usr/bin/env python3
"""
Is a brief found by its subject, however it is put?

    python benchmarks/wording/run.py [--indexes DIR] [--encoder FOLDER]

The subject of a post stands in its hashtags. Those of topics.tsv are taken out of all posts, the posts are indexed
without them, and every subject is asked for in every frame of frames.tsv, and by itself: good creators are those who
had often set its hashtags. No grade was given by hand. With another encoder, both are asked for the bare subjects, and
the tables are printed only.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from asking import FULL, Asked, all_asked, ask, variants
from common import parser, real_data, reindex, report, scratch
from figures import figures, per_topic, tables_of
from hidden import Grades, hide
from read import BARE, TOPICS, read_frames, read_topics

from matcher.matching import Matcher
from matcher.retrieval.encoders import load_encoder
from matcher.snapshot import SnapshotStore

QUESTION = "Is a brief found by its subject, however it is put?"


def opened(folder: Path, posts: pa.Table, creators: Path, name: str | None) -> Matcher:
    """The posts without the hashtags under an encoder, indexed now unless the folder has them from another time."""
    encoder = load_encoder(name)
    hashtags = xxhash.xxh3_64_hexdigest(TOPICS.read_bytes())
    indexes = folder / f"{encoder.fingerprint[:12]}-{hashtags[:8]}"
    if not SnapshotStore(indexes).ids():
        indexes.mkdir(exist_ok=True)
        table = folder / "posts.parquet"
        pq.write_table(posts, table)
        reindex({"creators": creators, "posts": table}, indexes, *(("--encoder", name) if name else ()))
        table.unlink()
    return Matcher.open(indexes, encoder=encoder)


def compared(matchers: Mapping[str, Matcher], asked: Sequence[Asked], grades: Mapping[str, Grades]) -> None:
    """Print how the first encoder does beside the others."""
    systems = {name: ask(matcher, asked, grades) for name, matcher in matchers.items()}
    for table in tables_of(figures(systems, asked)):
        print(table.markdown(), end="\n\n")


def evaluated(matcher: Matcher, asked: Sequence[Asked], grades: Mapping[str, Grades], out: Path) -> None:
    """Write how the engine does, as it is and with parts taken out."""
    systems = dict(variants(matcher, asked, grades))
    found = figures(systems, asked)
    results = {"topics": len(grades), **found, "per_topic": per_topic(systems[FULL], asked)}
    report(QUESTION, out, results, tables_of(found), matcher.index.manifest)


def main() -> None:
    """Measure and write the results, or compare an encoder."""
    options = parser(__doc__, Path(__file__).parent)
    options.add_argument("--encoder", help="a model folder to compare with the embedded encoder on the bare subjects")
    given = options.parse_args()
    data = real_data() / "real-creators"
    hidden = hide(pq.read_table(data / "posts.parquet"), read_topics())
    topics = [topic for topic in read_topics() if topic.name in hidden.grades]
    frames = [frame for frame in read_frames() if given.encoder is None or frame.use == BARE]
    asked = all_asked(topics, frames)
    with scratch(given.indexes) as folder:
        open_with = partial(opened, folder, hidden.posts, data / "creators.parquet")
        if given.encoder is None:
            evaluated(open_with(None), asked, hidden.grades, given.out)
        else:
            matchers = {FULL: open_with(None), f"with {given.encoder}": open_with(given.encoder)}
            compared(matchers, asked, hidden.grades)


if __name__ == "__main__":
    main()
