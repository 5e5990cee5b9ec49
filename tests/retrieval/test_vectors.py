"""Vectors at rest: int8 codes lose little, and the files are plain NumPy files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from matcher.retrieval.vectors import VectorTable, VectorWriter, quantise

Rows = NDArray[np.float32]


def unit_rows(n: int, d: int, seed: int = 0) -> Rows:
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_quantise_by_hand() -> None:
    codes, scales = quantise(np.array([[1.27, -0.5, 0.0], [0.0, 0.0, 0.0], [-254.0, 2.0, 1.0]], np.float32))
    np.testing.assert_allclose(scales, [0.01, 0.0, 2.0], rtol=1e-6)
    assert codes.tolist() == [[127, -50, 0], [0, 0, 0], [-127, 1, 0]]


@given(
    arrays(
        np.float32,
        array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=8),
        elements=st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=True),
    )
)
def test_no_number_is_off_by_more_than_half_a_step(rows: Rows) -> None:
    codes, scales = quantise(rows)
    assert codes.shape == rows.shape and codes.dtype == np.int8 and scales.dtype == np.float32
    back = codes.astype(np.float64) * scales[:, None]
    tiny = 127 * np.finfo(np.float32).tiny
    assert (np.abs(back - rows) <= 0.5001 * scales[:, None].astype(np.float64) + tiny).all()


def test_a_cosine_is_off_by_less_than_half_a_percent() -> None:
    rows = unit_rows(500, 256)
    table = VectorTable.of(rows)
    found = table.similarities(rows[:20], np.arange(500))
    np.testing.assert_allclose(found, rows @ rows[:20].T, atol=0.005)


def test_a_zero_row_is_similar_to_nothing() -> None:
    table = VectorTable.of(np.zeros((2, 4), np.float32))
    assert table.similarities(np.ones((1, 4), np.float32), np.array([0, 1])).tolist() == [[0.0], [0.0]]
    assert table.gather(np.array([1])).tolist() == [[0.0] * 4]


def test_similarities_are_those_of_the_gathered_rows() -> None:
    table = VectorTable.of(unit_rows(9_000, 8))  # more than two blocks
    rows = np.random.default_rng(1).permutation(9_000)
    queries = unit_rows(3, 8, seed=2)
    np.testing.assert_allclose(table.similarities(queries, rows), table.gather(rows) @ queries.T, atol=1e-6)
    assert table.similarities(queries, np.empty(0, np.int64)).shape == (0, 3)


def test_blocks_are_all_rows_in_order() -> None:
    table = VectorTable.of(unit_rows(10, 4))
    blocks = list(table.blocks(size=4))
    assert [len(block) for block in blocks] == [4, 4, 2]
    np.testing.assert_array_equal(np.concatenate(blocks), table.gather(np.arange(10)))


@pytest.mark.parametrize(("n", "cut"), [(0, ()), (7, (3,)), (2_000, (1, 1_500))])
def test_the_writer_makes_what_numpy_would(tmp_path: Path, n: int, cut: tuple[int, ...]) -> None:
    codes, scales = quantise(unit_rows(n, 16))
    writer = VectorWriter(tmp_path / "posts", n, 16)
    for part, own in zip(np.split(codes, cut), np.split(scales, cut), strict=True):
        writer.write(part, own)
    writer.close()
    np.save(tmp_path / "codes", codes)
    np.save(tmp_path / "scales", scales)
    for name in ("codes", "scales"):
        assert (tmp_path / f"posts.{name}.npy").read_bytes() == (tmp_path / f"{name}.npy").read_bytes()
    table = VectorTable.open(tmp_path / "posts")
    assert (len(table), table.dimensions) == (n, 16)
    np.testing.assert_array_equal(table.codes, codes)
