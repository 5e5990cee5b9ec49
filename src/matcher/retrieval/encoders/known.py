"""
Well-known models of the Hugging Face Hub: what is known of them, for choosing before downloading.

Written down without network: sizes, dimensions and licences are to be checked against the model cards.

Their languages are in `coverage.py` and their prefixes in `prefixes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

EMBEDDED = "matcher-static-v1"
"""Name of the encoder that ships with matcher."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A Hub model, as far as it is known without loading it."""

    name: str
    dimensions: int
    megabytes: int
    """Size of the weights to download, in 10⁶ bytes."""
    licence: str


KNOWN_MODELS = (
    KnownModel("minishlab/potion-multilingual-128M", 256, 512, "MIT"),
    KnownModel("intfloat/multilingual-e5-small", 384, 471, "MIT"),
    KnownModel("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", 384, 471, "Apache-2.0"),
    KnownModel("intfloat/multilingual-e5-base", 768, 1112, "MIT"),
    KnownModel("sentence-transformers/LaBSE", 768, 1884, "Apache-2.0"),
    KnownModel("intfloat/multilingual-e5-large", 1024, 2240, "MIT"),
    KnownModel("BAAI/bge-m3", 1024, 2271, "MIT"),
    KnownModel("sentence-transformers/all-MiniLM-L6-v2", 384, 91, "Apache-2.0"),
    KnownModel("BAAI/bge-small-en-v1.5", 384, 133, "MIT"),
)
"""Multilingual ones first, each part by size."""
