"""From a brief to what is searched for: its conditions and the names that somebody made up are not."""

import numpy as np
import pytest

from matcher.matching.query import Query, make_queries
from matcher.records import Brief
from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.index import Index


def query(text: str, index: Index | None = None) -> Query:
    """The query for a text."""
    return make_queries([Brief(text=text)], load_encoder(), index)[0]


@pytest.mark.parametrize(
    "said",
    [
        "Oolong tea and cakes, 10k-100k followers, ages 18-34, budget US$5,000.",
        "Oolong tea and cakes, TikTok, no gambling",
    ],
)
def test_conditions_are_not_searched_for(said: str) -> None:
    plain, longer = query("Oolong tea and cakes"), query(said)
    assert set(longer.tokens) - set(plain.tokens) <= {"no"}
    assert float(plain.vectors[0] @ longer.vectors[0]) > 0.9


def test_names_that_no_post_says_are_not_searched_for(index: Index) -> None:
    with_name, without = query("TeaPeak oolong tea", index), query("oolong tea", index)
    assert with_name.tokens == without.tokens == ("oolong", "tea")
    np.testing.assert_array_equal(with_name.vectors, without.vectors)
    assert "teapeak" in query("TeaPeak oolong tea").tokens  # no index, nobody to ask
