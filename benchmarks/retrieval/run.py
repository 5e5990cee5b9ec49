#!/usr/bin/env python3
"""
What does retrieval lose, and what does it cost? On the real vectors, with the judged briefs as queries.

    python benchmarks/retrieval/run.py [--indexes DIR]

Recall and time of the store against an exact scan, without a filter and under filters that leave ever fewer posts;
what int8 takes from a cosine; the time of the lexical arm; what lies on the disk.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import Table, folder_bytes, ms, of_dicts, parser, real_data, real_indexes, report, timed
from loss import int8_loss

from matcher.matching import Matcher
from matcher.matching.candidates import LEXICAL_HITS
from matcher.matching.evaluation import read_briefs
from matcher.matching.query import Query, make_queries
from matcher.retrieval import stores
from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.index import Index
from matcher.retrieval.stores import ExactStore, VectorStore

DEPTHS = (10, 100, 1000)
PROBES = (24, stores.PROBES, 96, 192, 384)
SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
Bitmap = NDArray[np.bool_]


def filters(index: Index, share: float, seed: int = 7) -> Bitmap | None:
    """The posts of random creators, up to a share of all posts: filters are about creators, so posts go in groups."""
    if share == 1.0:
        return None
    sizes = np.diff(index.creators.post_start)
    order = np.random.default_rng(seed).permutation(len(sizes))
    taken = order[np.cumsum(sizes[order]) <= share * sizes.sum()]
    left = np.zeros(len(sizes), dtype=np.bool_)
    left[taken] = True
    return left[index.posts.creator]


def search(store: VectorStore, queries: NDArray[np.float32], allowed: Bitmap | None) -> tuple[list[Any], list[float]]:
    """Rows found for each query, one query at a time, and the seconds of each; the best of two more runs."""
    found, seconds = [], []
    for query in queries:
        found.append(store.search(query[None], max(DEPTHS), allowed)[1][0])
        seconds.append(min(timed(lambda q=query: store.search(q[None], max(DEPTHS), allowed))[0] for _ in range(2)))
    return found, seconds


def recall(found: Sequence[NDArray[np.int64]], truth: Sequence[NDArray[np.int64]], depth: int) -> float:
    """Mean share of the true first `depth` that is among the first `depth` found."""
    each = []
    for rows, true in zip(found, truth, strict=True):
        wanted = true[:depth][true[:depth] >= 0]
        each.append(len(np.intersect1d(rows[:depth], wanted)) / max(1, len(wanted)))
    return round(float(np.mean(each)), 4)


def dense(index: Index, queries: NDArray[np.float32]) -> list[dict[str, Any]]:
    """Recall and milliseconds of the store as it plans, and of IVF where the planner would scan, per filter."""
    rows = []
    for share in SHARES:
        allowed = filters(index, share)
        truth, exact_s = search(ExactStore(index.post_vectors), queries, allowed)
        planned = search(index.post_store, queries, allowed)
        with patch.object(stores, "EXACT_ROWS", 0), patch.object(stores, "EXACT_SHARE", 0.0):
            forced = search(index.post_store, queries, allowed)
        for name, (found, seconds) in (("planned", planned), ("IVF forced", forced), ("exact", (truth, exact_s))):
            recalls = {f"recall@{depth}": recall(found, truth, depth) for depth in DEPTHS}
            rows.append(
                {"share": share, "search": name, **recalls, "p50_ms": ms(seconds, 0.5), "p99_ms": ms(seconds, 0.99)}
            )
    return rows


def probes(index: Index, queries: NDArray[np.float32]) -> list[dict[str, Any]]:
    """Recall and milliseconds without a filter, for several numbers of lists looked at."""
    truth, _ = search(ExactStore(index.post_vectors), queries, None)
    rows = []
    for count in PROBES:
        with patch.object(stores, "PROBES", count):
            found, seconds = search(index.post_store, queries, None)
        recalls = {f"recall@{depth}": recall(found, truth, depth) for depth in DEPTHS}
        rows.append({"probes": count, **recalls, "p50_ms": ms(seconds, 0.5), "p99_ms": ms(seconds, 0.99)})
    return rows


def lexical(index: Index, queries: Sequence[Query], rounds: int = 5) -> dict[str, Any]:
    """Milliseconds of the lexical arm, and of a phrase filter."""
    search = [timed(lambda q=q: index.lexical.search(q.tokens, LEXICAL_HITS))[0] for q in queries * rounds]
    phrase = [timed(lambda q=q: index.lexical.containing(q.tokens[:2]))[0] for q in queries * rounds]
    words = [len(query.tokens) for query in queries]
    return {
        "documents": len(index.lexical), "tokens_per_brief": float(np.median(words)),
        "search_p50_ms": ms(search, 0.5), "search_p99_ms": ms(search, 0.99),
        "phrase_p50_ms": ms(phrase, 0.5), "phrase_p99_ms": ms(phrase, 0.99),
    }  # fmt: skip


def on_disk(folder: Path) -> dict[str, int]:
    """Bytes of each part of a snapshot, vectors file by file."""
    parts = {
        p.name: folder_bytes(p) if p.is_dir() else p.stat().st_size for p in folder.iterdir() if p.name != "vectors"
    }
    parts |= {f"vectors/{path.name}": path.stat().st_size for path in (folder / "vectors").iterdir()}
    return dict(sorted(parts.items(), key=lambda part: -part[1])) | {"all": folder_bytes(folder)}


def main() -> None:
    """Measure and write the results."""
    given = parser(__doc__, Path(__file__).parent).parse_args()
    briefs = read_briefs(real_data() / "judged-briefs" / "briefs.jsonl")
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes)
        index, encoder = matcher.index, load_encoder(matcher.index.manifest.settings.get("encoder"))
        queries = make_queries(briefs, encoder)
        vectors = np.concatenate([query.vectors for query in queries])
        results = {
            "dense": dense(index, vectors),
            "probes": probes(index, vectors),
            "int8_loss": int8_loss(index, encoder, np.stack([query.vectors[0] for query in queries])),
            "lexical": lexical(index, queries),
            "bytes": on_disk(index.folder),
        }
        tables = [
            of_dicts("Posts: store against exact scan, by the share of posts that a filter leaves", results["dense"]),
            of_dicts("Posts: lists looked at, no filter", results["probes"]),
            Table("int8 against float32", ("figure", "value"), list(results["int8_loss"].items())),
            Table("Lexical arm", ("figure", "value"), list(results["lexical"].items())),
            Table("On disk", ("part", "bytes"), list(results["bytes"].items())),
        ]
        report("What does retrieval lose, and what does it cost?", given.out, results, tables, index.manifest)


if __name__ == "__main__":
    main()
