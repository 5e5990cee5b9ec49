"""
Last touches to a trained table: English leans back a little to the start, and what many texts hold counts for less.

Training for translations takes English words a little away from their topics, and the start knows those best. Damping
is smooth inverse frequency (Arora, Liang and Ma, 2017), far milder than there: training has learnt the weights already.
"""

from dataclasses import dataclass

import numpy as np

from matcher.training.corpus import Bags, Floats, Integers
from matcher.training.start import mix


@dataclass(frozen=True, slots=True)
class Touches:
    """How much of each."""

    english_lean: float = 0.25
    """Share of the start in the rows of English words and pieces."""
    damping: float = 0.05
    """A token that stands in a share s of the texts keeps damping / (damping + s) of its length."""


def finish(table: Floats, begun: Floats, english: Integers, texts: Bags, touches: Touches) -> Floats:
    """
    The table [V, d] with the last touches.

    `begun` [V, d] is the start, `english` the rows of English, `texts` are those trained on.
    """
    touched = table.copy()
    touched[english] = mix(table, begun, touches.english_lean)[english]
    share = np.bincount(texts.rows, minlength=len(table)) / max(1, len(texts.starts) - 1)
    finished: Floats = (touched * (touches.damping / (touches.damping + share))[:, None]).astype(np.float32)
    return finished
