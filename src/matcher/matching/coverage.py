"""What the encoder cannot compare by meaning, said of a brief: its language, and those that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.records import Brief
from matcher.records.said import Said, Term, say, terms
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.encoders.coverage import covers, gap

LARGE_SHARE = 0.2
"""Posts in languages that are not covered are worth a warning with every shortlist from this share on."""


def is_covered(encoder: Encoder, language: str | None) -> bool:
    """Whether a language can be compared by meaning; one that is not known, or an encoder that says nothing, may be."""
    return language is None or not encoder.languages or covers(encoder.languages, language)


def coverage_warnings(encoder: Encoder, brief: Brief, language: str | None, posts: Mapping[str, int]) -> Iterator[Said]:
    """Warnings for a brief in `language`, on an index with so many `posts` in each language."""
    if language is not None and not is_covered(encoder, language):
        yield say(
            "encoder {encoder!r} does not cover {language!r}: only creators who use the brief's own words are "
            "found. Write the brief in one of: {languages}",
            encoder=encoder.name,
            language=Term(language, "language"),
            languages=terms(tuple(sorted(encoder.languages)), "language"),
        )
        return
    asked = [wanted for wanted in brief.must.languages if not is_covered(encoder, wanted)]
    for wanted in asked:
        yield say(
            "{place}: encoder {encoder!r} does not cover {language!r} ({posts:,} posts), "
            "which are compared by the brief's own words, not by meaning",
            place=Term("must.languages", "place"),
            encoder=encoder.name,
            language=Term(wanted, "language"),
            posts=posts.get(wanted, 0),
        )
    if not asked and (said := gap(encoder.name, encoder.languages, posts, LARGE_SHARE)):
        yield said
