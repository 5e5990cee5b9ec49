"""The lexical arm against BM25 worked out by hand."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import SnapshotDamaged
from matcher.retrieval.lexical import LexicalIndex, build_lexical, copy_lexical
from matcher.text import tokens

DOCUMENTS = ["tea cake tea", "tea", "cake shop in town", "coffee", "", "tea cake", "tea cake"]


def make(folder: Path, documents: Sequence[str]) -> LexicalIndex:
    build_lexical(folder, enumerate(documents))
    return LexicalIndex(folder)


def bm25(documents: Sequence[str], query: Sequence[str]) -> list[float]:
    """Robertson & Zaragoza (2009), k1 = 1.2, b = 0.75, idf as in Lucene; divided by the most there could be."""
    words = [document.split() for document in documents]
    n, mean = len(words), sum(map(len, words)) / len(words)
    scores, bound = [0.0] * n, 0.0
    for token in dict.fromkeys(query):
        df = sum(token in document for document in words)
        if not df:
            continue
        idf = math.log(1 + (n - df + 0.5) / (df + 0.5))
        bound += idf * 2.2
        for i, document in enumerate(words):
            tf = Counter(document)[token]
            scores[i] += idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * len(document) / mean))
    return [score / bound if bound else 0.0 for score in scores]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return make(tmp_path_factory.mktemp("lexical") / "index", DOCUMENTS)


def test_one_score_by_hand(index: LexicalIndex) -> None:
    """7 documents of 13 tokens; "coffee" is in one: tf 1, length 1, mean 13/7."""
    numbers, scores = index.search(["coffee"], 10)
    assert numbers.tolist() == [3]
    assert scores.tolist() == pytest.approx([1 / (1 + 1.2 * (0.25 + 0.75 * 7 / 13))], rel=1e-5)
    assert index.idf("coffee") == pytest.approx(math.log(1 + 6.5 / 1.5))
    assert index.idf("juice") == 0.0


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(["tea"], id="one word"),
        pytest.param(["tea", "cake", "coffee"], id="several"),
        pytest.param(["tea", "tea", "cake"], id="a repeated word counts once"),
        pytest.param(["tea", "juice"], id="an unknown word"),
    ],
)
def test_scores_are_those_of_the_formula(index: LexicalIndex, query: list[str]) -> None:
    expected = bm25(DOCUMENTS, query)
    numbers, scores = index.search(query, 10)
    best = sorted((i for i in range(len(DOCUMENTS)) if expected[i] > 0), key=lambda i: (-expected[i], i))
    assert numbers.tolist() == best
    assert scores.tolist() == pytest.approx([expected[i] for i in best], rel=1e-5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.lists(st.sampled_from("abcde"), max_size=6).map(" ".join), min_size=1, max_size=12),
    query=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5),
)
def test_any_documents(tmp_path_factory: pytest.TempPathFactory, documents: list[str], query: list[str]) -> None:
    index = make(tmp_path_factory.mktemp("any") / "index", documents)
    expected = bm25(documents, query) if any(documents) else []
    numbers, scores = index.search(query, len(documents))
    assert dict(zip(numbers.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        {i: score for i, score in enumerate(expected) if score > 0}, rel=1e-4
    )
    assert (scores <= 1).all()


def test_ties_go_by_number(index: LexicalIndex) -> None:
    numbers, scores = index.search(["tea", "cake"], 10)
    tied = np.flatnonzero(np.isclose(scores, scores[numbers.tolist().index(5)]))
    assert numbers[tied].tolist() == [5, 6]


def test_the_best_few(index: LexicalIndex) -> None:
    whole, _ = index.search(["tea", "cake"], 10)
    assert index.search(["tea", "cake"], 2)[0].tolist() == whole[:2].tolist()


@pytest.mark.parametrize("query", [[], ["juice"], ["juice", "ไม่มี"]])
def test_nothing_is_known(index: LexicalIndex, query: list[str]) -> None:
    numbers, scores = index.search(query, 10)
    assert len(numbers) == len(scores) == 0


def test_a_very_long_query_is_its_rarest_words(tmp_path: Path) -> None:
    documents = [f"common w{i}" for i in range(300)]
    index = make(tmp_path / "index", documents)
    numbers, scores = index.search(["common", *(f"w{i}" for i in range(300))] * 20, 1_000)
    assert len(numbers) == 64
    assert (scores > 0).all() and (scores <= 1).all()


def test_a_post_of_one_word_said_often_stays_under_the_bound(tmp_path: Path) -> None:
    index = make(tmp_path / "index", ["tea " * 5_000, "tea", "cake"])
    assert index.search(["tea"], 3)[1].max() <= 1


WORDS = [
    "iced coffee with milk",  # 0
    "coffee, iced?",  # 1
    "手沖咖啡真好喝",  # 2
    "喝茶去",  # 3
    "茶",  # 4
    "cà phê sữa đá",  # 5
    "ร้านกาแฟในเชียงใหม่",  # 6
    "ชาไทย",  # 7
    "#IcedCoffee",  # 8
    "SK-II 茶葉面膜",  # 9
]


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return make(tmp_path_factory.mktemp("posts") / "index", [" ".join(words) for words in tokens(WORDS)])


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("coffee", [0, 1, 8], id="a word, also inside a hashtag"),
        pytest.param("Iced Coffee", [0, 8], id="words in this order"),
        pytest.param("coffee iced", [1], id="and in the other"),
        pytest.param("咖啡", [2], id="Chinese"),
        pytest.param("手沖咖啡", [2], id="a longer Chinese word"),
        pytest.param("沖手", [], id="characters in another order"),
        pytest.param("茶", [3, 4, 9], id="a single character inside words"),
        pytest.param("II 茶", [9], id="a single character inside a phrase"),
        pytest.param("phê sữa", [5], id="Vietnamese"),
        pytest.param("phe sua", [], id="Vietnamese without its accents is another word"),
        pytest.param("กาแฟ", [6], id="Thai inside a run"),
        pytest.param("ชา", [7], id="a short Thai word inside a run"),
        pytest.param("ฟ", [6], id="a single Thai letter"),
        pytest.param("tea", [], id="not there"),
        pytest.param("!!!", [], id="nothing in it"),
    ],
)
def test_containing(posts: LexicalIndex, phrase: str, expected: list[int]) -> None:
    assert posts.containing(tokens([phrase])[0]).tolist() == expected


@given(st.lists(st.sampled_from(["c++", ".*", "[a]", "a|b", "\\", "#a.b", "@x_y", "🔥", "(茶", "茶"]), max_size=3))
def test_any_token_may_be_asked_for(posts: LexicalIndex, phrase: list[str]) -> None:
    assert set(posts.containing(phrase).tolist()) <= {3, 4, 9}


def test_a_copy_answers_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    copy_lexical(index.folder, tmp_path / "copy")
    for before, after in zip(index.search(["tea"], 9), LexicalIndex(tmp_path / "copy").search(["tea"], 9), strict=True):
        np.testing.assert_array_equal(before, after)


def test_no_documents(tmp_path: Path) -> None:
    index = make(tmp_path / "index", [])
    assert len(index) == 0
    assert len(index.search(["tea"], 5)[0]) == len(index.containing(["tea"])) == 0


def test_a_folder_that_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(SnapshotDamaged, match="cannot be opened as a lexical index"):
        LexicalIndex(tmp_path).search(["tea"], 1)
