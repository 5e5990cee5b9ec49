"""Reading pairs, and how many dictionary entries get in."""

import gzip
import json
from pathlib import Path

from matcher.training.pairs import Pair, cap_dictionaries, english_texts, read_pairs, sources


def _pair(left: str, right: str, kind: str = "dict", language: str = "vi", source: str = "a") -> Pair:
    return Pair(language, kind, left, right, source, "MIT")


def test_read(tmp_path: Path) -> None:
    row = {"lang": "th", "text": "ชา", "en": "tea", "source": "s", "licence": "MIT", "kind": "term"}
    path = tmp_path / "pairs.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    assert list(read_pairs(path)) == [Pair("th", "term", "ชา", "tea", "s", "MIT")]


def test_only_dictionaries_are_capped_and_preferred_entries_go_first() -> None:
    pairs = [_pair(str(n), f"word {n}") for n in range(10)] + [_pair("câu", "sentence", kind="sent")]
    kept = cap_dictionaries(pairs, cap=2, seed=1, prefer={"word 3", "word 8"})
    assert {pair.right for pair in kept} == {"sentence", "word 3", "word 8"}
    assert cap_dictionaries(pairs, cap=2, seed=1) == cap_dictionaries(pairs, cap=2, seed=1)


def test_english_texts_put_sentences_before_dictionaries() -> None:
    pairs = [_pair("trà", "tea"), _pair("ชา", "tea"), _pair("bánh", "cake"), _pair("Xin chào.", "Hello.", kind="sent")]
    pairs.append(_pair("Ý", "イタリア", kind="pivot", language="vi-ja"))
    assert english_texts(pairs) == ["Hello.", "tea", "cake"]


def test_sources_are_counted() -> None:
    pairs = [_pair("a", "b"), _pair("c", "d"), _pair("e", "f", source="z")]
    assert sources(pairs) == [
        ("a", "MIT", 2),
        ("z", "MIT", 1),
    ]
