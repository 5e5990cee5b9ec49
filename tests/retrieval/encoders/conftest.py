"""Tiny hand-made models, small enough to work out by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

WORDS = ["<unk>", "tea", "cake", "กาแฟ", "🔥"]
TABLE = np.array([[0, 0], [3, 4], [-4, 3], [0, 2], [1, 0]], dtype=np.float32)


def tiny_tokenizer() -> Tokenizer:
    """Whole lower-case words, separated by spaces."""
    tokenizer = Tokenizer(models.WordLevel({word: row for row, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def write_model(folder: Path, tensors: dict[str, NDArray[np.generic]], module: str) -> Path:
    """A model folder with the tiny tokenizer."""
    folder.mkdir()
    tiny_tokenizer().save(str(folder / "tokenizer.json"))
    save_file(tensors, folder / "model.safetensors")
    modules = [{"idx": 0, "name": "0", "path": "", "type": module}]
    modules.append({"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"})
    (folder / "modules.json").write_text(json.dumps(modules))
    return folder


@pytest.fixture
def plain_folder(tmp_path: Path) -> Path:
    """As sentence-transformers saves a StaticEmbedding."""
    return write_model(tmp_path / "plain", {"embedding.weight": TABLE}, "sentence_transformers.models.StaticEmbedding")


@pytest.fixture
def quantised_folder(tmp_path: Path) -> Path:
    """As matcher ships its table: int8 and a scale per row. Here the int8 numbers are exact."""
    scales = np.full(len(TABLE), 0.5, dtype=np.float32)
    folder = write_model(
        tmp_path / "quantised",
        {"embeddings": (TABLE / 0.5).astype(np.int8), "scales": scales},
        "matcher.retrieval.encoders.torch_static.QuantizedStaticEmbedding",
    )
    (folder / "matcher.json").write_text(json.dumps({"name": "tiny", "languages": ["en", "th"]}))
    return folder
