"""Word lists and patterns that comments are held against, in every language that the lists have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.signals.comments.characters import Characters, Kind
from matcher.signals.trade import trade_data
from matcher.text.characters import UNSPACED

LINK = (
    r"(?i)(?:https?://|www\.)[^\s<>]+|\b[a-z0-9][a-z0-9-]{1,40}\."
    r"(?:com|net|org|ly|gl|me|tv|info|biz|ru|xyz|shop|store|site|online|club|vip|top|link|tk|io|co|vn|tw|th)\b(?:/\S*)?"
)
MENTION = r"(?:^|[^A-Za-z0-9_.@＠])[@＠][A-Za-z0-9_.]+"
HASHTAG = r"[#＃][^\s#＃@＠]+"
CONTACT = r"(?i)[a-z0-9._+-]+@[a-z0-9-]+\.[a-z]{2,}|\+?\(?\d(?:[ \-.()]{0,2}\d){7,14}"
QUESTION = r"[?？؟]|吗|嗎|(?:ไหม|มั้ย|หรอ|เหรอ)|\b(?:không ạ|ko ạ|ở đâu|bao nhiêu|vậy ạ)"

_UNSPACED = re.compile(f"[{UNSPACED}]")


def taken_out(texts: pa.Array) -> tuple[pa.Array, dict[str, pa.Array]]:
    """Texts without contacts, mentions, links and hashtags, and how many of each there were; @a.shop is no link."""
    counts = {}
    for name, pattern in (("contacts", CONTACT), ("mentions", MENTION), ("links", LINK), ("hashtags", HASHTAG)):
        counts[name] = pc.count_substring_regex(texts, pattern)
        texts = pc.replace_substring_regex(texts, pattern, " ")
    return texts, counts


def fold(texts: Sequence[str]) -> list[str]:
    """
    Texts as they are compared: small letters, digits and marks alone, no accents, no stretched words.

    "Sooo BEAUTIFUL!!!" → "so beautiful", "cool" → "col"; "đẹp quá" and "dep qua" are the same. Where no spaces are
    written two equal characters may belong to two words (งามมาก), so that there three of them are needed.
    """
    array = pc.utf8_lower(pc.utf8_normalize(pa.array(texts, pa.string()), "NFKD"))
    return folded(Characters.of(array.to_pylist())).texts()


def folded(characters: Characters) -> Characters:
    """The characters (decomposed, small letters) of folded texts."""
    kept = characters.where((characters.kind != Kind.ACCENT) & (characters.kind != Kind.JOINER))
    code = kept.code.copy()
    code[code == ord("đ")] = ord("d")
    blank = (kept.kind == Kind.SPACE) | (kept.kind == Kind.PUNCTUATION) | (kept.kind == Kind.EMOJI)
    code[blank] = ord(" ")
    kind = kept.kind.copy()
    kind[blank] = Kind.SPACE
    kept = Characters(code, kind, kept.owner, kept.n)
    kept = kept.where(~_stretched(kept))
    edge = kept.kind == Kind.SPACE
    first = np.ones(len(edge), dtype=np.bool_)
    first[1:] = kept.owner[1:] != kept.owner[:-1]
    last = np.ones(len(edge), dtype=np.bool_)
    last[:-1] = first[1:]
    return kept.where(~(edge & (first | last)))


def _stretched(characters: Characters) -> NDArray[np.bool_]:
    """bool [c]: characters that only stretch a word."""
    repeats = characters.repeats()
    run = np.cumsum(~repeats) - 1
    length = np.bincount(run) if len(run) else np.empty(0, np.int64)
    unspaced = (characters.kind == Kind.IDEOGRAPH) | (characters.kind == Kind.SYLLABIC)
    stretched: NDArray[np.bool_] = repeats & (~unspaced | (length[run] > 2))
    return stretched


@lru_cache(maxsize=1)
def generic_pattern() -> str:
    """Matches a folded text that is nothing but words of praise and what stands between them."""
    spaced, unspaced = _split(_terms("praise") + _terms("filler"))
    return f"^(?:(?:{spaced})(?: |$)|(?:{unspaced}) ?)+$"


@lru_cache(maxsize=3)
def list_pattern(name: str) -> str:
    """Matches each term of a list in a folded text."""
    spaced, unspaced = _split(_terms(name))
    return rf"(?:^| )(?:{spaced})(?: |$)|{unspaced}"


def _terms(name: str) -> list[str]:
    words = trade_data("comment_words")[name]
    return [term for terms in words.values() for term in terms]


def _split(terms: Sequence[str]) -> tuple[str, str]:
    """Alternatives of the terms that stand between spaces, and of those that do not; longest first."""
    found = sorted({term for term in fold(terms) if term}, key=lambda term: (-len(term), term))
    spaced = [re.escape(term) for term in found if not _UNSPACED.search(term)]
    unspaced = [re.escape(term) for term in found if _UNSPACED.search(term)]
    return "|".join(spaced), "|".join(unspaced)
