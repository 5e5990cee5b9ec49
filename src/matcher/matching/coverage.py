"""What the encoder cannot compare by meaning, said of a brief: its language, and those that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.records import Brief
from matcher.retrieval.encoders import Encoder
from matcher.retrieval.encoders.coverage import covers, gap

LARGE_SHARE = 0.2
"""Posts in languages that are not covered are worth a warning with every shortlist from this share on."""


def is_covered(encoder: Encoder, language: str | None) -> bool:
    """Whether a language can be compared by meaning; one that is not known, or an encoder that says nothing, may be."""
    return language is None or not encoder.languages or covers(encoder.languages, language)


def coverage_warnings(encoder: Encoder, brief: Brief, language: str | None, posts: Mapping[str, int]) -> Iterator[str]:
    """Warnings for a brief in `language`, on an index with so many `posts` in each language."""
    if language is not None and not is_covered(encoder, language):
        yield (
            f"encoder {encoder.name!r} does not cover {language!r}: only creators who use the brief's own words are "
            f"found. Write the brief in one of: {', '.join(sorted(encoder.languages))}"
        )
        return
    asked = [wanted for wanted in brief.must.languages if not is_covered(encoder, wanted)]
    for wanted in asked:
        yield (
            f"must.languages: encoder {encoder.name!r} does not cover {wanted!r} ({posts.get(wanted, 0):,} posts), "
            "which are compared by the brief's own words, not by meaning"
        )
    if not asked and (said := gap(encoder.name, encoder.languages, posts, LARGE_SHARE)):
        yield said
