import numpy as np

from matcher.training.corpus import Bags
from matcher.training.finish import Touches, finish


def test_english_leans_and_frequent_tokens_shrink() -> None:
    table = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [0.0, 2.0]], np.float32)
    begun = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], np.float32)
    # Two texts; token 0 stands in both, token 2 in one. The start's rows are half as long, so they count twice.
    texts = Bags(np.array([0, 2, 0]), np.array([0, 2, 3]))
    found = finish(table, begun, np.array([0, 1]), texts, Touches(english_lean=0.25, damping=0.5))
    leaned = np.array([[1.5, 0.5], [0.5, 1.5], [2.0, 0.0], [0.0, 2.0]])
    kept = np.array([0.5 / 1.5, 1.0, 0.5, 1.0])
    np.testing.assert_allclose(found, leaned * kept[:, None], atol=1e-6)


def test_without_touches_nothing_changes() -> None:
    table = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
    texts = Bags(np.array([1]), np.array([0, 1]))
    found = finish(table, table[::-1].copy(), np.array([0]), texts, Touches(english_lean=0.0, damping=1e9))
    np.testing.assert_allclose(found, table, atol=1e-6)
