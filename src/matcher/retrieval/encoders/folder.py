"""
A model folder on disk: which files it must hold, and what they say.

    tokenizer.json      the tokeniser, as the `tokenizers` library saves it
    model.safetensors   `embedding.weight` [V, d] in fp32 or fp16, or int8 `embeddings` [V, d] with `scales` [V]
    matcher.json        name and languages (optional: a plain sentence-transformers folder has none)
    modules.json        how sentence-transformers loads the same folder (optional here)
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from matcher.errors import EncoderDamaged

TOKENIZER = "tokenizer.json"
TABLE = "model.safetensors"
ABOUT = "matcher.json"
MODULES = "modules.json"


@dataclass(frozen=True, slots=True)
class StaticFolder:
    """A static model as read from disk."""

    tokenizer: Tokenizer
    table: NDArray[np.float32]
    """[V, d], one row per token."""
    about: dict[str, Any]
    fingerprint: str


def is_static(folder: Path) -> bool:
    """Whether a folder claims to hold a static table: its first module says so, or it has no module list at all."""
    if not (folder / MODULES).is_file():
        return (folder / TOKENIZER).is_file() and (folder / TABLE).is_file() and not (folder / "config.json").is_file()
    modules = _json(folder / MODULES)
    return bool(modules) and str(modules[0].get("type", "")).endswith("StaticEmbedding")


def read_static(folder: Path) -> StaticFolder:
    """
    Read and check a static model folder.

    Raises EncoderDamaged, with the name of the file, when one is missing or broken or two do not fit together.
    """
    tokenizer_bytes, table_bytes = _bytes(folder / TOKENIZER), _bytes(folder / TABLE)
    try:
        tokenizer = Tokenizer.from_buffer(tokenizer_bytes)
    except Exception as error:
        raise EncoderDamaged(_broken(folder / TOKENIZER, str(error))) from error
    try:
        table = dequantise(load_tensors(table_bytes))
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise EncoderDamaged(_broken(folder / TABLE, str(error))) from error
    _check_fit(folder, tokenizer, table)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    digest = xxhash.xxh3_128(tokenizer_bytes)
    digest.update(table_bytes)
    about = _json(folder / ABOUT) if (folder / ABOUT).is_file() else {}
    return StaticFolder(tokenizer, table, about, digest.hexdigest())


def dequantise(tensors: dict[str, Any]) -> NDArray[np.float32]:
    """
    The table as float32 [V, d], from `embedding.weight`, or from `embeddings` with or without `scales` [V].

    Raises KeyError when neither is there, ValueError when a number is not finite.
    """
    for name, tensor in tensors.items():
        if tensor.dtype.kind == "f" and not np.isfinite(tensor).all():
            raise ValueError(f"expected finite numbers in {name!r}, found NaN or infinity")
    if "scales" in tensors:
        table: NDArray[np.float32] = np.multiply(
            tensors["embeddings"], tensors["scales"].reshape(-1, 1), dtype=np.float32
        )
        return table
    stored = tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
    return np.ascontiguousarray(stored, dtype=np.float32)


def _check_fit(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    if table.ndim != 2:
        raise EncoderDamaged(_broken(folder / TABLE, f"expected two dimensions, found shape {table.shape}"))
    tokens = tokenizer.get_vocab_size()
    if tokens > len(table):
        raise EncoderDamaged(
            _broken(folder / TABLE, f"{TOKENIZER} has {tokens} tokens, {TABLE} has only {len(table)} rows")
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderDamaged(_broken(path, "the file cannot be read" if path.exists() else "no such file")) from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path))
    except ValueError as error:
        raise EncoderDamaged(_broken(path, f"not JSON: {error}")) from error


def _broken(path: Path, what: str) -> str:
    return f"{path.name} in encoder folder {path.parent} is unusable: {what}.\nCopy or export the folder again."
