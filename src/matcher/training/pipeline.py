"""
From pairs to a finished model folder, step by step; a step whose output lies in the work folder is not done again.
"""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from matcher.retrieval.encoders.static import StaticEncoder
from matcher.training import assemble, contrastive, corpus, start
from matcher.training.card import write_card
from matcher.training.charmap import compile_charmap, rules, simplified_characters
from matcher.training.contrastive import Schedule
from matcher.training.evaluation import measure
from matcher.training.finish import damp, lean_english
from matcher.training.pairs import Pair, cap_dictionaries, english_texts, read_pairs, sources
from matcher.training.ship import LANGUAGES, NAME, write_folder
from matcher.training.teacher import embed_in_shards, load_teacher, read_shards, word_pieces_of
from matcher.training.tokeniser import build_normaliser, build_tokeniser, count_tokens, prune, usage_by_language
from matcher.training.vocabulary import Budget

Report = Callable[[str, int, int], None]
"""Hears (step's name, done, in all)."""


@dataclass(frozen=True, slots=True)
class Refinement:
    """A further round of training, from the table leaned back towards the start, and averaged with the table."""

    lean: float
    """Share of the start in what the round begins with: the start knows topics better, training translations."""
    keep: float
    """Share of the table before the round in the table after it."""
    schedule: Schedule


REFINEMENTS = (
    Refinement(0.3, 0.4, Schedule(epochs=3, rate=0.004, seed=11)),
    Refinement(0.15, 0.6, Schedule(epochs=2, rate=0.003, teacher_weight=6.0, seed=13)),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to train and on how much."""

    tokens: int = 84_000
    dimensions: int = 256
    dictionary_cap: int = 40_000
    teacher_texts: int = 200_000
    start_length: float = 3.0
    """Factor on the closed-form rows: longer rows move less per step, so the start is forgotten more slowly."""
    budget: Budget = field(default_factory=Budget)
    schedule: Schedule = field(default_factory=Schedule)
    refinements: tuple[Refinement, ...] = REFINEMENTS


def build(
    pairs_file: Path, thai_file: Path | None, dev: Path | None, work: Path, target: Path, recipe: Recipe, report: Report
) -> None:
    """
    Train the encoder of `recipe` on `pairs_file` into the model folder `target`.

    Intermediate results stay in `work`, where a second run picks them up.

    `thai_file` (gzipped JSON lines with `text`) only adds words to the tokeniser. `dev` is a folder of development
    sets, for the figures in the model card. Delete `work` to start over.
    """
    work.mkdir(parents=True, exist_ok=True)
    pairs = list(read_pairs(pairs_file))
    teacher = load_teacher()
    tokeniser = _tokeniser(pairs, thai_file, teacher, work / "tokenizer.json", recipe, report)
    texts = english_texts(pairs)[: recipe.teacher_texts]
    embed_in_shards(texts, teacher, work / "teacher", lambda done, total: report("teacher", done, total))
    meanings, vectors = read_shards(work / "teacher")
    projected, _ = start.project(vectors, recipe.dimensions)
    used = cap_dictionaries(pairs, recipe.dictionary_cap, recipe.schedule.seed, prefer=meanings)
    table = _table(used, tokeniser, meanings, projected, work / "table.npy", recipe, report)
    write_folder(target, table, tokeniser, card="")
    figures = measure(StaticEncoder.load(target).encode, dev) if dev else {}
    card = write_card(NAME, LANGUAGES, table.shape, sources(used), figures)
    (target / "README.md").write_text(card, encoding="utf-8")


def _tokeniser(
    pairs: list[Pair], thai_file: Path | None, teacher: Any, path: Path, recipe: Recipe, report: Report
) -> Any:
    from tokenizers import Tokenizer

    if path.exists():
        return Tokenizer.from_file(str(path))
    charmap = compile_charmap(rules(simplified_characters()))
    normalise = build_normaliser(charmap).normalize_str
    report("vocabulary", 0, 1)
    texts = assemble.collect(pairs, normalise, _thai(thai_file))
    scores = assemble.assemble(texts, normalise, word_pieces_of(teacher), recipe.budget)
    full = build_tokeniser(scores, charmap)
    counts = {language: count_tokens(full, sorted(set(texts.texts(language)))) for language in texts.languages}
    tokeniser = build_tokeniser(prune(scores, usage_by_language(counts), recipe.tokens), charmap)
    tokeniser.save(str(path))
    report("vocabulary", 1, 1)
    return tokeniser


def _table(
    pairs: list[Pair], tokeniser: Any, meanings: dict[str, int], teacher: corpus.Floats,
    path: Path, recipe: Recipe, report: Report,
) -> corpus.Floats:  # fmt: skip
    if path.exists():
        saved: corpus.Floats = np.load(path)
        return saved
    data = corpus.prepare(pairs, tokeniser, meanings, recipe.schedule.seed)
    table = start.closed_form(data, teacher, tokeniser.get_vocab_size())
    table = start.lean_to_words(table, tokeniser, meanings, teacher) * np.float32(recipe.start_length)
    fixed = start.bare_rows(tokeniser)
    table[fixed] = 0
    np.save(path.with_suffix(".start.npy"), table)

    def train(begin: corpus.Floats, schedule: Schedule) -> corpus.Floats:
        return contrastive.train(
            begin, data, teacher, fixed, schedule, lambda step, steps, loss: report(f"loss {loss:.3f}", step, steps)
        )

    trained = train(table, recipe.schedule)
    for round_ in recipe.refinements:
        refined = train(start.mix(trained, table, round_.lean), round_.schedule)
        trained = round_.keep * trained + (1 - round_.keep) * refined
    trained = damp(lean_english(trained, table, tokeniser), data.bags)
    np.save(path, trained)
    return trained


def _thai(path: Path | None) -> list[str]:
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]
