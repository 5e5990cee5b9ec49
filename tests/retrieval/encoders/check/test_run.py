"""The check of whole encoders: one that knows everything, one that knows nothing, and the embedded one."""

from collections.abc import Sequence

import numpy as np

from matcher.retrieval.encoders import load_encoder
from matcher.retrieval.encoders.check import check_encoder
from matcher.retrieval.encoders.check.run import _ready
from matcher.retrieval.encoders.check.sentences import LANGUAGES, sentences
from matcher.retrieval.encoders.protocol import Rows


class Oracle:
    """Knows what every text of the check means; a brief is read a little otherwise than a post."""

    name, fingerprint, dimensions, languages = "oracle", "f", 2500, frozenset({"en", "th"})

    def __init__(self) -> None:
        given = sentences()
        self.meaning: dict[str, int] = {}
        self.batches: list[tuple[str, int]] = []
        for texts in zip(*given.translations.values(), strict=True):
            self._learn(texts)
        for language in LANGUAGES:
            for pairs in (given.synonyms[language], given.opposites[language], given.tags[language]):
                for both in zip(pairs.texts, pairs.same, strict=True):
                    self._learn(both)

    def _learn(self, texts: Sequence[str]) -> None:
        """All these texts mean the same, and so does whatever meant the same as one of them."""
        ready = _ready(texts)
        old = {self.meaning[text] for text in ready if text in self.meaning}
        new = min(old, default=len(self.meaning))
        self.meaning |= {text: new for text, number in self.meaning.items() if number in old}
        self.meaning |= dict.fromkeys(ready, new)

    def encode(self, texts: Sequence[str]) -> Rows:
        return self._rows("post", texts, 0.0)

    def encode_briefs(self, texts: Sequence[str]) -> Rows:
        return self._rows("brief", texts, 0.1)

    def _rows(self, role: str, texts: Sequence[str], off: float) -> Rows:
        self.batches.append((role, len(texts)))
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, self.meaning.get(text, -1)] = 1.0
        rows[:, 0] += off
        unit: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class Blank(Oracle):
    """Knows nothing."""

    name = "blank"

    def _rows(self, role: str, texts: Sequence[str], off: float) -> Rows:
        return np.zeros((len(texts), self.dimensions), dtype=np.float32)


def test_who_knows_everything_finds_everything() -> None:
    oracle = Oracle()
    check = check_encoder(oracle)
    for figures in check.figures:
        assert (figures.synonyms, figures.opposites) == (1.0, 1.0)
        assert figures.translations == (None if figures.language == "en" else 1.0)
    assert [figures.covered for figures in check.figures] == [True, False, False, True]
    assert {role for role, _ in oracle.batches} == {"brief", "post"}
    assert sum(size for role, size in oracle.batches if role == "post" and size < 800) == 1 + 4 * (2 * 40 + 2 * 25 + 16)


def test_who_knows_nothing_finds_nothing() -> None:
    for figures in check_encoder(Blank()).figures:
        assert figures.mean == 0


def test_the_embedded_encoder() -> None:
    check = check_encoder(load_encoder())
    assert [figures.language for figures in check.figures] == list(LANGUAGES)
    assert all(figures.covered for figures in check.figures)
    assert all(figures.translations > 0.9 for figures in check.figures if figures.translations is not None)
    assert all(figures.synonyms > 0.5 and figures.tags > 0.7 for figures in check.figures)
    assert check.texts_per_s > 1000 and check.single_text_ms > 0
    assert check.dimensions == 256
