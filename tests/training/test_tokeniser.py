"""The vocabulary's parts and the tokeniser over them, on vocabularies of a few words."""

import math
from collections import Counter

import pytest

from matcher.training import vocabulary
from matcher.training.charmap import rules
from matcher.training.tokeniser import build_tokeniser, count_tokens, prune, usage_by_language

pytest.importorskip("sentencepiece")
from matcher.training.charmap import compile_charmap

SCORES = {
    "▁": -2.0, "▁du": -5.0, "▁lịch": -6.0, "▁du▁lịch": -7.0, "▁vegan": -6.0, "recipes": -10.0, "护肤": -8.0,
    "护": -12.0,
    "🔥": -9.0, "▁the": -3.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def charmap() -> bytes:
    return compile_charmap(rules({"護": "护", "膚": "肤"}))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("Du lịch!", ["▁du▁lịch"], id="a compound is one token"),
        pytest.param("#VeganRecipes", ["▁vegan", "recipes"], id="a hashtag falls into words"),
        pytest.param("護膚", ["▁", "护肤"], id="Traditional becomes Simplified"),
        pytest.param("🔥\ufe0f", ["▁", "🔥"], id="emoji without its variant mark"),
        pytest.param("see https://a.example/x?y THE", ["▁", "<0x73>", "<0x65>", "<0x65>", "▁the"], id="address, bytes"),
        pytest.param("", [], id="empty"),
    ],
)
def test_tokens(charmap: bytes, text: str, tokens: list[str]) -> None:
    found = build_tokeniser(SCORES, charmap).encode(text, add_special_tokens=False).tokens
    assert [token for token in found if token != "▁" or len(tokens) > 1] == tokens


def test_accents_stay(charmap: bytes) -> None:
    assert build_tokeniser(SCORES, charmap).normalizer.normalize_str("ＢÁNH mì,phở") == "bánh mì phở"


def test_count_tokens(charmap: bytes) -> None:
    counts = count_tokens(build_tokeniser(SCORES, charmap), ["the vegan", "the"], batch=1)
    assert counts == Counter({"▁the": 2, "▁vegan": 1})


def test_prune_keeps_the_words_of_small_corpora() -> None:
    counts = {"en": Counter({"▁the": 90, "▁tea": 8, "▁odd": 2}), "th": Counter({"ชา": 3, "กา": 1})}
    usage = usage_by_language(counts)
    assert usage["ชา"] == 0.75
    assert usage["the"] == pytest.approx(0.2 * 0.9), "a word inside a hashtag counts a fifth of the word"
    assert "กา" not in usage, "once is chance"
    kept = prune(dict.fromkeys(["▁the", "▁tea", "▁odd", "ชา", "กา"], -1.0), usage, size=3)
    assert list(kept) == ["▁the", "ชา", "▁tea"]


def test_maximal_matching() -> None:
    assert vocabulary.maximal_matching("我们去露营", {"我们", "露营", "们去"}) == ["我们", "露营"]


def test_compounds_win_over_their_syllables() -> None:
    syllables = {"▁du": -5.0, "▁lịch": -5.0}
    scores = vocabulary.compounds(["du lịch", "du", "xa xôi"], ["tôi đi du lịch"] * 3, syllables, budget=1)
    assert list(scores) == ["▁du▁lịch"]
    assert scores["▁du▁lịch"] >= -9.0


def test_spaced_words_need_to_be_seen() -> None:
    scores = vocabulary.spaced_words({"tea": 0.01, "unseen": 0.5}, Counter({"tea": 1, "rare": 1, "own": 9}), budget=9)
    assert set(scores) == {"▁tea", "▁own"}
    assert scores["▁tea"] == pytest.approx(math.log(0.01))


def test_inside_words_pay_a_penalty() -> None:
    assert vocabulary.inside_words({"▁tea": -3.0, "▁a": -1.0, "▁du▁lịch": -2.0}, budget=5) == {"tea": -7.0}
