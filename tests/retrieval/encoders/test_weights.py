"""Token weights: worked by hand on the model of five rows."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.retrieval.encoders.protocol import Rows
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.encoders.weights import token_weights, weighted


class Sentences:
    """An encoder without a table of tokens."""

    name, fingerprint, dimensions, languages = "sentences", "00", 2, frozenset({"en"})

    def encode(self, texts: Sequence[str]) -> Rows:
        return np.zeros((len(texts), 2), dtype=np.float32)


def test_a_token_in_a_tenth_of_the_posts_keeps_half_of_its_weight() -> None:
    np.testing.assert_allclose(token_weights(np.array([0, 10, 100]), 100), [1.0, 0.5, 1 / 11], atol=1e-6)


def test_no_posts_weigh_nothing_down() -> None:
    assert token_weights(np.zeros(3, dtype=np.int64), 0).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("folder", ["plain_folder", "quantised_folder"])
def test_a_weight_multiplies_the_row(folder: str, request: pytest.FixtureRequest) -> None:
    encoder = StaticEncoder.load(request.getfixturevalue(folder))
    damped = encoder.weighted(np.array([1, 0.5, 1, 1, 1], dtype=np.float32))
    # half of (3, 4) and the whole of (-4, 3) are (-2.5, 5)
    np.testing.assert_allclose(damped.encode(["tea cake"]), [[-0.4472136, 0.8944272]], atol=1e-6)
    np.testing.assert_allclose(damped.encode(["tea", ""]), [[0.6, 0.8], [0.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(encoder.encode(["tea cake"]), [[-0.1414214, 0.9899495]], atol=1e-6)
    assert (damped.name, damped.languages) == (encoder.name, encoder.languages)


def test_other_weights_are_another_encoder(plain_folder: Path) -> None:
    encoder = StaticEncoder.load(plain_folder)
    half, ones = np.full(5, 0.5, dtype=np.float32), np.ones(5, dtype=np.float32)
    prints = {encoder.fingerprint, encoder.weighted(half).fingerprint, encoder.weighted(ones).fingerprint}
    assert len(prints) == 3
    assert encoder.weighted(half.copy()).fingerprint in prints


def test_posts_with_a_token(plain_folder: Path) -> None:
    encoder = StaticEncoder.load(plain_folder)
    counts = encoder.posts_with_token(["tea tea cake", "TEA", "", "who knows"])
    assert counts.tolist() == [1, 2, 1, 0, 0]  # `<unk>`, tea, cake


def test_only_a_table_can_be_weighted(plain_folder: Path) -> None:
    encoder = StaticEncoder.load(plain_folder)
    assert weighted(encoder, None) is encoder
    with pytest.raises(InputError, match="'sentences' reads whole sentences"):
        weighted(Sentences(), np.ones(5, dtype=np.float32))
