"""Rows by 64-bit keys."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing.lookup import Lookup

KEYS = st.lists(st.integers(0, 30), max_size=12)


@given(KEYS, KEYS)
def test_against_a_plain_search(keys: list[int], asked: list[int]) -> None:
    found = Lookup.of(np.array(keys, np.uint64)).rows(np.array(asked, np.uint64))
    assert found.tolist() == [keys.index(key) if key in keys else -1 for key in asked]
