"""
What an encoder is: anything that turns texts into unit rows and says which languages it understands.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


class Encoder(Protocol):
    """
    Texts to vectors. Bring your own by matching these five names.

    Two encoders with the same `fingerprint` give the same rows, so what one embedded need not be embedded again.
    """

    @property
    def name(self) -> str:
        """What a snapshot calls it, such as `matcher-static-v1`."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hex digest of the model's content."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a row."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """BCP-47 tags of the languages that it understands."""
        ...

    def encode(self, texts: Sequence[str]) -> Rows:
        """
        Embed texts: float32 [len(texts), dimensions], each row of length 1.

        A text with nothing in it, or nothing that the model knows, gives a row of zeros.
        """
        ...


@runtime_checkable
class EncodesBriefs(Protocol):
    """What an encoder has beside `encode` when it was trained to read a brief otherwise than a post."""

    def encode_briefs(self, texts: Sequence[str]) -> Rows:
        """Embed what is searched for, next to the rows that `encode` gives for what is found."""
        ...


class WeighedWord(NamedTuple):
    """A word of a text, and how much it counts."""

    start: int
    end: int
    """`text[start:end]` is the word."""
    weight: float
    """0 to 1."""


@runtime_checkable
class EncodesWeighted(Protocol):
    """What an encoder has beside `encode` when it can let some words of a text count for less than others."""

    def encode_weighted(self, texts: Sequence[str], words: Sequence[Sequence[WeighedWord]]) -> Rows:
        """Embed texts, each with its weighed words."""
        ...


def encode_briefs(encoder: Encoder, texts: Sequence[str]) -> Rows:
    """Embed briefs: by the encoder's own way for them where it has one, else as posts."""
    return encoder.encode_briefs(texts) if isinstance(encoder, EncodesBriefs) else encoder.encode(texts)
