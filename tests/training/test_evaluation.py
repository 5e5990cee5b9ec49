"""The two development checks, with an encoder that is right by construction."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.training.evaluation import mate_precision, topic_accuracy

WORDS = {"tea": 0, "trà": 0, "ball": 1, "bóng": 1}


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.eye(2, dtype=np.float32)[[WORDS[text] for text in texts]]


def _write(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([header, *rows])
    return path


def test_topics(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    rows = [["en", "train", "food", "tea"], ["en", "train", "sport", "ball"]]
    rows += [["en", "test", "food", "tea"], ["vi", "test", "food", "trà"], ["vi", "test", "food", "bóng"]]
    path = _write(tmp_path / "topics.csv.gz", ["lang", "split", "topic", "text"], rows)
    assert topic_accuracy(_encode, path) == {"en": 1.0, "vi": 0.5}


def test_mates(tmp_path: Path) -> None:
    path = _write(tmp_path / "mates.csv.gz", ["lang", "text", "en"], [["vi", "trà", "tea"], ["vi", "bóng", "ball"]])
    assert mate_precision(_encode, path) == {"vi": 1.0}


def test_mates_by_their_first_numbers(tmp_path: Path) -> None:
    """Rows that differ in the second number alone are all one by their first."""
    path = _write(tmp_path / "mates.csv.gz", ["lang", "text", "en"], [["vi", "trà", "tea"], ["vi", "bóng", "ball"]])
    rows = {"tea": [1, 1], "trà": [1, 2], "ball": [1, -1], "bóng": [1, -2]}
    encode = lambda texts: np.array([rows[text] for text in texts], dtype=np.float32)  # noqa: E731
    assert mate_precision(encode, path) == {"vi": 1.0}
    assert mate_precision(encode, path, dimensions=1) == {"vi": 0.5}
