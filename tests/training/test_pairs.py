"""Reading pairs, and how many dictionary entries get in."""

import gzip
import json
from pathlib import Path

from matcher.training.pairs import Pair, cap_dictionaries, english_texts, hold_out, read_pairs, sources


def _pair(left: str, right: str, kind: str = "dict", language: str = "vi", source: str = "a") -> Pair:
    return Pair(language, kind, left, right, source, "MIT")


def test_read(tmp_path: Path) -> None:
    row = {"lang": "th", "text": "ชา", "en": "tea", "source": "s", "licence": "MIT", "kind": "term"}
    path = tmp_path / "pairs.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    assert list(read_pairs(path)) == [Pair("th", "term", "ชา", "tea", "s", "MIT")]


def test_only_dictionaries_are_capped_and_the_shortest_go_first() -> None:
    pairs = [_pair("ab" * n, f"word {n}") for n in range(1, 10)] + [_pair("câu", "sentence", kind="sent")]
    lengths = lambda texts: [len(text) for text in texts]  # noqa: E731
    kept = cap_dictionaries(pairs, cap=2, seed=1, length=lengths)
    assert {pair.right for pair in kept} == {"sentence", "word 1", "word 2"}
    drawn = [cap_dictionaries(pairs, cap=2, seed=seed, length=lambda texts: [1] * len(texts)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_held_out_sentence_stands_in_no_pair_that_is_trained_on() -> None:
    pairs = [
        _pair(f"câu {n}", f"sentence {n}", kind="sent", language=language) for n in range(200) for language in "ab"
    ]
    pairs += [_pair("mot", f"sentence {n}") for n in range(200)] + [_pair("hai", "word")]
    kept, held = hold_out(pairs, 0.1)
    english = {pair.right for pair in held}
    assert 8 <= len(english) <= 32
    assert len(held) == 2 * len(english), "every language of a sentence"
    assert not english & {pair.right for pair in kept}
    assert len(kept) == 601 - 3 * len(english)
    assert hold_out(reversed(pairs), 0.1)[1] == held[::-1], "drawn by the text, not by its place"
    assert hold_out(pairs, 0.0) == (pairs, [])


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
