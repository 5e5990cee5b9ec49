"""
Marks: words by which accounts of one kind name themselves, and by which their posts are known.

They are data (`signals/data/account_kind_words.json`). A word of a script with spaces is found whole, or with any
letters before or after it where it is written with a star ("*vevo"); one of Han or Thai is found anywhere. Upper and
lower case are the same. The patterns are for RE2, so that columns are searched by pyarrow.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.signals.trade import trade_data

PARTS = ("name", "bio", "post", "tag")
"""Parts of an account that are searched for marks: its name, its bio, the texts of its posts, and their hashtags."""
_EDGE = r"[^\pL\pN]"


def mark_names(part: str) -> tuple[str, ...]:
    """The marks that are looked for in a part of an account, one of PARTS."""
    return tuple(trade_data("account_kind_words")[part])


def marked(part: str, texts: pa.Array) -> NDArray[np.bool_]:
    """Which marks each of n texts carries, bool [n, marks]; a text that is null carries none."""
    columns = [_found(texts, pattern) for pattern in _patterns(part)]
    return np.stack(columns, axis=1) if columns else np.zeros((len(texts), 0), np.bool_)


def _found(texts: Any, pattern: str) -> NDArray[np.bool_]:
    found = pc.fill_null(pc.match_substring_regex(texts, pattern, ignore_case=True), False)
    return np.asarray(found, dtype=np.bool_)


@cache
def _patterns(part: str) -> tuple[str, ...]:
    return tuple(_pattern(words) for words in trade_data("account_kind_words")[part].values())


def _pattern(words: list[str]) -> str:
    """Words with the same open ends share one group: the fewer edges a pattern has, the faster it is."""
    anywhere = [re.escape(word) for word in words if not _spaced(word.strip("*"))]
    ends: dict[tuple[str, str], list[str]] = {}
    for word in words:
        if _spaced(word.strip("*")):
            before = "" if word.startswith("*") else rf"(?:^|{_EDGE})"
            after = "" if word.endswith("*") else rf"(?:$|{_EDGE})"
            ends.setdefault((before, after), []).append(re.escape(word.strip("*")))
    whole = [f"{before}(?:{'|'.join(each)}){after}" for (before, after), each in ends.items()]
    return "|".join([*whole, *anywhere])


def _spaced(word: str) -> bool:
    """Whether a mark consists of letters of a script with spaces, so that its ends can be seen."""
    return all((ch.isalnum() and ch < "\u0e00") or "\u1e00" <= ch <= "\u1fff" or ch in " '/" for ch in word.strip())
