"""Distinct rows, against NumPy's own."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from matcher.signals.distinct import distinct, distinct_rows

CODES = arrays.arrays(
    np.int64,
    st.tuples(st.integers(1, 40), st.integers(1, 5)),
    elements=st.integers(-2, 6) | st.integers(-(2**40), 2**40),
)


@given(arrays.arrays(st.sampled_from([np.int64, np.uint64, np.int32]), st.integers(0, 40), elements=st.integers(0, 9)))
def test_distinct_values_are_those_of_numpy(values: NDArray[np.integer[Any]]) -> None:
    np.testing.assert_array_equal(distinct(values), np.unique(values))
    assert distinct(values).dtype == values.dtype


@given(CODES)
def test_the_same_as_numpy(keys: NDArray[np.int64]) -> None:
    rows, which = distinct_rows(keys)
    expected, inverse = np.unique(keys, axis=0, return_inverse=True)
    np.testing.assert_array_equal(rows, expected)
    np.testing.assert_array_equal(which, inverse.ravel())


@pytest.mark.parametrize(
    ("shape", "rows"),
    [pytest.param((0, 3), (0, 3), id="no rows"), pytest.param((4, 0), (1, 0), id="rows of nothing are all the same")],
)
def test_nothing(shape: tuple[int, int], rows: tuple[int, int]) -> None:
    found, which = distinct_rows(np.zeros(shape, np.int16))
    assert (found.shape, which.tolist()) == (rows, [0] * shape[0])
