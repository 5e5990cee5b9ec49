"""
Does a post say that it is paid? By its disclosure words, from `data/disclosure.json`.

Precision first: a word that also has everyday meanings counts only where it can hardly mean anything else. "ad" and
"合作", "hợp tác", "quảng cáo", "โฆษณา" alone are talk about work and advertising; as a hashtag (#ad, #合作), in
brackets (【合作】) or in a phrase that names the payer they are a disclosure. The platform's own label beats the text.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.text.characters import TAG

_DENIALS = ("not ", "no ", "không ", "ไม่มี", "ไม่ได้", "ไม่", "非", "無", "没有", "沒有", "不是")
"""Right before a phrase these turn it round: "not sponsored by", "ไม่มีสปอนเซอร์", "非業配"."""


def discloses(texts: Sequence[str | None]) -> NDArray[np.bool_]:
    """Return whether each text carries a disclosure, bool [n]."""
    search = _pattern().search
    return np.fromiter((text is not None and search(_folded(text)) is not None for text in texts), np.bool_, len(texts))


def disclosure_words(text: str) -> list[str]:
    """Return the disclosures found in one text, folded to small letters: the evidence behind `discloses`."""
    return [match.group() for match in _pattern().finditer(_folded(text))]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    data = json.loads((Path(__file__).parent / "data" / "disclosure.json").read_text("utf-8"))
    phrases = [phrase for terms in data["phrases"].values() for phrase in terms]
    spaced = [_folded(phrase) for phrase in phrases if _has_spaces(phrase)]
    unspaced = [_folded(phrase) for phrase in phrases if not _has_spaces(phrase)] + [_folded(m) for m in data["marks"]]
    tags = rf"#(?:{_any([_folded(tag) for tag in data['hashtags']])})(?![{TAG}])"
    denied = "".join(f"(?<!{word})" for word in _DENIALS)
    return re.compile(rf"{tags}|{denied}(?:(?<!\w)(?:{_any(spaced)})(?!\w)|{_any(unspaced)})")


def _has_spaces(phrase: str) -> bool:
    """Whether the phrase belongs to a script that puts spaces between words."""
    return all(char < "\u0e00" or "\u1e00" <= char <= "\u1fff" for char in phrase)


def _any(terms: list[str]) -> str:
    return "|".join(re.escape(term) for term in sorted(set(terms), key=lambda term: (-len(term), term)))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
