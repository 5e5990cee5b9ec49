"""Run the check: what is asked is embedded as a brief, what should be found as a post, both prepared as in matching."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from matcher.retrieval.encoders.check.figures import EncoderCheck, LanguageFigures
from matcher.retrieval.encoders.check.measures import Rows, found_first, nearer
from matcher.retrieval.encoders.check.sentences import LANGUAGES, Sentences, sentences
from matcher.retrieval.encoders.coverage import covers
from matcher.retrieval.encoders.protocol import Encoder, encode_briefs
from matcher.text import clean, embedding_texts

SINGLE_TEXTS = 20
FAST_S = 0.5
"""Below so much processor time the measurement of speed is repeated, and the best is taken."""


def check_encoder(encoder: Encoder) -> EncoderCheck:
    """Measure an encoder on the built-in sentences: about 1,600 texts, under a second for the embedded one."""
    given = sentences()
    embedded = _Embedded(encoder)
    texts_per_s = embedded.texts_per_s([given.translations[language] for language in LANGUAGES])
    return EncoderCheck(
        name=encoder.name,
        fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        texts_per_s=round(texts_per_s, 1),
        single_text_ms=round(_single_text_ms(encoder, given.translations["en"][:SINGLE_TEXTS]), 3),
        figures=tuple(_figures(embedded, given, language) for language in LANGUAGES),
    )


class _Embedded:
    """The rows of texts as briefs and as posts, each embedded once."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        sample = ["a brief and a post"]
        self._alike = np.array_equal(encode_briefs(encoder, sample), encoder.encode(sample))
        self._asked: dict[tuple[str, ...], Rows] = {}
        self._found: dict[tuple[str, ...], Rows] = self._asked if self._alike else {}

    def asked(self, texts: tuple[str, ...]) -> Rows:
        """Rows [n, d] of briefs."""
        if texts not in self._asked:
            self._asked[texts] = encode_briefs(self.encoder, _ready(texts))
        return self._asked[texts]

    def found(self, texts: tuple[str, ...]) -> Rows:
        """Rows [n, d] of posts."""
        if texts not in self._found:
            self._found[texts] = self.encoder.encode(_ready(texts))
        return self._found[texts]

    def texts_per_s(self, lists: Sequence[tuple[str, ...]]) -> float:
        """Texts a second of processor time, embedding lists as one batch of posts; their rows are kept."""
        ready = _ready([text for texts in lists for text in texts])
        best = spent = 0.0
        while spent < FAST_S:
            began = time.process_time()
            rows = self.encoder.encode(ready)
            took = max(time.process_time() - began, 1e-9)
            best, spent = max(best, len(ready) / took), spent + took
        self._found.update(zip(lists, np.split(rows, np.cumsum([len(texts) for texts in lists])[:-1]), strict=True))
        return best


def _figures(embedded: _Embedded, given: Sentences, language: str) -> LanguageFigures:
    sides, synonyms = given.translations, given.synonyms[language]
    opposites, tags = given.opposites[language], given.tags[language]
    asked, found = embedded.asked, embedded.found
    return LanguageFigures(
        language=language,
        covered=covers(embedded.encoder.languages, language),
        translations=None if language == "en" else _both_ways(embedded, sides[language], sides["en"]),
        synonyms=_both_ways(embedded, synonyms.texts, synonyms.same),
        opposites=nearer(asked(opposites.texts), found(opposites.same), found(opposites.other)),
        tags=found_first(asked(tags.texts), found(tags.same)),
    )


def _both_ways(embedded: _Embedded, one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """P@1, mean of asking with either side."""
    there = found_first(embedded.asked(one), embedded.found(other))
    return (there + found_first(embedded.asked(other), embedded.found(one))) / 2


def _ready(texts: Sequence[str]) -> list[str]:
    """Texts as a reindex hands them to an encoder: cleaned, hashtags as words."""
    return embedding_texts(clean(list(texts)), None)


def _single_text_ms(encoder: Encoder, texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        began = time.perf_counter()
        encode_briefs(encoder, [text])
        times.append(time.perf_counter() - began)
    return float(np.median(times)) * 1000
