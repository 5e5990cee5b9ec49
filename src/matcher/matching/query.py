"""From a brief to what can be searched for: vectors of its aspects, tokens, language, and the weight of each arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.coverage import coverage_warnings, is_covered
from matcher.matching.no_subject import subject_warnings
from matcher.records import Brief
from matcher.records.said import Term, say
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.encoders.coverage import SURE_LANGUAGE
from matcher.retrieval.index import Index
from matcher.retrieval.subject import subject_mass, subject_rows, subject_text
from matcher.text import (
    clean,
    detect_languages,
    embedding_texts,
    focus,
    joined_compounds,
    resolve_chinese,
    split_aspects,
    tokens,
)
from matcher.understanding import without_conditions

LEXICAL_WEIGHT = 0.3
"""Share of the lexical arm for a brief in a language that the encoder covers (docs/signals.md)."""
MAX_ASPECTS = 5
LEAST_OF_SUBJECT = 0.5
"""A part of a brief with less of a subject than this share of what the richest part has is no aspect of it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A brief, ready to be searched for."""

    brief: Brief
    vectors: NDArray[np.float32]
    """float32 [aspects, d]: row 0 is the brief as a whole, the others its parts."""
    tokens: tuple[str, ...]
    language: str | None
    lexical_weight: float
    """0 to 1; the dense arm has the rest."""
    warnings: tuple[str, ...]
    names_subject: bool = True
    """False for "looking for creators": what is near it is near by chance."""


def make_queries(briefs: Sequence[Brief], encoder: Encoder, index: Index | None = None) -> list[Query]:
    """
    Queries for briefs, to be searched for in an index: what it holds tells what to warn of.

    One brief is one batch for the encoder: sums over larger batches may differ in the last bit, and the answer to a
    brief must not depend on which others were asked with it.
    """
    posts = index.posts_by_language if index else {}
    return [_query(brief, _texts(brief), encoder, posts) for brief in briefs]


def _texts(brief: Brief) -> list[str]:
    """The brief as a whole, then its aspects; a brief of one aspect is only itself."""
    [text] = without_conditions([brief.text])
    whole = text if not brief.brand.description else f"{text}\n{brief.brand.description}"
    parts = split_aspects(text, limit=MAX_ASPECTS)
    if brief.brand.description:
        parts = [*parts, brief.brand.description]
    countries = {*brief.target_audience.country, *brief.must.countries}
    names = [brief.brand.name, *brief.brand.handles]
    whole, *parts = [joined_compounds(each) for each in focus(clean([whole, *parts]), countries, names)]
    aspects = _of_the_subject(parts)
    return [whole, *(aspects if len(aspects) > 1 else ())]


def _of_the_subject(parts: list[str]) -> list[str]:
    """The parts that say something about the subject: "honest voices, please" is no aspect of a brief on nail art."""
    mass = [subject_mass(part) for part in parts]
    return [part for part, has in zip(parts, mass, strict=True) if has >= LEAST_OF_SUBJECT * max(mass)]


def looked_up(brief: Brief) -> tuple[str, ...]:
    """The tokens of a brief that the lexical arm looks up."""
    return _tokens(_texts(brief)[0])


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(tokens([subject_text(text)])[0])


def detected_language(text: str) -> str | None:
    """The language of a brief that does not say; a guess at a few words is no reason to set the dense arm aside."""
    languages, confidence = detect_languages([text])
    return languages[0] if confidence[0] >= SURE_LANGUAGE else None


def _query(brief: Brief, texts: list[str], encoder: Encoder, posts: Mapping[str, int]) -> Query:
    vectors = subject_rows(encoder, embedding_texts(texts, None))
    language = brief.language or detected_language(brief.text)
    if language == "zh":
        language = resolve_chinese(language, texts[0])
    warnings = list(brief.warnings)
    if brief.weights.get("audience") and not brief.target_audience.facets():
        where = {"place": Term("weights.audience", "place"), "part": Term("target_audience", "place")}
        warnings.append(say("{place}: the brief names no {part}, so nothing can be weighed there", **where))
    words = _tokens(texts[0])
    has_vector = bool(np.any(vectors[0]))
    covered = is_covered(encoder, language)
    weight = LEXICAL_WEIGHT if covered and has_vector else 1.0
    warnings += coverage_warnings(encoder, brief, language, posts)
    if covered and not has_vector:
        warnings.append(
            say("the brief's text has no words that can be read; add a sentence on the product and the creators")
        )
    no_subject = subject_warnings(brief, texts[0]) if has_vector else []
    if not covered or not has_vector:
        vectors = vectors[:1]
    return Query(brief, vectors, words, language, weight, (*warnings, *no_subject), not no_subject)
