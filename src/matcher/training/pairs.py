"""
Training pairs: the same thing said in two languages, with where it comes from and under which licence.

One JSON object a line, gzipped: `{lang, text, en, source, licence, kind}`. `kind` is one of sent (sentences), term
(names of things), dict (bilingual dictionaries), wn (English words and their definitions), emoji (names and keywords)
and pivot (two languages neither of which is English).
"""

import gzip
import hashlib
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError

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
    """Yield every pair of a gzipped JSON-lines file, in its order. Raises InputError that names a damaged file."""
    at = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                at += 1
                row = json.loads(line)
                yield Pair(row["lang"], row["kind"], row["text"], row["en"], row["source"], row["licence"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} cannot be read near line {at}: {error or type(error).__name__}") from error


def hold_out(pairs: Iterable[Pair], share: float) -> tuple[list[Pair], list[Pair]]:
    """
    Pairs to train on, and sentence pairs to keep from it: about `share` of the English sentences, drawn by their hash.

    A held-out sentence stands in no pair that is trained on, of any kind and language.
    """
    every = list(pairs)
    kept_apart = {pair.right for pair in every if pair.kind == "sent" and _place(pair.right) < share}
    held = [pair for pair in every if pair.kind == "sent" and pair.right in kept_apart]
    return [pair for pair in every if not kept_apart & {pair.left, pair.right}], held


def _place(text: str) -> float:
    """A number in [0, 1) that hangs on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def cap_dictionaries(
    pairs: Iterable[Pair], cap: int, seed: int, length: Callable[[list[str]], list[int]]
) -> list[Pair]:
    """
    Keep at most `cap` dictionary pairs per language: words of the least `length` first, ties drawn by `seed`.

    Dictionaries are ten times larger than all sentences; uncapped, the table learns a dictionary and no topics.
    `length` gives the tokens of each of many words: an entry for one token teaches its row, one for many teaches none.
    """
    kept: list[Pair] = []
    dictionaries: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        (dictionaries[pair.language] if pair.kind == "dict" else kept).append(pair)
    draw = random.Random(seed)
    for language in sorted(dictionaries):
        rows = dictionaries[language]
        draw.shuffle(rows)
        lengths = length([pair.left for pair in rows])
        kept += [rows[at] for at in sorted(range(len(rows)), key=lengths.__getitem__)[:cap]]
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
