"""
What training reads: every distinct text as token rows, and pairs of texts by number.
"""

import random
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.training.pairs import Pair

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]
ACCENTS_DROPPED_SHARE = 0.3
RUN_TOGETHER_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Bags:
    """Token rows of n texts, end to end: text i holds `rows[starts[i] : starts[i + 1]]`."""

    rows: Integers
    starts: Integers

    def take(self, texts: Integers) -> tuple[Integers, Integers]:
        """Rows and offsets (without the last) of some texts, as `embedding_bag` wants them."""
        sizes = self.starts[texts + 1] - self.starts[texts]
        offsets = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        index = np.arange(sizes.sum()) - np.repeat(offsets - self.starts[texts], sizes)
        return self.rows[index], offsets


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Pairs of text numbers with the teacher's vector of their meaning, where there is one."""

    bags: Bags
    left: Integers
    right: Integers
    meaning: Integers
    """Row of the teacher's matrix, -1 where the teacher was not asked."""
    language: NDArray[np.str_]
    """Of the left side; two, joined by a hyphen (`vi-ja`), where the right side is not English."""


def prepare(pairs: Sequence[Pair], tokeniser: Any, meanings: dict[str, int], seed: int) -> TrainingSet:
    """
    Number the texts of the pairs and tokenise each once.

    Pairs whose sides share no row of the table are kept; pairs with an empty side, and repeats after the tokeniser's
    own clean-up, are dropped.
    """
    texts: dict[str, int] = {}
    normalise = tokeniser.normalizer.normalize_str
    known: dict[str, int] = {}

    def number(raw: str) -> int:
        if raw not in known:
            known[raw] = texts.setdefault(normalise(raw), len(texts))
        return known[raw]

    rows: dict[tuple[int, int], tuple[int, str]] = {}
    for pair in augmented(pairs, random.Random(seed)):
        left, right = number(pair.left), number(pair.right)
        if left != right:
            rows.setdefault((left, right), (meanings.get(pair.right, -1), pair.language))
    bags = tokenise(list(texts), tokeniser)
    table = np.array([(left, right, meaning) for (left, right), (meaning, _) in rows.items()], dtype=np.int64)
    language = np.array([language for _, language in rows.values()])
    sizes = np.diff(bags.starts)
    full = (sizes[table[:, 0]] > 0) & (sizes[table[:, 1]] > 0)
    left, right, meaning = (column[full] for column in table.T)
    return TrainingSet(bags, left, right, meaning, language[full])


def tokenise(texts: Sequence[str], tokeniser: Any, longest: int = 96, batch: int = 50_000) -> Bags:
    """Token rows of texts, at most `longest` each."""
    sizes: list[int] = []
    rows: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    for at in range(0, len(texts), batch):
        found = tokeniser.encode_batch_fast(list(texts[at : at + batch]), add_special_tokens=False)
        ids = [encoding.ids[:longest] for encoding in found]
        sizes += [len(one) for one in ids]
        rows.append(np.fromiter((row for one in ids for row in one), dtype=np.int64))
    return Bags(np.concatenate(rows), np.concatenate(([0], np.cumsum(sizes))))


def augmented(pairs: Iterable[Pair], draw: random.Random) -> Iterable[Pair]:
    """The pairs, and some once more as people type them: Vietnamese without accents, words run together."""
    for pair in pairs:
        yield pair
        if pair.language == "vi" and draw.random() < ACCENTS_DROPPED_SHARE:
            yield _with_left(pair, without_accents(pair.left))
        words = pair.left.split()
        if pair.kind in {"term", "dict", "wn"} and 2 <= len(words) <= 3 and draw.random() < RUN_TOGETHER_SHARE:
            yield _with_left(pair, "".join(words))


def without_accents(text: str) -> str:
    """A text in bare Latin letters: `du lịch` becomes `du lich`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return bare.replace("đ", "d").replace("Đ", "D")


def _with_left(pair: Pair, left: str) -> Pair:
    return Pair(pair.language, pair.kind, left, pair.right, pair.source, pair.licence)
