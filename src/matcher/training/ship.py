"""
The finished model folder: int8 table with a scale per row, tokeniser, and what both loaders need to know.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from matcher.retrieval.encoders.folder import ABOUT, MODULES, TABLE, TOKENIZER
from matcher.training.corpus import Floats

NAME = "matcher-static-v1"
LANGUAGES = ("en", "es", "id", "ja", "ko", "th", "vi", "zh-Hans", "zh-Hant")
MODULE_LIST = (
    ("matcher.retrieval.encoders.torch_static.QuantizedStaticEmbedding", ""),
    ("sentence_transformers.models.Normalize", "1_Normalize"),
)


def quantise(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """
    Round each row of a table [V, d] to int8 with a scale of its own: int8 [V, d] and scales [V].

    Off by at most half a scale, which is 1/254 of the row's largest number.
    """
    scales = np.abs(table).max(axis=1) / 127
    rows = np.rint(table / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def write_folder(
    folder: Path, table: Floats, tokeniser: Any, card: str, name: str = NAME, languages: Iterable[str] = LANGUAGES
) -> None:
    """Write the model folder; files that are there already are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(table)
    (folder / TABLE).write_bytes(save({"embeddings": rows, "scales": scales}))
    tokeniser.save(str(folder / TOKENIZER), pretty=False)
    about = {"name": name, "languages": sorted(languages), "dimensions": table.shape[1], "tokens": table.shape[0]}
    modules = [{"idx": at, "name": str(at), "path": path, "type": kind} for at, (kind, path) in enumerate(MODULE_LIST)]
    _write_json(folder / ABOUT, about)
    _write_json(folder / MODULES, modules)
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})
    (folder / "README.md").write_text(card, encoding="utf-8")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
