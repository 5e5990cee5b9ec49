"""The same folder through sentence-transformers gives the same vectors."""

from pathlib import Path

import numpy as np
import pytest

from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.static import StaticEncoder

sentence_transformers = pytest.importorskip("sentence_transformers")

TEXTS = [
    "tea cake",
    "",
    "กาแฟ tea 🔥",
    "vegan protein powder",
    "我們想找分享保養品的創作者",
    "a" * 5000,
    "https://a.example/b",
]


@pytest.mark.filterwarnings("ignore")  # what other people's packages warn of while loading
@pytest.mark.parametrize("which", ["plain", "quantised", "default"])
def test_same_vectors(which: str, request: pytest.FixtureRequest) -> None:
    folder = DEFAULT_FOLDER if which == "default" else request.getfixturevalue(f"{which}_folder")
    model = sentence_transformers.SentenceTransformer(str(folder), device="cpu", trust_remote_code=True)
    np.testing.assert_allclose(StaticEncoder.load(folder).encode(TEXTS), model.encode(TEXTS), atol=1e-5)


@pytest.mark.filterwarnings("ignore")
def test_export_needs_no_code_of_ours(quantised_folder: Path, tmp_path: Path) -> None:
    from matcher.retrieval.encoders.torch_static import export_plain

    export_plain(quantised_folder, tmp_path / "exported")
    expected = StaticEncoder.load(quantised_folder).encode(TEXTS)
    model = sentence_transformers.SentenceTransformer(str(tmp_path / "exported"), device="cpu")
    np.testing.assert_allclose(model.encode(TEXTS), expected, atol=1e-5)
    np.testing.assert_allclose(StaticEncoder.load(tmp_path / "exported").encode(TEXTS), expected, atol=1e-5)
