"""
Learning which words of a brief are its subject, for `retrieval/subject`.

Texts are made of frames, briefs of many kinds with gaps in place of their subjects, and of what fills the gaps: terms
of the encoder's training pairs, and stretches of real posts, since a subject is what posts could hold. Every token is
then known to be of the frame or of the subject. Paperwork (sums, dates, formats, rights) stands beside some of them and
is of the frame; some gaps are left empty, for not every brief has a subject. Whole stretches of posts stand by
themselves, all subject.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.subject.naming import piece_texts
from matcher.retrieval.subject.network import Network, features
from matcher.training.fillers import Fillers

GAP = "{}"
_SENTENCE_ENDS = re.compile(r"(?<=[.!?。！？])\s*")
_DIGIT = re.compile(r"\d")
_BESIDE = (", ", ". ", " / ", " | ", "\n", " ", "; ", " - ")
"""What stands between a remark and its neighbours."""
_AND = {"en": " and ", "zh-Hant": "與", "vi": " và ", "th": "และ"}
_OR = {"en": ", ", "zh-Hant": "、", "vi": ", ", "th": " "}
LONGEST_COUNTED = 5.0
"""A token weighs as much as its row is long, none more than this: it moves a text's vector as much."""

LEAST_FRAMES = 2
"""A word of so many frames is a word of briefs."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a brief is put: a text with a gap for each word or phrase of its subject."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is made, and how the network is fitted."""

    hidden: int = 128
    fillings: int = 20
    """Texts made of each frame with one gap, twice as many of those with more."""
    stretches: int = 2_500
    """Stretches of posts by themselves, per language, and a third as many terms."""
    emptied: int = 2
    """Texts made of each frame with nothing in its gaps."""
    noted: int = 2_500
    """Texts with paperwork beside a frame, or beside the bare subject, per language."""
    bare: float = 0.4
    """Share of those that have the bare subject instead of a frame."""
    in_english: float = 0.25
    """Share of the remarks that are in English, whatever the language of the frame."""
    of_terms: float = 0.55
    """Share of the gaps that a term fills; a stretch of a post fills the others."""
    shortened: float = 0.4
    """Share of the texts from which sentences without a gap are left out at random."""
    epochs: int = 8
    batch: int = 512
    rate: float = 1e-3
    decay: float = 0.1
    dropout: float = 0.3
    seed: int = 1


def read_frames() -> list[Frame]:
    """The frames of this project, in four languages."""
    return [Frame(language, text) for language, text in _rows("brief_frames.tsv")]


def read_paperwork() -> dict[str, list[str]]:
    """Language → remarks that stand beside a subject: sums, dates, formats, rights, approval."""
    found: dict[str, list[str]] = {}
    for language, text in _rows("paperwork.tsv"):
        found.setdefault(language, []).append(text)
    return found


def _rows(name: str) -> list[list[str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


class Maker:
    """Makes texts of frames and fillers, with what each of their tokens is."""

    def __init__(self, encoder: StaticEncoder, fillers: Mapping[str, Fillers], settings: Settings) -> None:
        self._encoder, self._fillers, self._settings = encoder, fillers, settings
        self._random = random.Random(settings.seed)
        self._paperwork = read_paperwork()

    def texts(self, frames: Sequence[Frame]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Texts, each with where its subject stands."""
        settings, chance = self._settings, self._random
        for frame in frames:
            several = frame.text.count(GAP) > 1
            for _ in range(settings.fillings * (1 + several)):
                yield self._filled(self._shortened(frame.text), frame.language, several)
            for _ in range(settings.emptied):
                yield " ".join(self._shortened(frame.text).replace(GAP, " ").split()), []
        for language in sorted(self._paperwork):
            own = [frame.text for frame in frames if frame.language == language]
            for _ in range(settings.noted if own else 0):
                frame_text = GAP if chance.random() < settings.bare else self._shortened(chance.choice(own))
                yield self._filled(self._noted(frame_text, language), language, frame_text.count(GAP) > 1)
        for language in sorted(self._fillers):
            of = self._fillers[language]
            for some, n in ((of.stretches, settings.stretches), (of.terms, settings.stretches // 3)):
                for text in chance.sample(list(some), min(n, len(some))):
                    yield text, [(0, len(text))]

    def tokens(self, frames: Sequence[Frame]) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32]]:
        """Of all tokens of all texts: features [n, f], whether they are of the frame [n], and their weights [n]."""
        found: list[tuple[NDArray[Any], ...]] = []
        for text, subject in self.texts(frames):
            pieces = self._encoder.pieces(text)
            if len(pieces.rows):
                inside = np.zeros(len(pieces.rows), np.bool_)
                for begin, end in subject:
                    inside |= (pieces.start < end) & (pieces.end > begin)
                weights = np.minimum(np.linalg.norm(pieces.rows, axis=1), LONGEST_COUNTED) + 0.1
                found.append((features(pieces.rows), ~inside, weights.astype(np.float32)))
        one, two, three = (np.concatenate(column) for column in zip(*found, strict=True))
        return one, two, three

    def _filled(self, frame: str, language: str, several: bool) -> tuple[str, list[tuple[int, int]]]:
        parts, subject = frame.split(GAP), []
        text = parts[0]
        for part in parts[1:]:
            filler = self._filler(language, alone=not several)
            subject.append((len(text), len(text) + len(filler)))
            text += filler + part
        return text, subject

    def _filler(self, language: str, alone: bool) -> str:
        of, chance = self._fillers[language], self._random
        filler = chance.choice(of.terms if chance.random() < self._settings.of_terms else of.stretches)
        if alone and (at := chance.random()) < 0.6:
            filler += (_AND if at < 0.35 else _OR)[language] + chance.choice(of.terms)
        return filler

    def _noted(self, frame: str, language: str) -> str:
        """A frame among one to four remarks, each digit of which is drawn anew."""
        chance = self._random
        parts = [frame]
        for _ in range(chance.randint(1, 4)):
            of = self._paperwork["en" if chance.random() < self._settings.in_english else language]
            parts.insert(chance.randint(0, len(parts)), _DIGIT.sub(self._digit, chance.choice(of)))
        return "".join(part + chance.choice(_BESIDE) for part in parts).rstrip(" ,;/|-\n")

    def _digit(self, _: re.Match[str]) -> str:
        return str(self._random.randrange(10))

    def _shortened(self, frame: str) -> str:
        if self._random.random() >= self._settings.shortened:
            return frame
        sentences = _SENTENCE_ENDS.split(frame)
        return " ".join(each for each in sentences if GAP in each or self._random.random() < 0.5)


def frame_words(encoder: StaticEncoder, least: int = LEAST_FRAMES) -> frozenset[str]:
    """The tokens that stand in so many frames and remarks, or more."""
    counts: Counter[str] = Counter()
    for text in (*(frame.text for frame in read_frames()), *chain.from_iterable(read_paperwork().values())):
        counts.update(set(piece_texts(encoder, text.replace(GAP, "\n"))))
    return frozenset(word for word, count in counts.items() if count >= least)


def fit(encoder: StaticEncoder, fillers: Mapping[str, Fillers], settings: Settings) -> Network:
    """
    A network for the encoder, fitted to all frames; frame and subject weigh the same in all.

    Same seed and same number of threads, same network.
    """
    import torch

    torch.manual_seed(settings.seed)
    seen, framed, weights = Maker(encoder, fillers, settings).tokens(read_frames())
    weights = weights * np.where(framed, 0.5 / weights[framed].sum(), 0.5 / weights[~framed].sum()) * len(framed)
    inputs, wanted, weigh = (torch.from_numpy(part.astype(np.float32)) for part in (seen, framed, weights))
    inner, last = torch.nn.Linear(seen.shape[1], settings.hidden), torch.nn.Linear(settings.hidden, 1)
    net = torch.nn.Sequential(inner, torch.nn.ReLU(), torch.nn.Dropout(settings.dropout), last)
    moves = torch.optim.AdamW(net.parameters(), settings.rate, weight_decay=settings.decay)
    for epoch in range(settings.epochs):
        for group in moves.param_groups:
            group["lr"] = settings.rate * (1 - epoch / settings.epochs)
        for batch in torch.randperm(len(inputs)).split(settings.batch):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(inputs[batch])[:, 0], wanted[batch], weight=weigh[batch]
            )
            moves.zero_grad()
            loss.backward()
            moves.step()
    hidden, hidden_bias, out = (part.detach().numpy() for part in (inner.weight, inner.bias, last.weight))
    bias, words = float(last.bias.detach()[0]), frame_words(encoder)
    return Network(hidden, hidden_bias, out[0], bias, encoder.fingerprint, words)
