"""
The shipped int8 table as a sentence-transformers module, and its export to their own fp32 format.

The only file here that imports PyTorch; `modules.json` of a model folder names the class, so that
`SentenceTransformer(folder)` gives the same vectors as `StaticEncoder`.
"""

from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, StaticEmbedding

from matcher.retrieval.encoders.folder import read_static


class QuantizedStaticEmbedding(StaticEmbedding):  # type: ignore[misc]  # sentence-transformers is untyped here
    """A `StaticEmbedding` whose table is int8 on disk, with one scale per row, and fp32 in memory."""

    @classmethod
    def load(cls, model_name_or_path: str, *args: Any, **kwargs: Any) -> StaticEmbedding:
        """Read a model folder and dequantise its table. Raises EncoderDamaged when a file is missing or broken."""
        model = read_static(Path(model_name_or_path))
        return StaticEmbedding(model.tokenizer, embedding_weights=torch.from_numpy(model.table.decoded()))


def export_plain(folder: Path, target: Path) -> None:
    """Write the model of `folder` as a plain fp32 `StaticEmbedding` + `Normalize` folder, which needs no matcher."""
    static = QuantizedStaticEmbedding.load(str(folder))
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(str(target))
