"""From a few pairs to a model folder: the same bytes again, after a stop as well, and what a damaged file is told."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.retrieval.encoders.static import StaticEncoder

pytest.importorskip("torch")
pytest.importorskip("sentencepiece")
from matcher.training import assemble, contrastive, pipeline, teacher
from matcher.training.contrastive import Schedule
from matcher.training.pipeline import Recipe, Refinement

DRINKS, PLACES = ("tea", "coffee", "milk", "juice"), ("shop", "market", "garden", "house")
VIETNAMESE = dict(zip((*DRINKS, *PLACES), ("trà", "caphe", "sữa", "nước", "tiệm", "chợ", "vườn", "nhà"), strict=True))
RECIPE = Recipe(
    tokens=600, dimensions=8, held_out_share=0.1, schedule=Schedule(epochs=4, batch=64, heads=(8, 4)),
    refinements=(
        Refinement(0.3, Schedule(epochs=2, batch=64, rate=0.004, heads=(8, 4), seed=11, twice_from=2, dropout=0.2)),
    ),
)  # fmt: skip


class Teacher:
    """Stands in for the sentence encoder: a vector of the words, which a hash of each word gives."""

    tokenizer = SimpleNamespace(get_vocab=lambda: {"[PAD]": 0, "tea": 1, "##s": 2})

    def encode(self, texts: Sequence[str], **_: Any) -> np.ndarray:
        """One row a text."""
        return np.stack([np.mean([self._word(word) for word in text.split()], axis=0) for text in texts])

    @staticmethod
    def _word(word: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
        return np.random.default_rng(seed).normal(size=16).astype(np.float32)


def _rows() -> Iterator[dict[str, str]]:
    for drink in DRINKS:
        for place in PLACES:
            for middle in ("in", "near", "from"):
                left = f"{VIETNAMESE[drink]} {middle} {VIETNAMESE[place]}"
                yield {"lang": "vi", "text": left, "en": f"{drink} {middle} {place}", "kind": "sent"}
    for english, vietnamese in VIETNAMESE.items():
        yield {"lang": "vi", "text": vietnamese, "en": english, "kind": "dict"}


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl.gz"
    lines = (json.dumps(row | {"source": "s", "licence": "MIT"}) for row in _rows())
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    return path


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """No word lists and no sentence encoder, which only the `train` extra brings."""
    import torch

    torch.set_num_threads(1)
    monkeypatch.setattr(assemble, "frequency", lambda language, normalise: {})
    monkeypatch.setattr(assemble, "_thai", lambda corpus, budget: {})
    monkeypatch.setattr(pipeline, "simplified_characters", dict)
    monkeypatch.setattr(pipeline, "rules", lambda simplified: {"!": " "})
    monkeypatch.setattr(pipeline, "load_teacher", Teacher)
    monkeypatch.setattr(teacher, "_embed_all", lambda shards: [teacher._embed(*shard) for shard in shards.items()])
    monkeypatch.setattr(teacher, "_teacher", Teacher)


def _build(pairs: Path, work: Path, recipe: Recipe = RECIPE) -> tuple[bytes, list[str]]:
    heard: list[str] = []
    pipeline.build(pairs, None, None, work, work / "model", recipe, lambda step, done, total: heard.append(step))
    return (work / "model" / "model.safetensors").read_bytes(), heard


def test_pairs_become_an_encoder_that_finds_translations_it_never_saw(pairs: Path, tmp_path: Path) -> None:
    _, heard = _build(pairs, tmp_path / "work")
    assert {step.split(",")[0] for step in heard} == {"reading", "vocabulary", "teacher", "training", "refinement-1"}
    encoder = StaticEncoder.load(tmp_path / "work" / "model")
    english = [row["en"] for row in _rows() if row["kind"] == "dict"]
    found = encoder.encode([VIETNAMESE[word] for word in english]) @ encoder.encode(english).T
    assert (found.argmax(axis=1) == np.arange(len(english))).all()
    assert "held-out sentence pairs" in (tmp_path / "work" / "model" / "README.md").read_text()


def test_a_stopped_run_goes_on_to_the_same_bytes(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = _build(pairs, tmp_path / "whole")
    monkeypatch.setattr(contrastive, "SAVED_EVERY", 1)
    move, left = contrastive.LazyAdam.move, [2, 3]  # it dies at the third step, then at the fourth after that

    def die(self: Any, rows: Any, part: Any, rate: float) -> None:
        if left and not left[0]:
            left.pop(0)
            raise KeyboardInterrupt
        if left:
            left[0] -= 1
        move(self, rows, part, rate)

    monkeypatch.setattr(contrastive.LazyAdam, "move", die)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            _build(pairs, tmp_path / "work")
    assert _build(pairs, tmp_path / "work")[0] == whole
    assert not list((tmp_path / "work").glob("*.checkpoint"))


def test_another_seed_is_another_table(pairs: Path, tmp_path: Path) -> None:
    other = replace(RECIPE, schedule=replace(RECIPE.schedule, seed=8))
    assert _build(pairs, tmp_path / "a")[0] != _build(pairs, tmp_path / "b", other)[0]


def test_shards_of_other_texts_are_refused(pairs: Path, tmp_path: Path) -> None:
    _build(pairs, tmp_path / "work")
    (tmp_path / "work" / "teacher" / "0000000.json").write_text('["other"]')
    with pytest.raises(InputError, match=r"0000000\.json holds other texts"):
        _build(pairs, tmp_path / "work")


def _other_pairs(pairs: Path) -> Recipe:
    pairs.write_bytes(gzip.compress(gzip.decompress(pairs.read_bytes()).replace(b"tea", b"mate"), mtime=0))
    return RECIPE


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda pairs: replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=5)), id="epochs"),
        pytest.param(lambda pairs: replace(RECIPE, refinements=()), id="no refinement"),
        pytest.param(lambda pairs: replace(RECIPE, budget=replace(RECIPE.budget, english=7)), id="vocabulary"),
        pytest.param(_other_pairs, id="pairs"),
    ],
)
def test_a_work_folder_of_something_else_is_refused(pairs: Path, tmp_path: Path, change: Callable[..., Recipe]) -> None:
    _build(pairs, tmp_path / "work")
    with pytest.raises(InputError, match=r"work folder .*work holds results of other .*; name another one"):
        _build(pairs, tmp_path / "work", change(pairs))
    assert not list((tmp_path / "work").glob("*.part"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(lambda whole: whole[: len(whole) // 2], "end-of-stream", id="cut off"),
        pytest.param(lambda whole: b"not gzip", "Not a gzipped file", id="no gzip"),
        pytest.param(lambda whole: gzip.compress(b'{"lang": "vi"}\n'), "near line 1: 'kind'", id="no such field"),
        pytest.param(lambda whole: gzip.compress(b"{}\n{oops\n"), "near line 1", id="empty row"),
    ],
)
def test_a_damaged_pairs_file_is_named(pairs: Path, tmp_path: Path, damage: Any, said: str) -> None:
    pairs.write_bytes(damage(pairs.read_bytes()))
    with pytest.raises(InputError, match=r"pairs\.jsonl\.gz cannot be read") as caught:
        _build(pairs, tmp_path / "work")
    assert said in str(caught.value)
