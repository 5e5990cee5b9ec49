"""Texts are judged once."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from matcher.indexing.comments import KnownTexts, save_texts
from matcher.indexing.comments import texts as room
from matcher.indexing.comments.texts import NO_TEXT
from matcher.signals.comments.quality import JUDGED, judge

TEXTS = ["Where did you buy them?", "😍", "Where did you buy them?", None, "I wear these every day", "x" * 400]


def test_repeats_and_nulls() -> None:
    hashes, judged = KnownTexts.open(None).judge(pa.array(TEXTS))
    assert hashes[3] == NO_TEXT and judged[3].tobytes() == np.zeros(1, JUDGED).tobytes()
    assert hashes[0] == hashes[2] and len(np.unique(hashes)) == 5
    said = [text for text in TEXTS if text]
    assert judged[[0, 1, 2, 4, 5]].tobytes() == judge(said).tobytes()


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = KnownTexts.open(None).judge(pa.array(TEXTS[:4]))
    save_texts(tmp_path, *first)
    read: list[str] = []

    def reading(texts: list[str]) -> object:
        read.extend(texts)
        return judge(texts)

    monkeypatch.setattr(room, "judge", reading)
    hashes, judged = KnownTexts.open(tmp_path).judge(pa.array(TEXTS))
    assert sorted(read) == sorted(text for text in TEXTS[4:] if text)
    assert judged[:4].tobytes() == first[1].tobytes()
    save_texts(tmp_path, hashes, judged)
    read.clear()
    assert KnownTexts.open(tmp_path).judge(pa.array(TEXTS))[1].tobytes() == judged.tobytes()
    assert read == []


def test_what_is_kept_is_in_order_and_names_nobody(tmp_path: Path) -> None:
    save_texts(tmp_path, *KnownTexts.open(None).judge(pa.array(TEXTS)))
    assert {path.name for path in tmp_path.iterdir()} == {"texts.hash.npy", "texts.judged.npy"}
    kept = np.load(tmp_path / "texts.hash.npy")
    assert len(kept) == 4 and (np.diff(kept.astype(object)) > 0).all() and NO_TEXT not in kept
