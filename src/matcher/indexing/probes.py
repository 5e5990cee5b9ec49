"""Probes: the new snapshot is opened and asked before it is published."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.errors import ProbeFailed
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.index import Index
from matcher.text import clean, embedding_texts

PROBES = 25


def probe(folder: Path, encoder: Encoder, seed: int = 7) -> None:
    """
    Open a snapshot folder and check that it answers; raises ProbeFailed with what went wrong.

    The counts of all parts agree; sampled posts find themselves by their vectors, by the encoder's fresh vector of
    their text, and by their words.
    """
    index = Index.open(folder)
    counts = index.manifest.counts
    parts = {
        "creators": (
            len(index.creators),
            index.creator_table.num_rows,
            len(index.creator_vectors),
            len(index.bio_vectors),
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
        words = token_column[int(row)].as_py().split()
        if words and not len(index.lexical.search(words, 10)[0]):
            raise ProbeFailed(f"the words of post row {row} find nothing in the lexical index")


def _text_answers(index: Index, rows: np.ndarray[tuple[int], np.dtype[np.int64]], encoder: Encoder) -> None:
    """A text without given hashtags has the same vector when it is embedded again."""
    texts = [index.post_table.column("text")[int(row)].as_py() for row in rows]
    fresh = encoder.encode(embedding_texts(clean(texts), None))
    stored = index.post_vectors.gather(rows)
    agreement = np.median(np.einsum("ij,ij->i", fresh, stored))
    if agreement < 0.5:
        raise ProbeFailed(
            f"stored vectors do not match encoder {encoder.name!r}: median similarity of a post with itself "
            f"{agreement:.2f}; run the reindex again with --full"
        )
