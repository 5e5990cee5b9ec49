"""
The last touches to a trained table, without a gradient step.

English rows lean back a little towards the start, which knows topics better than training leaves them; tokens that most
texts hold are damped as in smooth inverse frequency (Arora, Liang and Ma, 2017), far more mildly.
"""

from typing import Any

import numpy as np

from matcher.training.corpus import Bags, Floats
from matcher.training.start import mix
from matcher.training.vocabulary import START

ENGLISH_LEAN = 0.15
SMOOTH = 0.05
"""A token that stands once in every twenty texts keeps half of its length."""


def lean_english(table: Floats, start: Floats, tokeniser: Any, share: float = ENGLISH_LEAN) -> Floats:
    """The table [V, d] with a share of the start in the rows of words in plain Latin letters."""
    english = np.zeros(len(table), dtype=np.bool_)
    for token, row in tokeniser.get_vocab().items():
        word = token.replace(START, "")
        english[row] = word.isascii() and word.isalpha()
    leaned: Floats = np.where(english[:, None], mix(table, start, share), table)
    return leaned


def damp(table: Floats, bags: Bags, smooth: float = SMOOTH) -> Floats:
    """Each row times smooth / (smooth + how often a text holds its token)."""
    often = np.bincount(bags.rows, minlength=len(table)) / max(1, len(bags.starts) - 1)
    damped: Floats = (table * (smooth / (smooth + often))[:, None]).astype(np.float32)
    return damped
