"""
Which rows of the table are English: bare Latin letters do not say it, for Indonesian, Spanish and Vietnamese have them.
"""

import re
from typing import Any

import numpy as np

from matcher.training.corpus import Bags, Floats, Integers, TrainingSet
from matcher.training.vocabulary import START

ENGLISH = "en"
AS_FREQUENT = 0.5
"""A token is English if its share of English text is at least this many times that in any other language."""
_LETTERS = re.compile(rf"[{START}a-z0-9']+")


def english_rows(data: TrainingSet, tokeniser: Any) -> Integers:
    """Rows of tokens in bare Latin letters that English texts use about as much as those of any other language do."""
    size = tokeniser.get_vocab_size()
    english = [data.right[data.meaning >= 0], data.left[data.language == ENGLISH]]
    own = _shares(data.bags, np.concatenate(english), size)
    most = np.zeros(size, dtype=np.float32)
    for language in np.unique(data.language[data.language != ENGLISH]):
        most = np.maximum(most, _shares(data.bags, data.left[data.language == language], size))
    latin = np.zeros(size, dtype=bool)
    latin[[row for token, row in tokeniser.get_vocab().items() if _LETTERS.fullmatch(token)]] = True
    return np.flatnonzero(latin & (own >= AS_FREQUENT * most))


def _shares(bags: Bags, texts: Integers, size: int) -> Floats:
    """Per row its share of all tokens of the distinct `texts`."""
    rows, _ = bags.take(np.unique(texts))
    shares: Floats = (np.bincount(rows, minlength=size) / max(1, len(rows))).astype(np.float64)
    return shares
