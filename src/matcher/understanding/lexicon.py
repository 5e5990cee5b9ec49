"""The words of briefs, from the data files, as patterns over folded text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from matcher.understanding.folded import fold

_LANGUAGES = ("en", "zh-Hant", "vi", "th")
LETTERS = "a-z\u00df-\u024f\u1e00-\u1eff"
"""Letters of words that have spaces between them; a Latin word may touch Thai or Chinese ones ("找KOL")."""


@cache
def data(name: str) -> dict[str, Any]:
    """One of the data files of this room."""
    text = resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of a role ("exclude", "followers", …) in all four languages: texts mix them."""
    return tuple(word for language in _LANGUAGES for word in data(language)[role])


@cache
def table(role: str) -> dict[str, Any]:
    """A table of the four languages as one: folded word → value; lists of words are turned around."""
    found: dict[str, Any] = {}
    for language in _LANGUAGES:
        for key, value in data(language)[role].items():
            found |= dict.fromkeys(map(folded, value), key) if _words_of_name(value) else {folded(key): value}
    return found


@cache
def names(kind: str) -> dict[str, str]:
    """Folded name → code, for platforms, tiers, languages, countries, cities or peoples."""
    return {folded(name): code for code, spellings in data("names")[kind].items() for name in spellings}


@cache
def pattern(role: str) -> str:
    """Any word of a role, as a regular expression, the longest first."""
    return any_of(words(role))


def any_of(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; where words have spaces, only whole words; `(?!)` where there is none."""
    return _any_of(frozenset(phrases))


@cache
def _any_of(phrases: frozenset[str]) -> str:
    longest_first = sorted({folded(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_bounded, longest_first))})" if longest_first else "(?!)"


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A compiled expression, made once."""
    return re.compile(expression)


def folded(word: str) -> str:
    """A word as texts are folded."""
    return fold(word).text


def _words_of_name(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def _bounded(phrase: str) -> str:
    spaced = r"\s+".join(map(re.escape, phrase.split(" ")))
    left = rf"(?<![{LETTERS}])" if re.match(f"[{LETTERS}]", phrase[0]) else ""
    right = rf"(?![{LETTERS}])" if re.match(f"[{LETTERS}]", phrase[-1]) else ""
    return f"{left}{spaced}{right}"
