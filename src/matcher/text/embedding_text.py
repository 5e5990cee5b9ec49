"""
What the encoder reads: a caption as sentences, its hashtags as words, and no wall of tags that drowns it.

Tags repeat and pile up (YouTube allows 500 characters of them, and spam uses them all), so the tags of a post, in the
caption or beside it, count once each and only the first of them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from matcher.text.characters import HASHTAG, MENTION
from matcher.text.clean import clean_one
from matcher.text.hashtag_words import split_hashtag

MAX_TAGS = 20
MAX_TAG_WORDS = 60
MAX_CHARACTERS = 2000

_SIGNED = re.compile(f"(?P<tag>{HASHTAG})|(?P<name>{MENTION})")
_SPACES = re.compile(r"\s+")


def embedding_texts(
    texts: Sequence[str | None],
    hashtags: Sequence[Sequence[str] | None] | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> list[str]:
    """
    Return what the encoder gets for each post: the cleaned caption, hashtags as words, @handles dropped.

    `hashtags` are tags that came beside the text (YouTube's, a platform's own list): those that the caption does not
    say already are appended. At most 20 distinct tags and 60 words of tags count, in the caption and beside it.
    """
    if hashtags is None:
        hashtags = [()] * len(texts)
    return [_one(text, tags or (), max_characters) for text, tags in zip(texts, hashtags, strict=True)]


def _one(text: str | None, tags: Sequence[str], max_characters: int) -> str:
    caption = clean_one(text) if text else ""
    kept = _TagBudget()
    if "#" in caption or "@" in caption or "＃" in caption or "＠" in caption:
        caption = _SPACES.sub(" ", _SIGNED.sub(kept.replace, caption)).strip()
    caption = caption[:max_characters]
    if not tags:
        return caption
    said = f" {caption.casefold()} "
    extra = []
    for tag in tags:
        if phrase := kept.phrase(tag):
            if (f" {phrase} " if phrase.isascii() else phrase) not in said:
                extra.append(phrase)
    joined = " ".join([caption, *extra]) if caption else " ".join(extra)
    return _cut(joined, max_characters)


class _TagBudget:
    """The tags of one post that have been used: each once, up to the limits."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._words = 0

    def phrase(self, tag: str) -> str:
        """Return a tag's words as they are read, "" for a repeat or past the limits."""
        if len(self._seen) >= MAX_TAGS or self._words >= MAX_TAG_WORDS:
            return ""
        phrase, key, n_words = _tag_phrase(tag)
        if not key or key in self._seen or self._words + n_words > MAX_TAG_WORDS:
            return ""
        self._seen.add(key)
        self._words += n_words
        return phrase

    def replace(self, match: re.Match[str]) -> str:
        """Return what stands in the caption in place of a hashtag or a mention."""
        return f" {self.phrase(match['tag'])} " if match["tag"] else " "


@lru_cache(maxsize=1 << 16)
def _tag_phrase(tag: str) -> tuple[str, str, int]:
    """Return a tag's words, what makes it the same tag as another, and the number of words; spaces split already."""
    tag = clean_one(tag).lstrip("#＃")
    words = tag.lower().split() if " " in tag else split_hashtag(tag)
    return " ".join(words), "".join(words), len(words)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] if " " in text[limit // 2 : limit] else text[:limit]
