"""From a brief to what is searched for: its conditions are not, its products are."""

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


@pytest.mark.parametrize("product", ["Bakuchiol", "Ozempic", "Senderismo", "Tteokbokki"])
def test_a_product_that_no_post_says_yet_is_searched_for(product: str, index: Index) -> None:
    """A word in no post and no word list may be the subject itself."""
    assert product.lower() in query(f"{product} and oolong tea", index).tokens
    with_it, without = query(f"{product} and oolong tea", index), query("and oolong tea", index)
    assert not np.array_equal(with_it.vectors[0], without.vectors[0])
