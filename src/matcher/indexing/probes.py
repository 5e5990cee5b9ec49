"""Probes: the new snapshot is opened and asked before it is published."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.errors import ProbeFailed
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.index import Index
from matcher.text import clean, embedding_texts

PROBES = 25
LONGEST_WORD = 1_000
SAME_TEXT = 0.95
"""int8 codes and the batches of a large model cost under 0.01 of a cosine."""


def probe(folder: Path, encoder: Encoder, seed: int = 7) -> None:
    """
    Open a snapshot folder and check that it answers; raises ProbeFailed with what went wrong.

    The counts of all parts agree; sampled posts find themselves by their vectors and by their words, and the encoder
    still gives their texts the stored vectors.
    """
    index = Index.open(folder)
    counts = index.manifest.counts
    parts = {
        "creators": (
            len(index.creators),
            index.creator_table.num_rows,
            len(index.creator_vectors),
            len(index.bio_vectors),
            len(index.commenter_sketches[0]) - 1,
        ),
        "posts": (len(index.posts), index.post_table.num_rows, len(index.post_vectors)),
    }
    for name, sizes in parts.items():
        if set(sizes) != {counts[name]}:
            raise ProbeFailed(
                f"the parts of the snapshot disagree on the number of {name}: {sizes}, {counts[name]} expected"
            )
    if not len(index.posts):
        return
    rng = np.random.default_rng(seed)
    embedded = np.flatnonzero(np.asarray(index.post_vectors.scales) > 0)
    if not len(embedded):  # nothing that the encoder can read: there are no vectors to ask for
        return
    rows = np.sort(rng.choice(embedded, size=min(PROBES, len(embedded)), replace=False))
    _finds_itself(index, rows)
    _words_answer(index, rows)
    _text_answers(index, rows, encoder)


def _finds_itself(index: Index, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    vectors = index.post_vectors.gather(rows)
    similarities, _ = index.post_store.search(vectors, 1)
    for row, own, best in zip(rows, np.einsum("ij,ij->i", vectors, vectors), similarities[:, 0], strict=True):
        if best < own - 1e-3:
            raise ProbeFailed(f"post row {row} does not find itself: best similarity {best:.3f}, its own {own:.3f}")


def _words_answer(index: Index, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    from matcher.snapshot import load_table

    token_column = load_table(index.folder / "tokens.arrow").column("tokens")
    for row in rows:
        words = token_column[int(row)].as_py().split()[:3]
        if max(map(len, words), default=0) > LONGEST_WORD:  # tantivy leaves out a word of 64 KB
            continue
        if words and row not in index.lexical.containing(words):
            raise ProbeFailed(f"the words of post row {row} ({' '.join(words)!r}) do not find it")


def _text_answers(index: Index, rows: np.ndarray[tuple[int], np.dtype[np.int64]], encoder: Encoder) -> None:
    """What was embedded has the same vector when it is embedded again."""
    posts = index.post_table.take(rows)
    tags = [own or [] for own in posts.column("hashtags").to_pylist()]
    fresh = encoder.encode(embedding_texts(clean(posts.column("text").to_pylist()), tags))
    agreement = np.einsum("ij,ij->i", fresh, index.post_vectors.gather(rows))
    worst = int(np.argmin(agreement))
    if agreement[worst] < SAME_TEXT:
        raise ProbeFailed(
            f"stored vectors do not match encoder {encoder.name!r}: post row {rows[worst]} has similarity "
            f"{agreement[worst]:.2f} with itself, {SAME_TEXT} or more expected; run the reindex again with --full"
        )
