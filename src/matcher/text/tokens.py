"""
Script-aware tokens for the lexical arm: what BM25 counts.

Words where words have spaces; overlapping pairs of characters for Han and kana, triples for Thai, Lao, Khmer and
Burmese, whose letters say less (Nie et al., 2000: on Chinese, bigrams retrieve as well as a dictionary segmenter).
Plurals fold into singulars. Hashtags and @handles stay whole with their sign and are also split. Emoji and numbers are
tokens. Stop words are left to IDF.
"""

import re
import unicodedata
from collections.abc import Sequence
from operator import add

from matcher.text.characters import BOPOMOFO, EMOJI, HAN, KANA, MARKS, SYLLABIC, TAG, UNSPACED, URL
from matcher.text.hashtag_words import split_hashtag
from matcher.text.plurals import singular

_LATIN = "[a-z0-9\u00df-\u00f6\u00f8-\u024f\u1ea0-\u1eff]++"
_LETTERS = rf"{_LATIN}|[^\W_{UNSPACED}]++"
_SCAN = re.compile(
    rf"((?:{_LETTERS})(?:{_LETTERS}|[{MARKS}]++)*+)(?:['’](?:s|t|re|ll|ve|d|m)\b)?"
    rf"|([{HAN}{KANA}{BOPOMOFO}]+)"
    rf"|([{SYLLABIC}]+)"
    rf"|([#@](?=[{TAG}])[{TAG}.]*[{TAG}])"
    rf"|({EMOJI})"
)
_WORD, _PAIRS, _TRIPLES, _SIGNED, _EMOJI = range(1, 6)
_URL = re.compile(URL)


def tokens(texts: Sequence[str]) -> list[list[str]]:
    """Return the tokens of each text, in order and with repeats; NFKC and case-folded; none holds white space."""
    return [_tokens(text) for text in texts]


def _tokens(text: str) -> list[str]:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    if "://" in folded or "www." in folded:
        folded = _URL.sub(" ", folded)
    out: list[str] = []
    append, extend = out.append, out.extend
    for match in _SCAN.finditer(folded):
        kind = match.lastindex
        if kind == _WORD:
            word = match[_WORD]
            append(singular(word) if word[-1] == "s" else word)
        elif kind == _PAIRS:
            extend(pairs(match[_PAIRS]))
        elif kind == _TRIPLES:
            extend(triples(match[_TRIPLES]))
        elif kind == _SIGNED:
            _signed(match[_SIGNED], out)
        elif kind == _EMOJI:
            append(match[_EMOJI].replace("\ufe0f", ""))
    return out


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of characters of a run; a run of one is its own token."""
    return list(map(add, run, run[1:])) if len(run) > 1 else [run]


def triples(run: str) -> list[str]:
    """Return the overlapping triples of characters of a run; a shorter run is its own token."""
    return [run[start : start + 3] for start in range(len(run) - 2)] or [run]


def _signed(tag: str, out: list[str]) -> None:
    """Add a hashtag or @handle whole, then its words (a handle is split at its dots and underscores only)."""
    out.append(tag)
    words = split_hashtag(tag[1:]) if tag[0] == "#" else _HANDLE_PARTS.findall(tag)
    for word in words:
        if word.isascii():
            if len(word) > 1:
                out.append(singular(word))
        elif _ONLY_PAIRS.fullmatch(word):
            out.extend(pairs(word))
        elif _ONLY_TRIPLES.fullmatch(word):
            out.extend(triples(word))
        else:
            out.append(word)


_HANDLE_PARTS = re.compile(r"[^\W_]+")
_ONLY_PAIRS = re.compile(f"[{HAN}{KANA}{BOPOMOFO}]+")
_ONLY_TRIPLES = re.compile(f"[{SYLLABIC}]+")
