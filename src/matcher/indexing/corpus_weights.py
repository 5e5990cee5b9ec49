"""
Token weights of a platform's own posts, learnt at reindex and kept in the snapshot.

    token_weights.npy    float32 [V]
    token_weights.json   the encoder that they belong to, and how many posts there were when they were learnt

Other weights are another encoder, and every post is embedded again. So weights stay until the number of posts has
doubled or halved since they were learnt, the encoder is another one, a creator was erased, or everything is embedded
again anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.indexing.content import content_hashes
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.encoders.weights import static, token_weights
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore, save_array, write_json
from matcher.text import clean, embedding_texts

SAMPLE = 30_000
"""Posts that weights are learnt from: those with the smallest hashes, so the order of the tables does not matter."""
GROWTH = 2.0
"""Weights are learnt again once there are so many times more, or fewer, posts than when they were."""


@dataclass(frozen=True, slots=True)
class CorpusWeights:
    """Weights [V] of an encoder's tokens."""

    values: NDArray[np.float32]
    encoder: str
    """Fingerprint of the encoder, before the weights."""
    posts: int | None
    """Posts of the snapshot that they were learnt for; None until it is counted."""

    def save(self, folder: Path, posts: int) -> None:
        """Write both files into a snapshot that has so many posts."""
        save_array(folder / "token_weights.npy", self.values)
        write_json(folder / "token_weights.json", {"encoder": self.encoder, "posts": self.posts or posts})


def known_weights(store: SnapshotStore, encoder: Encoder) -> CorpusWeights | None:
    """The weights of the current snapshot, where they still stand (see above)."""
    try:
        index = Index.open(store.folder())
        values, about = index.token_weights, index.token_weights_about
    except MatcherError:
        return None
    if values is None or about["encoder"] != encoder.fingerprint:
        return None
    now = index.manifest.counts["posts"]
    if not about["posts"] / GROWTH < now < about["posts"] * GROWTH:
        return None
    return CorpusWeights(np.array(values), about["encoder"], about["posts"])


def learn_weights(encoder: Encoder, batches: Iterable[pa.RecordBatch]) -> CorpusWeights:
    """Learn from a sample of posts, batches of `text` and `hashtags`; raises InputError for a model of sentences."""
    table = static(encoder)
    sample = _sample(batches)
    texts = embedding_texts(clean([text for text, _ in sample]), [tags for _, tags in sample])
    return CorpusWeights(token_weights(table.posts_with_token(texts), len(texts)), encoder.fingerprint, None)


def _sample(batches: Iterable[pa.RecordBatch]) -> list[tuple[str, list[str]]]:
    """Texts and given hashtags of the SAMPLE posts whose content has the smallest hashes, each content once."""
    kept: dict[int, tuple[str, list[str]]] = {}
    limit = 1 << 64
    for batch in batches:
        texts = batch.column("text").to_pylist()
        tags = [own or [] for own in batch.column("hashtags").to_pylist()]
        hashes = content_hashes(batch.column("text"), batch.column("hashtags"))[:, 0].tolist()
        new = zip(hashes, texts, tags, strict=True)
        kept |= {number: (text or "", own) for number, text, own in new if number < limit}
        if len(kept) > 2 * SAMPLE:
            kept = _smallest(kept)
            limit = max(kept)
    return list(_smallest(kept).values())


def _smallest(kept: dict[int, tuple[str, list[str]]]) -> dict[int, tuple[str, list[str]]]:
    return {number: kept[number] for number in sorted(kept)[:SAMPLE]}
