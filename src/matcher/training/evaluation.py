"""
Two development checks for an encoder: does a topic learnt in English hold in other languages, do translations meet?
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.training.pairs import Pair

HELD_OUT = "held-out sentence pairs, translation found first, P@1"
SCRIPTS = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def topic_accuracy(encode: Encode, path: Path, dimensions: int | None = None) -> dict[str, float]:
    """
    Accuracy per language of a logistic regression that saw English only.

    `path` is a gzipped CSV of `lang, split, topic, text`. The classifier is fitted on the English train split and
    asked about every language's test split. `dimensions` keeps the first so many, brought back to length 1.
    """
    from sklearn.linear_model import LogisticRegression

    rows = _read(path)
    train = [row for row in rows if row["lang"] == "en" and row["split"] == "train"]
    classifier = LogisticRegression(C=10.0, max_iter=2000)
    classifier.fit(_encode(encode, [row["text"] for row in train], dimensions), [row["topic"] for row in train])
    accuracy = {}
    for language, tests in _by_language(row for row in rows if row["split"] == "test").items():
        guesses = classifier.predict(_encode(encode, [row["text"] for row in tests], dimensions))
        accuracy[language] = float(np.mean(guesses == np.array([row["topic"] for row in tests])))
    return accuracy


def mate_precision(encode: Encode, path: Path, dimensions: int | None = None) -> dict[str, float]:
    """
    P@1 per language: how often the nearest of all English sentences is the translation (CSV of `lang, text, en`).

    `dimensions` keeps the first so many, brought back to length 1.
    """
    precision: dict[str, float] = {}
    for rows in _by_language(_read(path)).values():
        precision |= _precision(encode, rows, sorted({row["en"] for row in rows}), dimensions)
    return precision


def held_out_precision(encode: Encode, pairs: Iterable[Pair]) -> dict[str, float]:
    """P@1 per language, as for mates, of pairs that were kept from training; the English sides of all are searched."""
    rows = [{"lang": SCRIPTS.get(pair.language, pair.language), "text": pair.left, "en": pair.right} for pair in pairs]
    return _precision(encode, rows, sorted({row["en"] for row in rows}), None) if rows else {}


def measure(encode: Encode, folder: Path) -> dict[str, dict[str, float]]:
    """Both checks on a folder with `dev_topics_sib200.csv.gz` and `dev_mates_tatoeba.csv.gz`, by the check's name."""
    topics, mates = folder / "dev_topics_sib200.csv.gz", folder / "dev_mates_tatoeba.csv.gz"
    return {
        "topic accuracy (SIB-200, classifier saw English only)": topic_accuracy(encode, topics),
        "topic accuracy, first 128": topic_accuracy(encode, topics, 128),
        "topic accuracy, first 64": topic_accuracy(encode, topics, 64),
        "translation found first among all English (Tatoeba, P@1)": mate_precision(encode, mates),
        "translation found first, first 128": mate_precision(encode, mates, 128),
        "translation found first, first 64": mate_precision(encode, mates, 64),
    }


def _precision(
    encode: Encode, rows: Sequence[dict[str, str]], right: Sequence[str], dimensions: int | None
) -> dict[str, float]:
    place = {text: at for at, text in enumerate(right)}
    english = _encode(encode, right, dimensions)
    precision = {}
    for language, own in _by_language(rows).items():
        nearest = (_encode(encode, [row["text"] for row in own], dimensions) @ english.T).argmax(axis=1)
        precision[language] = float(np.mean(nearest == [place[row["en"]] for row in own]))
    return precision


def _encode(encode: Encode, texts: Sequence[str], dimensions: int | None) -> NDArray[np.float32]:
    rows = encode(texts)[:, :dimensions]
    scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _by_language(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["lang"]].append(row)
    return dict(sorted(groups.items()))
