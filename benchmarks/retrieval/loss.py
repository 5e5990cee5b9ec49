"""What storing a vector as int8 takes from its cosines: posts encoded again, against the table of the snapshot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.encoders import Encoder
from matcher.retrieval.index import Index
from matcher.text import clean, embedding_texts

POSTS = 20_000
_BATCH = 5_000


def int8_loss(index: Index, encoder: Encoder, queries: NDArray[np.float32], seed: int = 7) -> dict[str, float]:
    """Absolute errors of the cosine of posts with queries [m, d]."""
    size = min(POSTS, len(index.posts))
    rows = np.sort(np.random.default_rng(seed).choice(len(index.posts), size, replace=False))
    exact = np.concatenate(
        [encoded(index, encoder, rows[at : at + _BATCH]) @ queries.T for at in range(0, size, _BATCH)]
    )
    error = np.abs(index.post_vectors.similarities(queries, rows) - exact)
    return {
        "posts": size,
        "cosines": error.size,
        "mean_error": float(f"{error.mean():.3g}"),
        "p99_error": float(f"{np.quantile(error, 0.99):.3g}"),
        "max_error": float(f"{error.max():.3g}"),
        "bytes_per_post_int8": index.post_vectors.dimensions + 4,
        "bytes_per_post_float32": 4 * index.post_vectors.dimensions,
    }


def encoded(index: Index, encoder: Encoder, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Posts by row, encoded as a reindex does: float32 [n, d]."""
    import pyarrow as pa

    posts = index.post_table.select(["text", "hashtags"]).take(pa.array(rows.tolist(), pa.int64()))
    texts = clean([text or "" for text in posts.column("text").to_pylist()])
    return encoder.encode(embedding_texts(texts, [tags or [] for tags in posts.column("hashtags").to_pylist()]))
