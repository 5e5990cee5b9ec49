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

    content: NDArray[np.uint64]
    """uint64 [n, 2]: hash of all that decides the rest."""
    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    language: NDArray[np.object_]
    language_confidence: NDArray[np.float32]
    discloses: NDArray[np.bool_]
    tokens: NDArray[np.object_]
    """Text: the tokens joined by spaces."""
    embedded: int
    """How many contents were new."""


def derive(
    texts: Sequence[str | None],
    tags: Sequence[Sequence[str]],
    stated: Sequence[str | None],
    encoder: Encoder,
    previous: Previous | None,
) -> Derived:
    """Derive from n posts' texts, given hashtags and stated languages; known contents are taken over."""
    n = len(texts)
    content = content_hashes(texts, tags, stated)
    known = previous.posts.rows(content) if previous else np.full(n, -1, dtype=np.int64)
    new, old = np.flatnonzero(known < 0), np.flatnonzero(known >= 0)
    derived = Derived(
        content=content,
        codes=np.zeros((n, encoder.dimensions), np.int8),
        scales=np.zeros(n, np.float32),
        language=np.full(n, None, dtype=object),
        language_confidence=np.zeros(n, np.float32),
        discloses=np.zeros(n, np.bool_),
        tokens=np.full(n, "", dtype=object),
        embedded=len(new),
    )
    if len(new):
        cleaned = clean([texts[i] or "" for i in new.tolist()])
        _work_out(derived, new, cleaned, [tags[i] for i in new.tolist()], [stated[i] for i in new.tolist()], encoder)
    if previous and len(old):
        _take_over(derived, old, known[old], previous)
    return derived


def _work_out(
    derived: Derived,
    rows: NDArray[np.int64],
    cleaned: list[str],
    tags: list[Sequence[str]],
    stated: list[str | None],
    encoder: Encoder,
) -> None:
    """Fill in rows whose content is new; the encoder works beside the rest, it mostly runs outside of Python."""
    with ThreadPoolExecutor(1) as beside:
        vectors = beside.submit(encoder.encode, embedding_texts(cleaned, tags))
        derived.language[rows], derived.language_confidence[rows] = _languages(cleaned, stated)
        tagged = [
            f"{text} {' '.join(f'#{tag}' for tag in own[:MAX_TAGS])}" for text, own in zip(cleaned, tags, strict=True)
        ]
        derived.tokens[rows] = [" ".join(words) for words in tokens(tagged)]
        derived.discloses[rows] = discloses(cleaned)
        derived.codes[rows], derived.scales[rows] = quantise(vectors.result())


def _take_over(derived: Derived, rows: NDArray[np.int64], known: NDArray[np.int64], previous: Previous) -> None:
    """Fill in rows whose content stands in row `known` of the snapshot before."""
    index = previous.index
    derived.codes[rows] = index.post_vectors.codes[known]
    derived.scales[rows] = index.post_vectors.scales[known]
    derived.language[rows] = previous.languages[index.posts.language[known]]
    derived.language_confidence[rows] = index.posts.language_confidence[known]
    derived.discloses[rows] = index.posts.discloses[known]
    derived.tokens[rows] = previous.tokens.take(pa.array(known)).to_pylist()


def _languages(cleaned: list[str], stated: list[str | None]) -> tuple[NDArray[np.object_], NDArray[np.float32]]:
    """The stated language where there is one, else the detected one, with a confidence."""
    found, confidence = detect_languages(cleaned)
    for i, code in enumerate(stated):
        if code and (name := normalise_language(code)):
            found[i], confidence[i] = (resolve_chinese(name, cleaned[i]) if name == "zh" else name), 1.0
    return np.array([*found, None], dtype=object)[:-1], confidence
