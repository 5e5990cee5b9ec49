"""Rows of a column in many pieces."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from matcher.indexing.columns import taken

texts = st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=8)

COUNTING = pa.proxy_memory_pool(pa.default_memory_pool())
"""Lives as long as whatever was made in it."""


@given(st.lists(texts, max_size=6), st.data())
def test_rows_of_any_chunks_in_any_order(chunks: list[list[str | None]], data: st.DataObject) -> None:
    column = pa.chunked_array([pa.array(chunk, pa.large_string()) for chunk in chunks], pa.large_string())
    whole = column.to_pylist()
    rows = data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)) if whole else []
    found = taken(column, np.array(rows, dtype=np.int64))
    assert found.type == pa.large_string() and found.to_pylist() == [whole[row] for row in rows]


def test_a_few_rows_cost_the_memory_of_a_few_rows() -> None:
    column = pa.chunked_array([pa.array(["x" * 1000] * 1000, pa.large_string()) for _ in range(20)])
    before = pa.default_memory_pool()
    pa.set_memory_pool(COUNTING)
    try:
        assert len(taken(column, np.array([19_999, 3]))) == 2
    finally:
        pa.set_memory_pool(before)
    assert 0 < (COUNTING.max_memory() or 0) < 100_000, "of 20 MB"
