"""What the engine says, in the reader's language: its templates from the catalogue, its values as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil
from numbers import Real
from typing import Any

from babel.support import NullTranslations

from matcher.apps.pages import locales
from matcher.apps.pages.cities import city
from matcher.apps.pages.interests import interest
from matcher.apps.pages.labels import TABLES, label
from matcher.apps.pages.locales import Formats
from matcher.records.said import AS_CODE, Said, Term, pieces, template


@dataclass(frozen=True)
class Wording:
    """Sentences in one language."""

    language: str
    translations: NullTranslations
    formats: Formats

    def __call__(self, text: Any) -> Any:
        """A sentence of the engine in this language; what is none, or has lost its template, as it is."""
        return self._said(text) if isinstance(text, Said) and self.language != "en" else text

    def reread(self, text: str) -> str:
        """A sentence without gaps that was read back from a file, as it was said; any other text as it is."""
        return Said.of(text) if text and self.translations.gettext(text) != text else text  # "" is a catalogue's header

    def line(self, text: Any) -> Any:
        """A sentence that stands alone: with a capital, unless a field's name (must.followers, as_of) begins it."""
        words = self(text)
        return words[:1].upper() + words[1:] if isinstance(text, Said) and _WORD.match(words) else words

    def interest(self, name: str) -> str:
        """An interest or a category by its name in this language, where the engine knows it."""
        known = interest(name)
        return self.translations.gettext(known) if known else name.replace("_", " ")

    def city(self, written: str) -> str:
        """A city by its name in this language, where it is one that is known; else as it is written."""
        known = city(written)
        return self.translations.gettext(known) if known else written

    def _said(self, said: Said) -> str:
        if "items" in said.values:
            return self._listed(said.template, [self._written(item, "") for item in said.values["items"]])
        if said.many is None:
            template = self.translations.gettext(said.template)
        else:
            template = self.translations.ngettext(said.template, said.many, ceil(said.values["n"]))
        return "".join(
            text if name is None else text + self._written(said.values[name], form)
            for text, name, form in pieces(template)
        )

    def _listed(self, joint: str, items: list[str]) -> str:
        joint, text = self.translations.gettext(joint), items[-1] if items else ""
        for item in reversed(items[:-1]):
            text = joint.format(first=item, rest=text)
        return text

    def _written(self, value: Any, form: str) -> str:
        if form == AS_CODE:
            return repr(str(value) if isinstance(value, str) else value)
        if isinstance(value, Said):
            return self._said(value)
        if isinstance(value, Term):
            return self._term(value)
        if isinstance(value, date):
            return self.formats.date(value)
        counts = isinstance(value, Real) and not isinstance(value, bool)
        return self.formats.formatted(value, form) if counts else str(value)

    def _term(self, term: Term) -> str:
        if term.vocabulary == "interest":
            name = self.interest(str(term))
            return name if name.startswith("K-") else name[:1].lower() + name[1:]
        if term.vocabulary in _NAMES:
            name = _NAMES[term.vocabulary](self.formats, str(term))
            return name if term.vocabulary == "country" else name[:1].lower() + name[1:]
        if term.vocabulary == "place":  # such as must.followers
            part, _, field = str(term).partition(".")
            names = [label("part_of_brief", part), *([label("condition", field)] if field else ())]
            return self._listed(PLACE, [self.translations.gettext(name) for name in names])
        if term.vocabulary not in TABLES:
            return str(term)
        word = self.translations.gettext(label(term.vocabulary, term.replace(" ", "_")))
        return word if term.vocabulary == "platform" else word[:1].lower() + word[1:]


_WORD = re.compile(r"(?!k )[^\W\d_]+[ ,]")
PLACE = template("{first}: {rest}")
"""How a part of a brief and a field of it stand together."""
_NAMES: dict[str, Callable[[Formats, str], str]] = {"country": Formats.country, "language": Formats.language}


@cache
def wording(language: str) -> Wording:
    """The wording of one of LANGUAGES."""
    return Wording(language, locales.catalogue(language), locales.formats(language))
