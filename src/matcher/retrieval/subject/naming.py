"""
Whether a text names a subject at all: "looking for creators, budget to be confirmed" names none.

A subject is a word that the network takes for one and that is none of the words of which briefs are made. Either alone
is not enough: a word by itself has no neighbours that say what it is, and the words of briefs are more than those of
the frames that the network was fitted to.
"""

from __future__ import annotations

from unicodedata import category

from matcher.retrieval.encoders.load import embedded
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.subject.reading import READ, network, sized_words

SURE = 0.8
"""From this probability on a word is taken for the subject."""
LEAST_SIZE = 2.0
"""Words whose rows are shorter join others and name nothing."""


def subject_names(text: str) -> list[str]:
    """The words of a text that posts could be about; none where it names no subject."""
    text = text[:READ]
    return [
        written
        for word, size in sized_words(text)
        if word.weight >= SURE and size >= LEAST_SIZE and _means_something(written := text[word.start : word.end])
    ]


def piece_texts(encoder: StaticEncoder, text: str) -> list[str]:
    """The tokens of a text as they stand in it, in small letters, without spaces."""
    pieces = encoder.pieces(text)
    spans = zip(pieces.start.tolist(), pieces.end.tolist(), strict=True)
    return [piece for start, end in spans if (piece := text[start:end].strip().casefold())]


def _means_something(word: str) -> bool:
    said = any(character.isalpha() or category(character) == "So" for character in word)  # So: emoji among others
    return said and not network().frame_words.issuperset(piece_texts(embedded(), word))
