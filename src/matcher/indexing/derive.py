"""
What is derived from a post's text: language, tokens, vector, whether it discloses a sponsor.

All of it depends on nothing but the content, so a content that the snapshot before knows is never worked on again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.indexing.content import content_hashes
from matcher.indexing.previous import Previous
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.vectors import quantise
from matcher.text import (
    clean,
    detect_languages,
    discloses,
    embedding_texts,
    normalise_language,
    resolve_chinese,
    tokens,
)

MAX_TAGS = 30
"""Given hashtags of one post that become tokens; more is tag spam."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived from n posts."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    language: NDArray[np.object_]
    language_confidence: NDArray[np.float32]
    discloses: NDArray[np.bool_]
    tokens: pa.LargeStringArray
    """The tokens joined by spaces."""


def derive(
    texts: pa.Array, tags: pa.Array, stated: pa.Array, encoder: Encoder, previous: Previous | None
) -> tuple[NDArray[np.uint64], Derived, int]:
    """
    Derive from n posts' texts, given hashtags (lists) and stated languages; known contents are taken over.

    Returns the content hashes uint64 [n, 2], what is derived, and how many contents were new.
    """
    content = content_hashes(texts, tags, stated)
    known = previous.posts.rows(content) if previous else np.full(len(texts), -1, dtype=np.int64)
    new, old = np.flatnonzero(known < 0), np.flatnonzero(known >= 0)
    rows = pa.array(new)
    worked_out = _worked_out(
        clean(texts.take(rows).to_pylist()),
        [own or [] for own in tags.take(rows).to_pylist()],
        stated.take(rows).to_pylist(),
        encoder,
    )
    if not previous or not len(old):
        return content, worked_out, len(new)
    back = np.argsort(np.concatenate([new, old]))
    return content, _joined(worked_out, _taken_over(known[old], previous), back), len(new)


def _worked_out(cleaned: list[str], tags: list[Sequence[str]], stated: list[str | None], encoder: Encoder) -> Derived:
    """Of posts that are new; the encoder works beside the rest, it mostly runs outside of Python."""
    with ThreadPoolExecutor(1) as beside:
        vectors = beside.submit(encoder.encode, embedding_texts(cleaned, tags))
        language, confidence = _languages(cleaned, stated)
        tagged = [
            f"{text} {' '.join(f'#{tag}' for tag in own[:MAX_TAGS])}" for text, own in zip(cleaned, tags, strict=True)
        ]
        words = pa.array((" ".join(found) for found in tokens(tagged)), pa.large_string())
        disclosing = discloses(cleaned)
        codes, scales = quantise(vectors.result())
    return Derived(codes, scales, language, confidence, disclosing, words)


def _taken_over(known: NDArray[np.int64], previous: Previous) -> Derived:
    """Of posts whose contents stand in the rows `known` of the snapshot before."""
    index = previous.index
    return Derived(
        codes=index.post_vectors.codes[known],
        scales=index.post_vectors.scales[known],
        language=previous.languages[index.posts.language[known]],
        language_confidence=index.posts.language_confidence[known],
        discloses=index.posts.discloses[known],
        tokens=previous.tokens.take(pa.array(known)),
    )


def _joined(first: Derived, second: Derived, order: NDArray[np.int64]) -> Derived:
    """The rows of both, one after the other, in this order."""
    both = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])[order]
        for name in ("codes", "scales", "language", "language_confidence", "discloses")
    }
    return Derived(**both, tokens=pa.concat_arrays([first.tokens, second.tokens]).take(pa.array(order)))


def _languages(cleaned: list[str], stated: list[str | None]) -> tuple[NDArray[np.object_], NDArray[np.float32]]:
    """The stated language where there is one, else the detected one, with a confidence."""
    found, confidence = detect_languages(cleaned)
    for i, code in enumerate(stated):
        if code and (name := normalise_language(code)):
            found[i], confidence[i] = (resolve_chinese(name, cleaned[i]) if name == "zh" else name), 1.0
    return np.array([*found, None], dtype=object)[:-1], confidence
