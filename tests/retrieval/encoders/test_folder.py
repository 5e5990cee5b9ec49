"""A damaged model folder is refused, with the name of the file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from matcher.errors import EncoderDamaged
from matcher.retrieval.encoders.folder import is_static, read_table
from matcher.retrieval.encoders.static import StaticEncoder


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _not_a_number(path: Path) -> None:
    save_file({"embedding.weight": np.full((5, 2), np.nan, dtype=np.float32)}, path)


def _too_few_rows(path: Path) -> None:
    save_file({"embedding.weight": np.ones((3, 2), dtype=np.float32)}, path)


def _other_tensors(path: Path) -> None:
    save_file({"weights": np.ones((5, 2), dtype=np.float32)}, path)


@pytest.mark.parametrize(
    ("file", "harm", "said"),
    [
        pytest.param("tokenizer.json", Path.unlink, "no such file", id="no tokeniser"),
        pytest.param("model.safetensors", Path.unlink, "no such file", id="no table"),
        pytest.param("tokenizer.json", _cut, "tokenizer.json", id="tokeniser cut off"),
        pytest.param("model.safetensors", _cut, "model.safetensors", id="table cut off"),
        pytest.param("model.safetensors", _not_a_number, "finite", id="not a number"),
        pytest.param("model.safetensors", _too_few_rows, "5 tokens.*only 3 rows", id="fewer rows than tokens"),
        pytest.param("model.safetensors", _other_tensors, "embeddings", id="another kind of table"),
    ],
)
def test_damaged(plain_folder: Path, file: str, harm: Callable[[Path], None], said: str) -> None:
    harm(plain_folder / file)
    with pytest.raises(EncoderDamaged, match=said) as caught:
        StaticEncoder.load(plain_folder)
    assert file in str(caught.value)
    assert "again" in str(caught.value)


def test_broken_description(quantised_folder: Path) -> None:
    (quantised_folder / "matcher.json").write_text("{")
    with pytest.raises(EncoderDamaged, match=r"matcher\.json.*not JSON"):
        StaticEncoder.load(quantised_folder)


def test_a_quantised_table_is_decoded_by_its_scales() -> None:
    table = read_table({"embeddings": np.array([[2, -4], [127, 0]], dtype=np.int8), "scales": np.array([0.5, 0.1])})
    np.testing.assert_allclose(table.decoded(), np.array([[1.0, -2.0], [12.7, 0.0]]), atol=1e-6)
    np.testing.assert_allclose(table.gather(np.array([1, 1, 0])), table.decoded()[[1, 1, 0]])


def test_is_static(plain_folder: Path, quantised_folder: Path, tmp_path: Path) -> None:
    assert is_static(plain_folder)
    assert is_static(quantised_folder)
    assert not is_static(tmp_path)
    (plain_folder / "modules.json").unlink()
    assert is_static(plain_folder)
