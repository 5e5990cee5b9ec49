"""
A table without a gradient step: each token is the mean of what the teacher says about the texts that hold it.

Frequent tokens are shrunk by smooth inverse frequency (Arora, Liang and Ma, 2017), and English words lean towards the
teacher's own vector of the word.
"""

from typing import Any

import numpy as np
from scipy import sparse

from matcher.training.corpus import Floats, Integers, TrainingSet
from matcher.training.vocabulary import START

SIF = 1e-3
FIXED_ROWS = 257
"""`<unk>` and the bytes, which stay zero."""


def project(vectors: Floats, dimensions: int) -> tuple[Floats, Floats]:
    """
    Reduce teacher vectors [n, d] by SVD without centring, largest directions first.

    Returns unit rows [n, dimensions] and the basis [d, dimensions].
    """
    gram = vectors.astype(np.float64).T @ vectors.astype(np.float64)
    _, directions = np.linalg.eigh(gram)
    basis = np.ascontiguousarray(directions[:, ::-1][:, :dimensions]).astype(np.float32)
    return unit(vectors.astype(np.float32) @ basis), basis


def unit(rows: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = rows / np.maximum(norms, 1e-12)
    return scaled


def closed_form(data: TrainingSet, teacher: Floats, size: int) -> Floats:
    """Table [size, d]: per token the mean teacher vector over texts that hold it, short texts counting more."""
    known = data.meaning >= 0
    meaning = np.concatenate([data.meaning[known]] * 2)
    texts = np.concatenate([data.left[known], data.right[known]])
    lengths = np.diff(data.bags.starts)[texts]
    rows, _ = data.bags.take(texts)
    weights = np.repeat((1.0 / np.sqrt(lengths)).astype(np.float32), lengths)
    which = np.repeat(meaning, lengths)
    counts = sparse.csr_matrix((weights, (rows, which)), shape=(size, len(teacher)), dtype=np.float32)
    mass = np.asarray(counts.sum(axis=1)).ravel()
    table = (counts @ teacher) / np.maximum(mass, 1e-9)[:, None]
    share = mass / mass.sum()
    table *= (SIF / (SIF + share))[:, None]
    table[:FIXED_ROWS] = 0
    return np.asarray(table, dtype=np.float32)


def lean_to_words(
    table: Floats, tokeniser: Any, meanings: dict[str, int], teacher: Floats, lean: float = 0.5
) -> Floats:
    """Mix the rows of English words with the teacher's vector of the word, kept at the row's length."""
    words = {word.casefold(): row for word, row in meanings.items()}
    mixed = table.copy()
    for token, row in tokeniser.get_vocab().items():
        word = token.removeprefix(START)
        if word.isascii() and len(word) > 2 and (meaning := words.get(word)) is not None:
            length = max(float(np.linalg.norm(table[row])), 0.2)
            toward = (1 - lean) * table[row] / max(float(np.linalg.norm(table[row])), 1e-9) + lean * teacher[meaning]
            mixed[row] = toward / np.linalg.norm(toward) * length
    return mixed


def mix(table: Floats, start: Floats, share: float) -> Floats:
    """A table with a share of the start in it, whose rows are first brought to the same middle length."""
    lengths, own = np.linalg.norm(table, axis=1), np.linalg.norm(start, axis=1)
    both = (lengths > 0) & (own > 0)
    longer = np.float32(np.median(lengths[both]) / np.median(own[both])) if both.any() else np.float32(1)
    mixed: Floats = ((1 - share) * table + share * longer * start).astype(np.float32)
    return mixed


def bare_rows(tokeniser: Any) -> Integers:
    """Rows that must stay zero: `<unk>`, the bytes and, if there is one, the lone space mark."""
    space = tokeniser.token_to_id(START)
    return np.array([*range(FIXED_ROWS), *([] if space is None else [space])], dtype=np.int64)
