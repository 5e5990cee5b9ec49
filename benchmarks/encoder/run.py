#!/usr/bin/env python3
"""
How good, how large and how fast is the shipped encoder?

    python benchmarks/encoder/run.py [--indexes DIR] [--encoder NAME]

Topics learnt in English and asked in every language; translations found first among all English sentences; the check of
`matcher encoders`; judged briefs with the dense arm alone and fused; unknown tokens; size; speed beside MiniLM. What
was tried on the way to the shipped model stands in tried.json, and is shown with the rest. ONNX needs `onnx` and
`onnxruntime`, which the project does not.
"""

import os

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common import parser, real_data, real_indexes, report
from judged import measure_judged
from speed import measure_speed
from tables import tables_of

from matcher.matching import Matcher
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.retrieval.encoders.check import check_encoder
from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.training.evaluation import measure

HERE = Path(__file__).parent
REFERENCE = HERE / "reference.json"
"""What the shipped model has to beat, on the same sets."""
TRIED = HERE / "tried.json"
SPEED_TEXTS = 4_000
UNKNOWN_TEXTS = 20_000


def texts_of(data: Path, n: int) -> list[str]:
    """Every so many-th post with a text."""
    texts = pq.read_table(data / "real-creators" / "posts.parquet", columns=["text"]).column("text").to_pylist()
    present = [text for text in texts if text]
    return present[:: max(1, len(present) // n)][:n]


def unknown_share(encoder: Encoder, texts: list[str]) -> float | None:
    """Share of texts in which a token has no name; None for an encoder without a table."""
    if not isinstance(encoder, StaticEncoder):
        return None
    return float(encoder.posts_with_token(texts)[0] / len(texts))


def main() -> None:
    """Measure and write the results."""
    options = parser(__doc__, HERE)
    options.add_argument("--encoder", help="another encoder; size and speed stay those of the embedded one")
    given = options.parse_args()
    data = real_data()
    encoder = load_encoder(given.encoder)
    with real_indexes(given.indexes) as indexes:
        matcher = Matcher.open(indexes, encoder=encoder)
        posts = texts_of(data, UNKNOWN_TEXTS)
        results = {
            "encoder": encoder.name,
            "fingerprint": encoder.fingerprint,
            "quality": {name: _rounded(row) for name, row in measure(encoder.encode, data / "encoder").items()},
            "reference": json.loads(REFERENCE.read_text(encoding="utf-8")),
            "check": check_encoder(encoder).to_dict(),
            "judged": measure_judged(matcher, data / "judged-briefs"),
            "unknown_share": unknown_share(encoder, posts),
            "bytes": {path.name: path.stat().st_size for path in sorted(DEFAULT_FOLDER.iterdir())},
            "speed": measure_speed(posts[:: UNKNOWN_TEXTS // SPEED_TEXTS]),
            "tried": json.loads(TRIED.read_text(encoding="utf-8")),
        }
        question = "How good, how large and how fast is the shipped encoder?"
        report(question, given.out, results, tables_of(results), matcher.index.manifest)


def _rounded(row: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in row.items()}


if __name__ == "__main__":
    main()
