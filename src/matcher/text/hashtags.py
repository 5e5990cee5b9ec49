"""Hashtags and mentions: found as written, without their sign, in order and without repeats."""

import re
from collections.abc import Iterable, Sequence

from matcher.text.characters import HASHTAG, MENTION

_HASHTAG = re.compile(HASHTAG)
_MENTION = re.compile(MENTION)


def hashtags(texts: Sequence[str]) -> list[list[str]]:
    """Return the hashtags of each text, without '#', as written; a repeat in another case counts as a repeat."""
    return [_distinct(tag[1:] for tag in _HASHTAG.findall(text)) if _has(text, "#＃") else [] for text in texts]


def mentions(texts: Sequence[str]) -> list[list[str]]:
    """Return the accounts mentioned in each text, without '@'; e-mail addresses are not mentions."""
    return [_distinct(name[1:] for name in _MENTION.findall(text)) if _has(text, "@＠") else [] for text in texts]


def find_hashtags(text: str) -> list[str]:
    """Return the hashtags of one text; see `hashtags`."""
    return hashtags([text])[0]


def find_mentions(text: str) -> list[str]:
    """Return the mentions of one text; see `mentions`."""
    return mentions([text])[0]


def _has(text: str, signs: str) -> bool:
    return signs[0] in text or signs[1] in text


def _distinct(items: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for item in items:
        found.setdefault(item.casefold(), item)
    return list(found.values())
