"""Emoji as evidence: what a caption shows beside its words, each emoji whole (skin tone, flag and family included)."""

import re
from collections.abc import Sequence

from matcher.text.characters import EMOJI

_EMOJI = re.compile(EMOJI)


def emoji_in(texts: Sequence[str]) -> list[list[str]]:
    """Return the emoji of each text, in order and with repeats."""
    find = _EMOJI.findall
    return [[] if text.isascii() else find(text) for text in texts]
