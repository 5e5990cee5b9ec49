"""A model and tables small enough to work out by hand, for whatever test needs a snapshot."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

Row = dict[str, Any]


def byte_model(folder: Path, seed: int = 1, dimensions: int = 32) -> Path:
    """A static model whose tokens are the 256 bytes: every text has a vector, and other letters give another one."""
    folder.mkdir(parents=True)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: row for row, letter in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(seed).normal(size=(256, dimensions)).astype(np.float32)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]))
    (folder / "matcher.json").write_text(json.dumps({"name": f"bytes-{seed}", "languages": ["en", "th", "vi"]}))
    return folder


def jsonl(path: Path, rows: Sequence[Row | str]) -> Path:
    """A table from rows; a string stands for a line as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[Row]:
    """The rows of a table."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
