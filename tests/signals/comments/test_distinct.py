"""Distinct values."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.signals.comments.distinct import distinct


@given(st.lists(st.integers(0, 9)))
def test_against_a_set(values: list[int]) -> None:
    assert distinct(np.array(values, np.uint64)).tolist() == sorted(set(values))
