"""
How likely a token is to be how a brief is put rather than what it is about.

The features of a token are its own direction in the embedded encoder's space and that of the tokens around it; a small
network (one hidden layer) makes log odds of them. Translations lie near each other in that space, so what is learnt of
"campaign" holds for "chiến dịch" and "แคมเปญ", and for words that were in no brief it was fitted on
(`scripts/train_subject.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

AROUND = 3
"""So many tokens on each side are a token's surroundings."""
LEAST_LENGTH = 0.05
"""Shorter rows are of tokens without meaning: their direction says nothing."""
MOST_LENGTH = 6.0
"""Rows count by their lengths among the surroundings, none for more than this."""
OWN, OTHERS = 4.0, 3.0
"""Scales of the two directions: unit rows of hundreds of numbers are small beside the other features."""

IN_ONE_THREAD = 1 << 18
"""Products of so many multiplications stay in the calling thread; OpenBLAS shares out larger ones, and to wait for the
other cores of a busy machine takes ten times as long as a brief's product itself."""


def features(rows: Floats) -> Floats:
    """
    Features float32 [n, 2 d + 4] of the n tokens of one text, in order, from their table rows [n, d].

    Own direction and that of the surroundings; log length of the row, log number of tokens, cosine to the text as a
    whole and to the surroundings.
    """
    length = np.linalg.norm(rows, axis=1)
    own = np.where(length[:, None] >= LEAST_LENGTH, rows / np.maximum(length, 1e-9)[:, None], 0.0)
    weighed = own * np.minimum(length, MOST_LENGTH)[:, None]
    upto = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(weighed, axis=0)))
    n = len(rows)
    at = np.arange(n)
    around = _unit(upto[np.minimum(n, at + AROUND + 1)] - upto[np.maximum(0, at - AROUND)] - weighed)
    whole = _unit(upto[-1])
    return np.column_stack(
        (
            OWN * own,
            OTHERS * around,
            np.log(np.maximum(length, LEAST_LENGTH)),
            np.full(n, np.log(max(n, 1))),
            (own * whole).sum(axis=1),
            (own * around).sum(axis=1),
        )
    ).astype(np.float32)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-6))


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified units, fitted to one encoder's tokens."""

    hidden: Floats
    """float32 [h, features], with `hidden_bias` [h]."""
    hidden_bias: Floats
    out: Floats
    """float32 [h], with `out_bias`."""
    out_bias: float
    encoder: str
    """Fingerprint of the encoder whose rows it reads."""
    frame_words: frozenset[str] = frozenset()
    """Tokens, in small letters, of how the briefs were put that it was fitted to: no subject, wherever they stand."""

    @classmethod
    def load(cls) -> Network:
        """The network that is shipped."""
        with resources.files(__package__).joinpath("network.npz").open("rb") as file, np.load(file) as saved:
            hidden, bias, out = (saved[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out"))
            words = frozenset(saved["frame_words"].tobytes().decode().split("\n"))
            return cls(hidden, bias, out, float(saved["out_bias"]), str(saved["encoder"]), words)

    def save(self, path: Path) -> None:
        """Write it in half precision, which moves no probability by as much as a hundredth."""
        half = {name: getattr(self, name).astype(np.float16) for name in ("hidden", "hidden_bias", "out")}
        words = np.frombuffer("\n".join(sorted(self.frame_words)).encode(), np.uint8)
        np.savez_compressed(path, **half, out_bias=self.out_bias, encoder=self.encoder, frame_words=words)

    def log_odds(self, rows: Floats) -> Floats:
        """Log odds float32 [n] that each token of a text is part of how it is put, from their table rows [n, d]."""
        seen = features(rows)
        found = np.empty(len(seen), np.float32)
        some = max(1, IN_ONE_THREAD // self.hidden.size)
        for at in range(0, len(seen), some):
            inner = np.maximum(seen[at : at + some] @ self.hidden.T + self.hidden_bias, 0.0)
            found[at : at + some] = (inner * self.out).sum(axis=1) + self.out_bias
        return found
