"""StaticEncoder on a table of five rows: mean of the rows, length 1, zeros for nothing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matcher.retrieval.encoders import static
from matcher.retrieval.encoders.static import StaticEncoder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("tea", [0.6, 0.8], id="one word is its row, at length 1"),
        pytest.param("TEA", [0.6, 0.8], id="the tokeniser lowers the case"),
        pytest.param("tea cake", [-0.1414214, 0.9899495], id="mean of (3, 4) and (-4, 3)"),
        pytest.param("tea tea cake", [0.1788854, 0.9838699], id="a word said twice counts twice"),
        pytest.param("กาแฟ", [0.0, 1.0], id="Thai"),
        pytest.param("🔥", [1.0, 0.0], id="one emoji"),
        pytest.param("tea xyzzy", [0.6, 0.8], id="an unknown word adds nothing"),
        pytest.param("", [0.0, 0.0], id="empty"),
        pytest.param(" \n\t", [0.0, 0.0], id="blank"),
        pytest.param("xyzzy", [0.0, 0.0], id="nothing known"),
        pytest.param("\x00\x1b\u202e", [0.0, 0.0], id="control characters"),
        pytest.param("مرحبا بالعالم", [0.0, 0.0], id="right to left, unknown"),
        pytest.param("tea \ud83d", [0.6, 0.8], id="half a surrogate pair"),
        pytest.param("tea " * 25_000, [0.6, 0.8], id="a hundred thousand characters"),
    ],
)
@pytest.mark.parametrize("folder", ["plain_folder", "quantised_folder"])
def test_rows(folder: str, text: str, expected: list[float], request: pytest.FixtureRequest) -> None:
    encoder = StaticEncoder.load(request.getfixturevalue(folder))
    np.testing.assert_allclose(encoder.encode([text]), [expected], atol=1e-6)


def test_batches_do_not_change_rows(plain_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = StaticEncoder.load(plain_folder)
    texts = ["tea", "", "cake", "tea cake", "🔥", "x" * 30, "กาแฟ tea"]
    whole = encoder.encode(texts)
    monkeypatch.setattr(static, "BATCH_TEXTS", 2)
    monkeypatch.setattr(static, "BATCH_CHARACTERS", 10)
    np.testing.assert_array_equal(encoder.encode(texts), whole)
    assert whole.dtype == np.float32


def test_no_texts(plain_folder: Path) -> None:
    assert StaticEncoder.load(plain_folder).encode([]).shape == (0, 2)


def test_half_precision_table(plain_folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    table = plain_folder / "model.safetensors"
    expected = StaticEncoder.load(plain_folder).encode(["tea cake"])
    save_file({"embedding.weight": load_file(table)["embedding.weight"].astype(np.float16)}, table)
    np.testing.assert_allclose(StaticEncoder.load(plain_folder).encode(["tea cake"]), expected, atol=1e-3)


def test_what_a_folder_says_of_itself(plain_folder: Path, quantised_folder: Path) -> None:
    quantised = StaticEncoder.load(quantised_folder)
    assert (quantised.name, quantised.languages, quantised.dimensions) == ("tiny", frozenset({"en", "th"}), 2)
    plain = StaticEncoder.load(plain_folder, languages=frozenset({"en"}))
    assert (plain.name, plain.languages) == ("plain", frozenset({"en"}))
    assert quantised.fingerprint != plain.fingerprint
    assert quantised.fingerprint == StaticEncoder.load(quantised_folder).fingerprint
    assert int(quantised.fingerprint, 16) >= 0


def test_needs_no_torch() -> None:
    heavy = "{'torch', 'transformers', 'pandas', 'sentence_transformers'}"
    code = (
        "import sys; from matcher.retrieval.encoders.load import load_encoder; "
        f"load_encoder().encode(['tea']); print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_few_texts_and_many_give_the_same_bits(plain_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["tea cake", "", "cake cake tea", "nothing known", "tea"]
    few = StaticEncoder.load(plain_folder).encode(texts)
    monkeypatch.setattr("matcher.retrieval.encoders.static.FEW_TOKENS", 0)
    np.testing.assert_array_equal(StaticEncoder.load(plain_folder).encode(texts), few)
