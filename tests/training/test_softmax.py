"""The small regression against what can be worked out by hand."""

import numpy as np
import pytest

from matcher.training.account_kind import folds
from matcher.training.softmax import fit_softmax, probabilities, temperature_of


def test_without_features_the_classes_get_their_shares() -> None:
    classes = np.array([0, 0, 0, 1])
    model = fit_softmax(np.zeros((4, 1)), classes, 2, 1.0, np.ones(4))
    assert probabilities(model.logits(np.zeros((1, 1))))[0] == pytest.approx([0.75, 0.25], abs=1e-3)


def test_rows_count_by_their_weight() -> None:
    model = fit_softmax(np.zeros((2, 1)), np.array([0, 1]), 2, 1.0, np.array([3.0, 1.0]))
    assert probabilities(model.logits(np.zeros((1, 1))))[0] == pytest.approx([0.75, 0.25], abs=1e-3)


def test_a_column_that_tells_gets_weight_and_a_ridge_lowers_it() -> None:
    features = np.array([[0.0, 5.0], [0.0, 5.0], [1.0, 5.0], [1.0, 5.0]])
    classes = np.array([0, 0, 1, 1])
    loose, tight = (fit_softmax(features, classes, 2, ridge, np.ones(4)) for ridge in (0.1, 10.0))
    for model in (loose, tight):
        assert np.array_equal(model.logits(features).argmax(axis=1), classes)
        assert model.weights[1] == pytest.approx([0.0, 0.0], abs=1e-6)
    assert loose.weights[0, 1] > tight.weights[0, 1] > 0


def test_without_evidence_a_weight_is_what_was_expected_and_with_it_what_was_seen() -> None:
    features, expected = np.array([[0.0], [1.0], [0.0], [1.0]]), np.array([[-1.0, 1.0]])
    nothing = fit_softmax(features, np.array([0, 0, 1, 1]), 2, 1e6, np.ones(4), expected)
    assert nothing.weights == pytest.approx(expected, abs=1e-3)
    seen = fit_softmax(features, np.array([1, 0, 1, 0]), 2, 0.01, np.ones(4), expected)
    assert seen.weights[0, 0] > 0 > seen.weights[0, 1]


def test_a_temperature_makes_confident_guesses_modest() -> None:
    logits = np.array([[4.0, 0.0]] * 4)
    classes = np.array([0, 0, 0, 1])  # right three times in four
    temperature = temperature_of(logits, classes)
    assert probabilities(logits / temperature)[0, 0] == pytest.approx(0.75, abs=1e-3)


def test_folds_spread_each_class() -> None:
    kinds = np.array([0] * 20 + [1] * 10)
    fold = folds(kinds, 5, seed=1)
    assert [np.bincount(fold[kinds == kind], minlength=5).tolist() for kind in (0, 1)] == [[4] * 5, [2] * 5]
