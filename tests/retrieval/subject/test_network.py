from pathlib import Path

import numpy as np

from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.subject.network import Network, features


def test_features_worked_by_hand() -> None:
    rows = np.array([[3.0, 4.0], [0.0, 2.0], [0.01, 0.0]], np.float32)
    # Directions (0.6, 0.8), (0, 1) and none: the last row is too short. Weighed by length: (3, 4), (0, 2), (0, 0).
    found = features(rows)
    assert found.shape == (3, 2 * 2 + 4)
    np.testing.assert_allclose(found[:, :2], [[2.4, 3.2], [0.0, 4.0], [0.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(found[0, 2:4], [0.0, 3.0], atol=1e-6)
    np.testing.assert_allclose(found[1, 2:4], [1.8, 2.4], atol=1e-6)
    whole = np.array([3.0, 6.0]) / np.sqrt(45.0)
    np.testing.assert_allclose(found[2, 2:4], 3 * whole, atol=1e-6)
    np.testing.assert_allclose(found[:, 4], np.log([5.0, 2.0, 0.05]), atol=1e-6)
    np.testing.assert_allclose(found[:, 5], np.log([3.0, 3.0, 3.0]), atol=1e-6)
    np.testing.assert_allclose(found[:, 6], [0.6 * whole[0] + 0.8 * whole[1], whole[1], 0.0], atol=1e-6)
    np.testing.assert_allclose(found[:, 7], [0.8, 0.8, 0.0], atol=1e-6)


def test_only_three_tokens_on_each_side_are_surroundings() -> None:
    rows = np.eye(6, dtype=np.float32)[[0, 1, 2, 3, 4, 5, 0, 0]]
    around = features(rows)[0, 6:12]
    np.testing.assert_allclose(around, 3 * np.array([0, 1, 1, 1, 0, 0]) / np.sqrt(3), atol=1e-6)


def test_log_odds_of_a_network_made_by_hand() -> None:
    hidden = np.zeros((2, 8), np.float32)
    hidden[0, 0], hidden[1, 0] = 1.0, -1.0
    network = Network(hidden, np.array([0.5, 0.0], np.float32), np.array([2.0, 10.0], np.float32), -1.0, "")
    rows = np.array([[1.0, 0.0], [-1.0, 0.0]], np.float32)
    # 4 × ±1 + 0.5 through a rectifier: 4.5 and 0; -4 × ±1: 0 and 4.
    np.testing.assert_allclose(network.log_odds(rows), [2 * 4.5 - 1, 10 * 4.0 - 1], atol=1e-5)


def test_saved_and_read_again(tmp_path: Path) -> None:
    shipped = Network.load()
    shipped.save(tmp_path / "network.npz")
    assert (tmp_path / "network.npz").stat().st_size < 200_000
    with np.load(tmp_path / "network.npz") as saved:
        np.testing.assert_array_equal(saved["hidden"].astype(np.float32), shipped.hidden)
        assert str(saved["encoder"]) == shipped.encoder


def test_the_shipped_network_was_fitted_to_the_shipped_encoder() -> None:
    assert Network.load().encoder == load_encoder().fingerprint, "run scripts/train_subject.py"
