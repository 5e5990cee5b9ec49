"""
Focus: what of a brief's text is about the creators' posts.

A brief names those whom it looks for ("creators", "網紅", "อินฟลูเอนเซอร์") and the market that it is for, which its
structured fields and the audience signal handle better. A small encoder averages over words, so both pull every brief
towards the same place. All else about how a brief is put is left to `retrieval/subject`, which reads words where they
stand: a longer list took "brand" from "brand design".
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources


def focus(texts: Sequence[str], countries: Iterable[str] = (), names: Iterable[str] = ()) -> list[str]:
    """
    Texts without the words for creators, without the names of `countries` (ISO alpha-2 codes) and `names`.

    A text of which nothing would be left is returned as it is.
    """
    dropped = [_brief_words(), *filter(None, (_place(code) for code in sorted(set(countries))))]
    own = [name for name in names if name.strip()]
    if own:
        dropped.append(_pattern(tuple(own)))
    return [_without(text, dropped) for text in texts]


def _without(text: str, dropped: Sequence[re.Pattern[str]]) -> str:
    left = text
    for pattern in dropped:
        left = pattern.sub(" ", left)
    left = " ".join(left.split())
    return left if any(ch.isalnum() for ch in left) else text


@cache
def _brief_words() -> re.Pattern[str]:
    words = _data("brief_words")
    return _pattern(tuple(word for language in words.values() if isinstance(language, list) for word in language))


@cache
def _place(country: str) -> re.Pattern[str] | None:
    names = _data("places").get(country)
    return _pattern(tuple(names)) if isinstance(names, list) else None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, the longest first; where words have spaces, only whole words."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(_bounded(phrase) for phrase in longest_first), re.IGNORECASE)


def _bounded(phrase: str) -> str:
    escaped = re.escape(phrase)
    spaced = not re.search(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", phrase)
    return rf"(?<!\w){escaped}(?!\w)" if spaced else escaped


def _data(name: str) -> dict[str, list[str] | str]:
    text = resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, list[str] | str] = json.loads(text)
    return data
