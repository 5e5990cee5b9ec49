"""
Script-aware tokens for the lexical arm: what BM25 counts.

Words where words have spaces; overlapping character pairs for Han, kana, Thai, Lao, Khmer and Burmese, a single
character for a run of one (Nie et al., 2000: on Chinese, bigrams retrieve as well as a dictionary segmenter).
Hashtags and @handles stay whole with their sign and are also split. Emoji and numbers are tokens. Stop words are left
to IDF.
"""

import re
import unicodedata
from collections.abc import Sequence
from operator import add

from matcher.text.characters import EMOJI, MARKS, TAG, UNSPACED, URL
from matcher.text.hashtag_words import split_hashtag

_LETTER = rf"[^\W_{UNSPACED}]"
_SCAN = re.compile(
    rf"({URL})"
    rf"|([#@](?=[{TAG}])[{TAG}.]*[{TAG}])"
    rf"|({_LETTER}[^\W_{UNSPACED}{MARKS}]*(?:[{MARKS}]+[^\W_{UNSPACED}{MARKS}]*)*)(?:['’](?:s|t|re|ll|ve|d|m)\b)?"
    rf"|([{UNSPACED}]+)"
    rf"|({EMOJI})"
)
_WORD, _RUN = 3, 4


def tokens(texts: Sequence[str]) -> list[list[str]]:
    """Return the tokens of each text, in order and with repeats; NFKC and case-folded; none holds white space."""
    return [_tokens(text) for text in texts]


def _tokens(text: str) -> list[str]:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    out: list[str] = []
    append, extend = out.append, out.extend
    for match in _SCAN.finditer(folded):
        kind = match.lastindex
        if kind == _WORD:
            append(match[_WORD])
        elif kind == _RUN:
            extend(grams(match[_RUN]))
        elif kind == 2:
            _signed(match[2], out)
        elif kind == 5:
            append(match[5].replace("\ufe0f", ""))
    return out


def grams(run: str) -> list[str]:
    """Return the overlapping character pairs of a run without spaces; a run of one character is its own token."""
    return list(map(add, run, run[1:])) if len(run) > 1 else [run]


def _signed(tag: str, out: list[str]) -> None:
    """Add a hashtag or @handle whole, then its words (a handle is split at its dots and digits only)."""
    out.append(tag)
    words = split_hashtag(tag[1:]) if tag[0] == "#" else re.findall(r"[^\W_]+", tag)
    for word in words:
        if len(word) > 1 and _UNSPACED.match(word):
            out.extend(grams(word))
        elif len(word) > 1:
            out.append(word)


_UNSPACED = re.compile(f"[{UNSPACED}]")
