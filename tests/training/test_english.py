"""Which rows are English is told by where they stand."""

import numpy as np

from matcher.training.corpus import Bags, TrainingSet
from matcher.training.english import english_rows

TOKENS = ["▁tea", "▁the", "▁dan", "ing", "ชา", "▁name"]


class Tokeniser:
    """Two English words, an Indonesian one, a piece, a Thai word, and a name that both languages say."""

    @staticmethod
    def get_vocab() -> dict[str, int]:
        """Row of each token."""
        return {token: row for row, token in enumerate(TOKENS)}

    @staticmethod
    def get_vocab_size() -> int:
        """How many rows there are."""
        return len(TOKENS)


def test_a_token_is_english_where_english_says_it_about_as_much_as_another_language() -> None:
    texts = {
        "the tea name": [1, 0, 5],
        "dan dan name": [2, 2, 5],
        "dan": [2],
        "tea": [0],
        "the thing": [1, 3],
        "ชา ชา": [4, 4],
    }
    rows = [row for text in texts.values() for row in text]
    bags = Bags(np.array(rows), np.cumsum([0, *map(len, texts.values())]))
    # Indonesian – English, Indonesian – English, English – English, and a pair of two other languages.
    data = TrainingSet(
        bags, left=np.array([1, 2, 3, 5]), right=np.array([0, 0, 4, 1]), meaning=np.array([0, 0, 1, -1]),
        language=np.array(["id", "id", "en", "th-id"]),
    )  # fmt: skip
    # "dan" is a word of Indonesian; "name" is a sixth of English and a quarter of Indonesian, which is near enough.
    assert [TOKENS[row] for row in english_rows(data, Tokeniser())] == ["▁tea", "▁the", "ing", "▁name"]
