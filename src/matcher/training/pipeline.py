"""
From pairs to a finished model folder, step by step; a step whose output lies in the work folder is not done again.
"""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from matcher.errors import InputError
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.training import assemble, contrastive, corpus, start
from matcher.training.card import write_card
from matcher.training.charmap import compile_charmap, rules, simplified_characters
from matcher.training.contrastive import Schedule
from matcher.training.dictionary_words import DictionaryWords, interest_names, with_dictionary_words
from matcher.training.english import english_rows
from matcher.training.evaluation import HELD_OUT, held_out_precision, measure
from matcher.training.finish import Touches, finish
from matcher.training.pairs import Pair, cap_dictionaries, english_texts, hold_out, read_pairs, sources
from matcher.training.ship import LANGUAGES, NAME, write_folder
from matcher.training.teacher import embed_in_shards, load_teacher, word_pieces_of
from matcher.training.tokeniser import (
    build_normaliser,
    build_tokeniser,
    count_tokens,
    prune,
    token_counts,
    usage_by_language,
)
from matcher.training.vocabulary import Budget

Report = Callable[[str, int, int], None]
"""Hears (step's name, done, in all)."""


@dataclass(frozen=True, slots=True)
class Refinement:
    """A further round of training, from the table leaned back towards the start."""

    lean: float
    """Share of the start in what the round begins with: the start knows topics better, training translations."""
    schedule: Schedule


REFINEMENTS = (
    Refinement(0.3, Schedule(epochs=3, rate=0.004, seed=11, dropout=0.2)),
    Refinement(0.15, Schedule(epochs=2, rate=0.004, seed=13, teacher_weight=8, twice_from=4, dropout=0.15)),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to train and on how much."""

    tokens: int = 84_000
    dimensions: int = 256
    dictionary_cap: int = 40_000
    held_out_share: float = 0.01
    """Share of the English sentences that nothing is trained on, for one more check."""
    start_length: float = 3.0
    """Factor on the closed-form rows: longer rows move less per step, so the start is forgotten more slowly."""
    budget: Budget = field(default_factory=Budget)
    schedule: Schedule = field(default_factory=Schedule)
    refinements: tuple[Refinement, ...] = REFINEMENTS
    touches: Touches = field(default_factory=Touches)
    dictionary_words: DictionaryWords = field(default_factory=DictionaryWords)


def build(
    pairs_file: Path, thai_file: Path | None, dev: Path | None, work: Path, target: Path, recipe: Recipe, report: Report
) -> None:
    """
    Train the encoder of `recipe` on `pairs_file` into the model folder `target`.

    Intermediate results stay in `work`, where a second run of the same recipe and files picks them up.

    `thai_file` (gzipped JSON lines with `text`) only adds words to the tokeniser. `dev` is a folder of development
    sets, for the figures in the model card. Delete `work` to start over. Raises InputError for a damaged file of pairs,
    and for a `work` folder that holds results of another recipe or of other files.
    """
    work.mkdir(parents=True, exist_ok=True)
    report("reading", 0, 1)
    pairs, held = hold_out(read_pairs(pairs_file), recipe.held_out_share)
    _claim(work, recipe, [path for path in (pairs_file, thai_file) if path])
    teacher = load_teacher()
    tokeniser = _tokeniser(pairs, thai_file, teacher, work / "tokenizer.json", recipe, report)
    used = cap_dictionaries(pairs, recipe.dictionary_cap, recipe.schedule.seed, partial(token_counts, tokeniser))
    meanings, vectors = embed_in_shards(english_texts(used), work / "teacher", partial(report, "teacher"))
    projected, _ = start.project(vectors, recipe.dimensions)
    table = _table(used, tokeniser, meanings, projected, work, recipe, report)
    table, tokeniser = _with_dictionary_words(table, tokeniser, pairs, work, recipe)
    write_folder(target, table, tokeniser, card="")
    encode = StaticEncoder.load(target).encode
    figures = (measure(encode, dev) if dev else {}) | {HELD_OUT: held_out_precision(encode, held)}
    card = write_card(NAME, LANGUAGES, table.shape, sources(used), figures)
    (target / "README.md").write_text(card, encoding="utf-8")


def _claim(work: Path, recipe: Recipe, files: list[Path]) -> None:
    """Note in the work folder what its results are made from; raises InputError where it notes something else."""
    digest = hashlib.sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for file in files:
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    note = work / "made-from.sha256"
    if not note.exists():
        note.with_suffix(".part").write_text(digest.hexdigest())
        note.with_suffix(".part").replace(note)
    elif note.read_text() != digest.hexdigest():
        raise InputError(
            f"the work folder {work} holds results of other settings or other files; name another one, or delete it"
        )


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
    tokeniser.save(str(path.with_suffix(".part.json")))
    path.with_suffix(".part.json").replace(path)
    report("vocabulary", 1, 1)
    return tokeniser


def _table(
    pairs: list[Pair], tokeniser: Any, meanings: dict[str, int], teacher: corpus.Floats,
    work: Path, recipe: Recipe, report: Report,
) -> corpus.Floats:  # fmt: skip
    data = corpus.prepare(pairs, tokeniser, meanings, recipe.schedule.seed)
    begun = start.closed_form(data, teacher, tokeniser.get_vocab_size())
    begun = start.lean_to_words(begun, tokeniser, meanings, teacher) * np.float32(recipe.start_length)
    fixed = start.bare_rows(tokeniser)
    begun[fixed] = 0

    def train(begin: corpus.Floats, schedule: Schedule, name: str) -> corpus.Floats:
        path = work / f"{name}.npy"
        if path.exists():
            saved: corpus.Floats = np.load(path)
            return saved
        said = lambda step, steps, loss: report(f"{name}, loss {loss:.3f}", step, steps)  # noqa: E731
        table = contrastive.train(begin, data, teacher, fixed, schedule, said, work / f"{name}.checkpoint")
        _save(path, table)
        (work / f"{name}.checkpoint").unlink(missing_ok=True)
        return table

    table = train(begun, recipe.schedule, "training")
    for number, turn in enumerate(recipe.refinements, start=1):
        table = train(start.mix(table, begun, turn.lean), turn.schedule, f"refinement-{number}")
    return finish(table, begun, english_rows(data, tokeniser), data.bags, recipe.touches)


def _with_dictionary_words(
    table: corpus.Floats, tokeniser: Any, pairs: list[Pair], work: Path, recipe: Recipe
) -> tuple[corpus.Floats, Any]:
    """Rows for dictionary words, by what the table says of their meanings once it is rounded as it is shipped."""
    write_folder(work / "without-dictionary-words", table, tokeniser, card="")
    encode = StaticEncoder.load(work / "without-dictionary-words").encode
    frequency = assemble.frequency("zh", tokeniser.normalizer.normalize_str)
    return with_dictionary_words(table, tokeniser, encode, pairs, interest_names(), frequency, recipe.dictionary_words)


def _save(path: Path, table: corpus.Floats) -> None:
    np.save(path.with_suffix(".part.npy"), table)
    path.with_suffix(".part.npy").replace(path)


def _thai(path: Path | None) -> list[str]:
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]
