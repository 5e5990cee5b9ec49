"""Rows for dictionary words: what they mean, which are worth a row, and that the tokeniser then uses them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from matcher.training.dictionary_words import (
    Candidates,
    DictionaryWords,
    interest_names,
    meanings_of,
    with_dictionary_words,
    worth,
)
from matcher.training.pairs import Pair
from matcher.training.tokeniser import build_tokeniser

pytest.importorskip("sentencepiece")
from matcher.training.charmap import compile_charmap

SCORES = {"▁": -2.0, "面": -6.0, "膜": -7.0, "粉末": -7.0, "▁mặt": -6.0, "▁nạ": -7.0, "▁mask": -6.0, "▁powder": -6.0}
FACE, FILM, MASK, POWDER = np.eye(4, dtype=np.float32)
TEXTS = {"面膜": FACE + FILM, "mặt nạ": FACE, "facial mask": MASK, "mask": MASK, "powder": POWDER, "粉": POWDER}


def pair(language: str, left: str, right: str, kind: str = "dict", source: str = "a dictionary") -> Pair:
    return Pair(language, kind, left, right, source, "MIT")


PAIRS = [
    pair("zh-TW", "面膜", "facial mask (cosmetics)"),
    pair("zh-TW", "面膜", "powder", source="CPJKU/wechsel"),
    pair("zh-CN", "粉末", "powder"),
    pair("vi", "mặt nạ", "mask"),
    pair("zh-TW", "面", "face"),
    pair("zh-TW", "面膜", "a facial mask, please", kind="sent"),
    pair("ja", "面膜", "powder"),
]


def encode(texts: Sequence[str]) -> Any:
    """Unit rows of known texts, zeros of all others."""
    rows = np.stack([TEXTS.get(text, np.zeros(4, np.float32)) for text in texts])
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def test_meanings_are_of_words_in_dictionaries_without_their_brackets() -> None:
    found = meanings_of(PAIRS, str.lower)
    assert found["zh"] == {"面膜": [("facial mask", 1.0), ("powder", 0.3)], "粉末": [("powder", 1.0)]}
    assert found["vi"] == {"mặt nạ": [("mask", 1.0)]}


def test_a_word_gets_a_row_of_its_meanings_and_the_tokeniser_takes_it() -> None:
    tokeniser = build_tokeniser(SCORES, compile_charmap({"!": " "}))
    table = np.full((tokeniser.get_vocab_size(), 4), 0.5, np.float32)  # rows of length 1
    longer, fuller = with_dictionary_words(
        table, tokeniser, encode, PAIRS, ["mask"], {"面膜": 1e-6}, DictionaryWords(meaning=0.75)
    )
    assert fuller.get_vocab_size() == len(longer) == len(table) + 2  # 粉末 has a row, 面 is one character
    np.testing.assert_array_equal(longer[: len(table)], table)
    meant = (MASK + 0.3 * POWDER) / np.hypot(1.0, 0.3)
    toward = 0.75 * meant + 0.25 * (FACE + FILM) / np.sqrt(2)
    np.testing.assert_allclose(longer[fuller.token_to_id("面膜")], toward / np.linalg.norm(toward), atol=1e-6)
    assert fuller.encode("面膜", add_special_tokens=False).tokens == ["▁", "面膜"]
    assert fuller.encode("Mặt nạ!", add_special_tokens=False).tokens == ["▁mặt▁nạ"]


def test_only_so_many_words_get_a_row_those_that_are_worth_it() -> None:
    tokeniser = build_tokeniser(SCORES, compile_charmap({"!": " "}))
    table = np.full((tokeniser.get_vocab_size(), 4), 0.5, np.float32)
    few = DictionaryWords(chinese=0, vietnamese=1)
    _, fuller = with_dictionary_words(table, tokeniser, encode, PAIRS, ["mask"], {}, few)
    assert fuller.token_to_id("面膜") is None and fuller.token_to_id("▁mặt▁nạ") == len(table)


@pytest.mark.parametrize(
    ("better", "change"),
    [
        pytest.param({"pieces": FILM}, {}, id="pieces further from the meaning"),
        pytest.param({"listed": 3.0}, {}, id="more dictionaries"),
        pytest.param({"agreement": 0.9}, {}, id="that agree"),
        pytest.param({"frequency": 1e-5}, {}, id="in use"),
        pytest.param({"meaning": MASK, "pieces": FACE}, {"pieces": FACE}, id="nearer to an interest"),
    ],
)
def test_what_makes_a_row_worth_more(better: dict[str, Any], change: dict[str, Any]) -> None:
    """Each by itself, with all else equal."""

    def of(**values: object) -> float:
        v = {"pieces": (FILM + POWDER) / np.sqrt(2), "meaning": POWDER, "listed": 1.0, "agreement": 0.5} | values
        one = Candidates(
            ["w"],
            np.array([v["pieces"]]),
            np.array([v["meaning"]]),
            np.array([v["listed"]]),
            np.array([v["agreement"]]),
        )
        return float(worth(one, np.array([v.get("frequency", 1e-7)]), np.array([MASK]), DictionaryWords())[0])

    assert of(**better) > of(**change) >= 0


def test_interests_have_english_names() -> None:
    names = interest_names()
    assert {"skin care", "skincare", "beauty"} <= set(names) and all(name.isascii() for name in names)
