"""
Sentences that can be said in another language: English text that remembers the template and the values it came from.

`say("Only {n} posts.", n=3)` is the str "Only 3 posts." wherever a str is wanted: JSON, terminal, library. Beside that
it keeps its template, which is what a catalogue translates, and its values, which another language may order and write
differently. A value may itself be Said, a Term, a number with a format (`{share:.0%}`), a date, or a name that is the
same everywhere. A sentence is one template: another language cannot reorder what was put together from pieces.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any

from pydantic import WrapValidator

Values = Mapping[str, Any]


def template(text: str) -> str:
    """Mark a template for translation where it stands, to be said elsewhere."""
    return text


COMMAS = template("{first}, {rest}")
SEMICOLONS = template("{first}; {rest}")
SENTENCES = template("{first} {rest}")
EITHER = template("{first} or {rest}")
LINES = template("{first}\n{rest}")
JOINTS = (COMMAS, SEMICOLONS, SENTENCES, EITHER, LINES)
"""Templates that put one item of a list before the others."""


class Said(str):
    """English text with its template and values; equal to, and hashed like, the same text. Made by `say`."""

    __slots__ = ("_made",)
    _made: tuple[str, str | None, Values]

    @classmethod
    def of(cls, text: str) -> Said:
        """A sentence without gaps that is not written down in the code, but was read from somewhere."""
        return say(text)

    @property
    def template(self) -> str:
        """The template with named gaps; for one that counts `n`, that of the singular."""
        return self._made[0]

    @property
    def many(self) -> str | None:
        """The template of the plural, where the sentence counts `n`."""
        return self._made[1]

    @property
    def values(self) -> Values:
        """What fills the gaps; of a list its `items`."""
        return self._made[2]


class Term(str):
    """A code out of a vocabulary (`TW` of `country`): itself in English, a word wherever the vocabulary has one."""

    __slots__ = ("_vocabulary",)
    _vocabulary: str

    def __new__(cls, code: str, vocabulary: str = "") -> Term:
        """A code and the name of its vocabulary."""
        made = str.__new__(cls, code)
        made._vocabulary = vocabulary
        return made

    @property
    def vocabulary(self) -> str:
        """What the code is one of."""
        return self._vocabulary


def say(template: str, /, **values: Any) -> Said:
    """A sentence, or a part of one; the template has a named gap for each value, with a format where it needs one."""
    made: Said = _new(Said, template.format_map(values) if values else template)
    made._made = template, None, values
    return made


def say_n(one: str, many: str, /, n: float, **values: Any) -> Said:
    """A sentence that counts: `one` where n is 1, else `many`. Both may say `{n}`."""
    values["n"] = n
    made: Said = _new(Said, (one if n == 1 else many).format_map(values))
    made._made = one, many, values
    return made


def listed(items: Iterable[str], joint: str = COMMAS) -> Said:
    """Items as a list in words; `joint` is one of JOINTS. One item that is Said is the list."""
    parts = tuple(items)
    if len(parts) == 1 and type(parts[0]) is Said:
        return parts[0]
    made: Said = _new(Said, joint[7:-6].join(parts))
    made._made = joint, None, {"items": parts}
    return made


@lru_cache(4096)
def terms(codes: tuple[str, ...], vocabulary: str, joint: str = COMMAS) -> Said:
    """Codes of one vocabulary as a list in words."""
    return listed((Term(code, vocabulary) for code in codes), joint)


def in_words(value: Any, vocabulary: str, words: Mapping[str, str]) -> Any:
    """A sentence, or a value of one, in which the codes of a vocabulary stand as their words, wherever they stand."""
    if isinstance(value, Term):
        return words.get(value, value) if value.vocabulary == vocabulary else value
    if not isinstance(value, Said):
        return value
    if "items" in value.values:
        return listed((in_words(item, vocabulary, words) for item in value.values["items"]), value.template)
    values = {name: in_words(inner, vocabulary, words) for name, inner in value.values.items()}
    return say(value.template, **values) if value.many is None else say_n(value.template, value.many, **values)


_new: Any = str.__new__

Sentence = Annotated[str, WrapValidator(lambda text, check: text if type(text) is Said else check(text))]
"""A str for people to read; one that is Said stays so when a record is checked."""


AS_CODE = "!r"
"""Beside the formats of numbers: a value as it is written in code, such as a path in a call."""


@cache
def pieces(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """
    A template taken apart: (text before a gap, name in the gap, its format), the name None after the last one. The
    format is AS_CODE where the value is to stand as it is written in code, in quotes.
    """
    parts = string.Formatter().parse(template)
    return tuple((text, name, AS_CODE if as_code else form or "") for text, name, form, as_code in parts)


def packed(value: Any) -> Any:
    """What JSON can hold of anything with Said in it, wherever it stands; `unpacked` gives it back."""
    if isinstance(value, Said):
        said: dict[str, Any] = {"said": value.template}
        if value.many is not None:
            said["many"] = value.many
        return said | {"values": packed(dict(value.values))}
    if isinstance(value, Term):
        return {"term": str(value), "of": value.vocabulary}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {name: packed(inner) for name, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [packed(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value


def unpacked(value: Any) -> Any:
    """
    What `packed` made, as it was. What it cannot have made stays as it is: a file or a row may hold anything, and a
    template out of it is filled only where its gaps are plain names (see SAFE).
    """
    if isinstance(value, list):
        return [unpacked(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    inner = {name: unpacked(part) for name, part in value.items()}
    if value.keys() in ({"said", "values"}, {"said", "many", "values"}):
        said = _said(inner["said"], inner.get("many"), inner["values"])
        return inner if said is None else said
    if value.keys() == {"term", "of"} and all(type(part) is str for part in inner.values()):
        return Term(inner["term"], inner["of"])
    if value.keys() == {"date"}:
        return _date(inner["date"]) or inner
    return inner


SAFE = re.compile(r"(?:[^{}]|\{\{|\}\}|\{[A-Za-z_]\w*(?:!r)?(?::,?(?:\.\d\d?)?[dfg%]?)?\})*", re.ASCII)
"""Templates that may be filled though they come from a file: no attribute of a value, no item of it, no width."""


def _said(template: Any, many: Any, values: Any) -> str | None:
    """A sentence as it was; the bare template where it cannot be filled, None where there is none."""
    if type(template) is not str or not isinstance(values, dict):
        return None
    if "items" in values:
        items = values["items"]
        whole = template in JOINTS and isinstance(items, list) and all(isinstance(item, str) for item in items)
        return listed(items, template) if whole else template
    if not all(type(text) is str and SAFE.fullmatch(text) for text in (template, many or "")):
        return template
    try:
        if many is None:
            return say(template, **values)
        return say_n(template, many, **values) if type(values["n"]) is int else template
    except (LookupError, TypeError, ValueError, OverflowError):  # a gap without a value, or with one of another kind
        return template


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
