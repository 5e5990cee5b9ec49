"""Fusion, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.retrieval.fusion import fuse


@pytest.mark.parametrize(
    ("cosine", "lexical", "weight", "expected"),
    [
        pytest.param(1.0, 1.0, 0.3, 1.0, id="the best of both"),
        pytest.param(-1.0, 0.0, 0.3, 0.0, id="the worst of both"),
        pytest.param(0.6, 0.0, 0.0, 0.8, id="vectors alone"),
        pytest.param(0.6, 0.25, 1.0, 0.25, id="words alone"),
        pytest.param(0.6, 0.5, 0.15, 0.85 * 0.8 + 0.15 * 0.5, id="both"),
    ],
)
def test_fuse(cosine: float, lexical: float, weight: float, expected: float) -> None:
    found = fuse(np.array([cosine], np.float32), np.array([lexical], np.float32), weight)
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx([expected])


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_better_post_never_scores_lower(cosine: float, other: float, lexical: float, weight: float) -> None:
    low, high = sorted((cosine, other))
    both = fuse(np.array([low, high], np.float32), np.full(2, lexical, np.float32), weight)
    assert both[0] <= both[1]
    assert (both >= 0).all() and (both <= 1 + 1e-6).all()
