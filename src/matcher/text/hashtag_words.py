"""The words inside a hashtag: case, digits, scripts and word lists say where one ends and the next begins."""

import re
from collections.abc import Sequence
from functools import lru_cache

from matcher.text.characters import HANGUL, MARKS, UNSPACED
from matcher.text.words import split_run

_PIECES = re.compile(
    rf"[{UNSPACED}]+"
    rf"|[{HANGUL}]+"
    r"|\d+(?:st|nd|rd|th|s|d|k|am|pm)(?![a-zA-Z])|\d+"
    r"|[A-Z]{2,}s?(?![a-z])|[A-Z]+(?=[A-Z][a-z])"
    rf"|[A-Z]?[a-z]+|(?:(?![{UNSPACED}{HANGUL}\d_])[\w{MARKS}])+"
)
_RUN = re.compile(r"[^\W\d_]+")


def split_hashtag(tag: str) -> list[str]:
    """
    Return the words of a hashtag in small letters, with or without its '#'.

    `#streetfoodtaipei` → street food taipei; `#StreetFood2024` → street food 2024; `#dulichvietnam` → du lich viet nam;
    Chinese, Japanese, Thai, Lao, Khmer and Burmese stay whole (`#台北美食`, `#อาหารไทย`), cut where the script changes.
    """
    return list(_split(tag))


def split_hashtags(tags: Sequence[str]) -> list[list[str]]:
    """Return the words of each hashtag; see `split_hashtag`."""
    return [list(_split(tag)) for tag in tags]


@lru_cache(maxsize=1 << 17)
def _split(tag: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in re.split(r"[\s_.·・\-]+", tag.lstrip("#＃")):
        words.extend(_split_part(part))
    return tuple(words)


def _split_part(part: str) -> list[str]:
    if _RUN.fullmatch(part) and (part.islower() or part.isupper() or part.istitle()) and not _mixed(part):
        return list(split_run(part.lower()))
    pieces = _PIECES.findall(part)
    if any(len(piece) == 1 and piece.isalpha() and piece.isascii() for piece in pieces):
        pieces = _join_single_letters(pieces)
    words: list[str] = []
    for piece in pieces:
        words.extend(split_run(piece.lower()) if piece.isalpha() and len(pieces) < 3 else [piece.lower()])
    return words


def _mixed(part: str) -> bool:
    return not part.isascii() and re.search(f"[{UNSPACED}{HANGUL}]", part) is not None


def _join_single_letters(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and len(joined[-1]) == 1 and joined[-1].isalpha() and joined[-1].isascii() and piece.isascii():
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
