"""
Token weights of a corpus: what many of its posts say counts a little less.

Smooth inverse frequency (Arora, Liang and Ma, 2017), far milder than in the paper (0.1 instead of 0.001): the table
has learnt the weights of ordinary words, so only what is frequent in these very posts is left to damp.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.retrieval.encoders.protocol import Encoder
from matcher.retrieval.encoders.static import StaticEncoder

SMOOTH = 0.1
"""A token in this share of the posts keeps half of its weight."""


def token_weights(counts: NDArray[np.int64], posts: int) -> NDArray[np.float32]:
    """The weight of each token, float32 [V] in (0, 1]: SMOOTH / (SMOOTH + the share of posts with it, `counts` [V])."""
    return (SMOOTH / (SMOOTH + counts / max(posts, 1))).astype(np.float32)


def weighted(encoder: Encoder, weights: NDArray[np.float32] | None) -> Encoder:
    """
    The encoder under the weights of a corpus; without any, the encoder itself.

    Raises InputError for an encoder that has no table of tokens to weight.
    """
    if weights is None:
        return encoder
    return static(encoder).weighted(weights)


def static(encoder: Encoder) -> StaticEncoder:
    """The encoder as one with a table of tokens; raises InputError for any other."""
    if not isinstance(encoder, StaticEncoder):
        raise InputError(
            f"token weights need a static encoder, and {encoder.name!r} reads whole sentences.\n"
            "Leave --token-weights out, or name a static model folder."
        )
    return encoder
