"""
The sentences of the check, in tables beside this file; written for this project, under its licence.

    translations.tsv    one sentence a line in English, Traditional Chinese, Vietnamese and Thai: captions and briefs
    synonyms.tsv        two phrases of the same meaning in other words
    opposites.tsv       a phrase, the same in other words, and one in the same words that means the contrary
    tags.tsv            a hashtag or an emoji, and what it stands for
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh-Hant", "vi", "th")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts, and what each of them should find, in the same order."""

    texts: tuple[str, ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triplets:
    """Texts, each with one of the same meaning and one of another."""

    texts: tuple[str, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The whole check, by language."""

    translations: dict[str, tuple[str, ...]]
    """Line by line the same meaning in all languages."""
    synonyms: dict[str, Pairs]
    opposites: dict[str, Triplets]
    tags: dict[str, Pairs]


@cache
def sentences() -> Sentences:
    """Read the tables, once."""
    lines = _rows("translations")
    return Sentences(
        translations={language: tuple(line[language] for line in lines) for language in LANGUAGES},
        synonyms={language: _pairs("synonyms", language) for language in LANGUAGES},
        opposites={
            language: Triplets(*(_column("opposites", language, name) for name in ("text", "same", "other")))
            for language in LANGUAGES
        },
        tags={language: _pairs("tags", language) for language in LANGUAGES},
    )


def _pairs(table: str, language: str) -> Pairs:
    return Pairs(_column(table, language, "text"), _column(table, language, "same"))


def _column(table: str, language: str, name: str) -> tuple[str, ...]:
    return tuple(row[name] for row in _rows(table) if row["language"] == language)


@cache
def _rows(table: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
