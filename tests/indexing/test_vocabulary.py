"""Names to codes, and lists by owner."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing.vocabulary import Vocabulary, grouped
from matcher.snapshot import owners


def test_codes_are_given_in_order_of_first_use() -> None:
    vocabulary = Vocabulary.of(["b", "a", "b"])
    assert vocabulary.encode(["a", None, "c", "b"], np.int16).tolist() == [1, -1, 2, 0]
    assert vocabulary.names() == ["b", "a", "c"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 99)), max_size=20))
def test_grouped(pairs: list[tuple[int, int]]) -> None:
    owner = [who for who, _ in pairs]
    start, (values,) = grouped(owner, 5, np.array([value for _, value in pairs], np.int64))
    assert list(zip(owners(start).tolist(), values.tolist(), strict=True)) == sorted(pairs, key=lambda pair: pair[0])
