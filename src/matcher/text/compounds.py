"""
English compounds that are written in two ways: make-up and makeup, K-pop and Kpop, hand-made and handmade.

To an encoder of words "make-up" is "make" and "up", and to a lexical index it shares no word with posts on makeup.
"""

import math
import re

from matcher.text.words import english_costs

_HYPHENED = re.compile(r"(?<![\w-])([a-z]{1,14})[-\u2010-\u2013]([a-z]{2,14})(?![\w-])", re.IGNORECASE)


def joined_compounds(text: str) -> str:
    """A text with each hyphened compound also written as one word, where that is a word: "make-up makeup"."""
    return _HYPHENED.sub(_both, text)


def _both(found: re.Match[str]) -> str:
    joined = found[1] + found[2]
    return f"{found[0]} {joined}" if english_costs().get(joined.lower(), math.inf) < math.inf else found[0]
