"""
Training pairs: the same thing said in two languages, with where it comes from and under which licence.

One JSON object a line, gzipped: `{lang, text, en, source, licence, kind}`. `kind` is one of sent (sentences), term
(names of things), dict (bilingual dictionaries), wn (English words and their definitions), emoji (names and keywords)
and pivot (two languages neither of which is English).
"""

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TEACHER_ORDER = ("sent", "term", "emoji", "wn", "dict")
"""Kinds in the order in which their English side is worth a teacher's time."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same; `english` is False where the right side is another language."""

    language: str
    kind: str
    left: str
    right: str
    source: str
    licence: str

    @property
    def english(self) -> bool:
        """Whether the right side is English."""
        return self.kind != "pivot"


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield every pair of a gzipped JSON-lines file, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Pair(row["lang"], row["kind"], row["text"], row["en"], row["source"], row["licence"])


def cap_dictionaries(pairs: Iterable[Pair], cap: int, seed: int, prefer: Container[str] = ()) -> list[Pair]:
    """
    Keep at most `cap` dictionary pairs per language, drawn by `seed`; those whose English side is in `prefer` go first.

    Dictionaries are ten times larger than all sentences; uncapped, the table learns a dictionary and no topics.
    """
    kept: list[Pair] = []
    dictionaries: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        (dictionaries[pair.language] if pair.kind == "dict" else kept).append(pair)
    draw = random.Random(seed)
    for language in sorted(dictionaries):
        rows = dictionaries[language]
        draw.shuffle(rows)
        kept += sorted(rows, key=lambda pair: pair.right not in prefer)[:cap]
    return kept


def english_texts(pairs: Iterable[Pair]) -> list[str]:
    """Every distinct English side, the most useful kinds first, then by how many pairs it serves, then by text."""
    rank = {kind: place for place, kind in enumerate(TEACHER_ORDER)}
    best: dict[str, int] = {}
    uses: Counter[str] = Counter()
    for pair in pairs:
        if pair.english:
            best[pair.right] = min(best.get(pair.right, len(rank)), rank[pair.kind])
            uses[pair.right] += 1
    return sorted(best, key=lambda text: (best[text], -uses[text], text))


def sources(pairs: Iterable[Pair]) -> list[tuple[str, str, int]]:
    """`(source, licence, number of pairs)`, the largest first: what the model card must name."""
    counts = Counter((pair.source, pair.licence) for pair in pairs)
    return [
        (source, licence, n) for (source, licence), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
