"""
A model folder on disk: which files it must hold, and what they say.

    tokenizer.json      the tokeniser, as the `tokenizers` library saves it
    model.safetensors   `embedding.weight` [V, d] in fp32 or fp16, or int8 `embeddings` [V, d] with `scales` [V]
    matcher.json        name, languages and prefixes (optional: a plain sentence-transformers folder has none)
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
from matcher.records.said import Said, say
from matcher.retrieval.encoders.prefixes import Prefixes, declared

TOKENIZER = "tokenizer.json"
TABLE = "model.safetensors"
ABOUT = "matcher.json"
MODULES = "modules.json"
CONFIG = "config_sentence_transformers.json"


@dataclass(frozen=True, slots=True)
class TokenTable:
    """One row per token, as it lies on disk: numbers [V, d] of any kind, each with a scale [V] where there are some."""

    numbers: NDArray[Any]
    scales: NDArray[np.float32] | None

    def gather(self, tokens: NDArray[np.int32]) -> NDArray[np.float32]:
        """The rows of tokens [n] as float32 [n, d]."""
        rows = self.numbers[tokens].astype(np.float32)
        return rows if self.scales is None else rows * self.scales[tokens, None]

    def scaled(self, weights: NDArray[np.float32]) -> "TokenTable":
        """The table with each row multiplied by a weight [V]."""
        return TokenTable(self.numbers, weights if self.scales is None else self.scales * weights)

    def decoded(self) -> NDArray[np.float32]:
        """The whole table as float32 [V, d]."""
        table = np.ascontiguousarray(self.numbers, dtype=np.float32)
        return table if self.scales is None else table * self.scales[:, None]


@dataclass(frozen=True, slots=True)
class StaticFolder:
    """A static model as read from disk."""

    tokenizer: Tokenizer
    table: TokenTable
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
        table = read_table(load_tensors(table_bytes))
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise EncoderDamaged(_broken(folder / TABLE, str(error))) from error
    _check_fit(folder, tokenizer, table)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    digest = xxhash.xxh3_128(tokenizer_bytes)
    digest.update(table_bytes)
    return StaticFolder(tokenizer, table, read_about(folder), digest.hexdigest())


def read_about(folder: Path) -> dict[str, Any]:
    """What `matcher.json` says of a model folder; nothing where there is none, or no such folder."""
    return _object(folder / ABOUT)


def read_prefixes(folder: Path) -> Prefixes | None:
    """The prefixes that `matcher.json` names, else those of `config_sentence_transformers.json`; None where neither."""
    named = read_about(folder).get("prefixes")
    if named is None:
        config = _object(folder / CONFIG)
        return declared(config.get("prompts"), config.get("default_prompt_name")) or None
    try:
        return Prefixes(**named)
    except TypeError:
        wanted = '{"query": "…", "passage": "…"}'
        found = say('expected "prefixes" to be {wanted}, found {found}', wanted=wanted, found=json.dumps(named))
        raise EncoderDamaged(_broken(folder / ABOUT, found)) from None


def read_table(tensors: dict[str, Any]) -> TokenTable:
    """
    The table from `embedding.weight` [V, d], or from `embeddings` [V, d] with or without `scales` [V].

    Raises KeyError when neither is there.
    """
    if "embedding.weight" in tensors:
        return TokenTable(np.asarray(tensors["embedding.weight"]), None)
    scales = np.asarray(tensors["scales"], dtype=np.float32).reshape(-1) if "scales" in tensors else None
    return TokenTable(np.asarray(tensors["embeddings"]), scales)


def _check_fit(folder: Path, tokenizer: Tokenizer, table: TokenTable) -> None:
    numbers, scales = table.numbers, table.scales
    finite = np.issubdtype(numbers.dtype, np.integer) or bool(np.isfinite(numbers).all())
    if scales is not None:
        finite = finite and len(scales) == len(numbers) and bool(np.isfinite(scales).all())
    if numbers.ndim != 2 or not finite:
        raise EncoderDamaged(
            _broken(
                folder / TABLE,
                say("expected finite numbers in two dimensions, found {shape}", shape=str(numbers.shape)),
            )
        )
    tokens = tokenizer.get_vocab_size()
    if tokens > len(numbers):
        raise EncoderDamaged(
            _broken(
                folder / TABLE,
                say(
                    "{tokenizer} has {tokens} tokens, {table} has only {rows} rows",
                    tokenizer=TOKENIZER,
                    tokens=tokens,
                    table=TABLE,
                    rows=len(numbers),
                ),
            )
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = say("the file cannot be read") if path.exists() else say("no such file")
        raise EncoderDamaged(_broken(path, what)) from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path))
    except ValueError as error:
        raise EncoderDamaged(_broken(path, say("not JSON: {error}", error=str(error)))) from error


def _object(path: Path) -> dict[str, Any]:
    found = _json(path) if path.is_file() else {}
    if not isinstance(found, dict):
        raise EncoderDamaged(_broken(path, say("expected a JSON object, found {kind}", kind=type(found).__name__)))
    return found


def _broken(path: Path, what: str) -> Said:
    return say(
        "{file} in encoder folder {folder} is unusable: {what}.\nCopy or export the folder again.",
        file=path.name,
        folder=str(path.parent),
        what=what,
    )
