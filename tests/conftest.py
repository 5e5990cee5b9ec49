"""A small invented world, a tiny encoder for it and an index of both, made once and read by many tests."""

import json
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from matcher.demo import World, briefs, write_world
from matcher.demo.setting import REFERENCE
from matcher.indexing import reindex
from matcher.matching import Matcher
from matcher.retrieval.index import Index

settings.register_profile("matcher", deadline=None)  # a busy machine is no failure
settings.load_profile("matcher")

CREATORS = 1200
DIMENSIONS = 48
MAX_TOKENS = 6000


@dataclass(frozen=True)
class SmallIndex:
    """An index of a small world: the folder of its snapshots, the tables it was made from, and its encoder."""

    indexes: Path
    world: World
    encoder: Path


def tiny_encoder(folder: Path, texts: list[str], name: str = "tiny", seed: int = 0) -> Path:
    """A static model folder: a random row for each frequent word of the texts, or character in Han and Thai."""
    tokenizer = Tokenizer(models.WordLevel({"<unk>": 0}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{M}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"[\p{Han}]|[\p{Thai}]{4}"), "isolated"),
        ]
    )
    split = tokenizer.pre_tokenizer.pre_tokenize_str
    counts = Counter(word for text in texts for word, _ in split(text.lower()))
    words = ["<unk>", *(word for word, _ in counts.most_common(MAX_TOKENS))]
    rows = np.stack([np.random.default_rng(zlib.crc32(word.encode()) + seed).normal(size=DIMENSIONS) for word in words])
    rows *= np.array([0.0, *(1.0 / np.sqrt(counts[word]) for word in words[1:])])[:, None]
    tokenizer.model = models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="<unk>")
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": rows.astype(np.float32)}, folder / "model.safetensors")
    (folder / "matcher.json").write_text(json.dumps({"name": name, "languages": ["en", "th", "vi", "zh-Hant"]}))
    return folder


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    """The index that most tests read; nobody writes to it."""
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("small")
    world = write_world(folder / "tables", creators=CREATORS, posts_per_creator=6, seed=11)
    texts = pq.read_table(world.table("posts"), columns=["text"]).column("text").to_pylist()
    encoder = tiny_encoder(folder / "tiny", [text for text in texts if text])
    reindex(
        world.table("creators"),
        world.table("posts"),
        folder / "indexes",
        collaborations=world.table("collaborations"),
        encoder=str(encoder),
        as_of=REFERENCE,
        progress=False,
    )
    return SmallIndex(folder / "indexes", world, encoder)


@pytest.fixture(scope="session")
def matcher(small_index: SmallIndex) -> Matcher:
    return Matcher.open(small_index.indexes)


@pytest.fixture(scope="session")
def index(matcher: Matcher) -> Index:
    return matcher.index


@pytest.fixture(scope="session")
def demo_briefs() -> list[dict[str, Any]]:
    """The four sample briefs of the demo world."""
    return briefs()


@pytest.fixture
def another_encoder(tmp_path: Path) -> Path:
    """A model folder that the small index was not built with."""
    return tiny_encoder(tmp_path / "other", ["tea"], name="other")


Tables = Callable[..., Matcher]


@pytest.fixture
def matcher_of(tmp_path: Path) -> Tables:
    """Index rows given by hand, and open a matcher on them; the encoder knows the words of the posts and bios."""

    def make(creators: list[dict[str, Any]], posts: list[dict[str, Any]], words: str = "", **options: Any) -> Matcher:
        number = len(list(tmp_path.glob("made-*")))
        folder = tmp_path / f"made-{number}"
        texts = [str(row.get(key) or "") for row in (*creators, *posts) for key in ("text", "bio", "display_name")]
        encoder = tiny_encoder(folder / "tiny", [*texts, words, "word"])
        for name, rows in (("creators", creators), ("posts", posts)):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(lines, "utf-8")
        options = {"as_of": REFERENCE, "progress": False, "encoder": str(encoder)} | options
        reindex(folder / "creators.jsonl", folder / "posts.jsonl", folder / "indexes", **options)
        return Matcher.open(folder / "indexes")

    return make
