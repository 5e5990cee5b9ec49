"""What fills the gaps of brief frames: names of things, and stretches of real posts with their hashtags."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.text import clean, detect_languages, resolve_chinese
from matcher.training.pairs import Pair

FRAMED = ("en", "zh-Hant", "vi", "th")
"""The languages that there are frames in."""
_PAIRED = {"zh-TW": "zh-Hant", "vi": "vi", "th": "th"}
_NAMING = ("term", "emoji")
"""Kinds of pairs that name things."""
_WORDS = (1, 2, 3, 4, 5)
_LETTERS = (4, 6, 8, 12)
"""Lengths of stretches: in words, and in characters where words have no spaces."""
READ = 300
"""Only so many characters of a post are looked at."""


@dataclass(frozen=True, slots=True)
class Fillers:
    """What fills the gaps of one language."""

    terms: Sequence[str]
    stretches: Sequence[str]


def fillers(
    pairs: Iterable[Pair], posts: Sequence[str], tags: Sequence[Sequence[str]], seed: int
) -> dict[str, Fillers]:
    """Fillers by language, from training pairs and from the texts and hashtags of posts, each taken once."""
    terms = _terms(pairs)
    stretches = _stretches([post[:READ] for post in clean(posts)], tags, random.Random(seed))
    return {language: Fillers(sorted(terms[language]), stretches[language]) for language in FRAMED}


def _terms(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.kind in _NAMING:
            found["en"].add(pair.right)
            if pair.language in _PAIRED:
                found[_PAIRED[pair.language]].add(pair.left)
    return found


def _stretches(posts: Sequence[str], tags: Sequence[Sequence[str]], chance: random.Random) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    languages, _ = detect_languages(posts)
    for post, own, language in zip(posts, tags, languages, strict=True):
        language = resolve_chinese(language, post) if language == "zh" else language
        if language not in FRAMED:
            continue
        if language in ("zh-Hant", "th"):
            begin = chance.randrange(max(1, len(post) - _LETTERS[1]))
            stretch = post[begin : begin + chance.choice(_LETTERS)]
        else:
            words = post.split()
            begin = chance.randrange(len(words)) if words else 0
            stretch = " ".join(words[begin : begin + chance.choice(_WORDS)])
        if stretch.strip():
            found[language].append(stretch.strip())
        if len(own):
            found[language].append(str(chance.choice(list(own))))
    return found
