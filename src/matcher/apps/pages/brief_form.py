"""
The form of a brief: from what a browser sends to the fields of a brief, and back.

A field is called by its place in the brief (`must.followers.min`), so that an error of the brief stands beside its
field. The form speaks percent and lists with commas; a brief has fractions and lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from matcher.records import AGE_BANDS, GENDERS, Brief

Pairs = Iterable[tuple[str, str]]
Read = Callable[[list[str]], Any]
_MULTIPLES = {"k": 1e3, "m": 1e6, "萬": 1e4, "万": 1e4}


class Values:
    """What stands in the fields of a form: name → texts."""

    def __init__(self, pairs: Pairs = ()) -> None:
        self._texts: dict[str, list[str]] = {}
        for name, text in pairs:
            self._texts.setdefault(name, []).append(text)

    def one(self, name: str) -> str:
        """The text of a field, empty where there is none."""
        return next(iter(self._texts.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """Every text of a field that may be there several times."""
        return self._texts.get(name, [])

    def any_of(self, prefix: str) -> bool:
        """Whether any field below a place holds something."""
        return any(name.startswith(prefix) and any(t.strip(" 0") for t in texts) for name, texts in self._texts.items())

    def rows(self, name: str, least: int = 2) -> list[tuple[str, str]]:
        """(segment, percent) of a field with one row per segment, with empty rows to fill in."""
        rows = [(s, p) for s, p in zip(self.all(f"{name}.segment"), self.all(f"{name}.percent"), strict=False) if s]
        return rows + [("", "0")] * max(1, least - len(rows))


def _text(texts: list[str]) -> Any:
    return texts[0].strip() or None


def _many(texts: list[str]) -> Any:
    """Check boxes, and lists written with commas."""
    return list(dict.fromkeys(part.strip() for text in texts for part in re.split(r"[,、,;\n]", text) if part.strip()))


def _handles(texts: list[str]) -> Any:
    return [name.removeprefix("@") for name in _many(texts)]


def _number(texts: list[str]) -> Any:
    """A number as people write it: 12,000 or 12k or 1.5萬; what is none is left for the brief to refuse."""
    text = texts[0].strip().lower()
    found = re.fullmatch(r"(-?\d{1,15}(?:\.\d{1,6})?)\s*([km萬万]?)", re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", text))
    return (float(found[1]) * _MULTIPLES.get(found[2], 1.0) if found else text) if text else None


def _whole(texts: list[str]) -> Any:
    number = _number(texts)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _percent(texts: list[str]) -> Any:
    number = _number([texts[0].replace("%", "")])
    return round(number / 100, 6) if isinstance(number, float) else number


def _flag(texts: list[str]) -> Any:
    return True if texts[0] else None


_CONDITIONS: dict[str, Read] = {
    "platforms": _many,
    "countries": _many,
    "languages": _many,
    "followers.min": _number,
    "followers.max": _number,
    "engagement_rate.min": _percent,
    "credibility.min": _percent,
    "price.max": _number,
    "last_post_within_days": _whole,
    "has_contact": _flag,
    "tiers": _many,
    "account_kinds": _many,
    "keywords": _many,
    "categories": _many,
}
_FIELDS: dict[str, Read] = {
    "text": _text,
    "brand.name": _text,
    "brand.handles": _handles,
    "brand.competitors": _many,
    "goal": _text,
    **{f"must.{name}": read for name, read in _CONDITIONS.items()},
    **{f"should.{name}": read for name, read in _CONDITIONS.items()},
    "must_not.creator_ids": _many,
    "must_not.keywords": _many,
    "must_not.worked_with": _many,
    "must_not.worked_with_within_days": _whole,
    "must_not.brand_safety": _many,
    "budget.amount": _number,
    "k": _whole,
}
ROWS = (
    "target_audience.country",
    "target_audience.language",
    "target_audience.interest",
    "must.audience_country",
    "should.audience_country",
)
"""Fields with one row per segment, each of a segment and a percentage."""
SLIDERS = {"target_audience.age": AGE_BANDS, "target_audience.gender": GENDERS}
"""Fields with one slider for each of a few segments."""
CURRENCIES = {"budget.amount": "budget.currency", "must.price.max": "must.price.currency",
              "should.price.max": "should.price.currency"}  # fmt: skip


def brief_fields(values: Values, kept: Brief | None = None) -> dict[str, Any]:
    """
    The fields of a brief as the form has them, still to be checked by `Brief.parse`.

    Of `kept`, the brief that the form was opened with, only what the form has no fields for is taken over.
    """
    data: dict[str, Any] = _without_form(kept) if kept else {}
    for name, read in _FIELDS.items():
        value = read(values.all(name)) if values.all(name) else None
        if value not in (None, []):
            _put(data, name, value)
            if name in CURRENCIES:
                _put(data, CURRENCIES[name], values.one(CURRENCIES[name]) or "USD")
    for facet, segments in SLIDERS.items():
        shares = {segment: _percent([values.one(f"{facet}.{segment}") or "0"]) for segment in segments}
        _put_shares(data, facet, shares)
    for name in ROWS:
        pairs = zip(values.all(f"{name}.segment"), values.all(f"{name}.percent"), strict=False)
        given = {segment.strip(): _percent([percent or "0"]) for segment, percent in pairs if segment.strip()}
        if given and name.startswith("target_audience") and not any(given.values()):
            given = dict.fromkeys(given, round(1 / len(given), 6))  # named, and no shares said
        _put_shares(data, name, given)
    return data


def _put(data: dict[str, Any], name: str, value: Any) -> None:
    *parents, last = name.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value


def _put_shares(data: dict[str, Any], name: str, shares: Mapping[str, Any]) -> None:
    if given := {segment: share for segment, share in shares.items() if share}:
        _put(data, name, given)


def _without_form(brief: Brief) -> dict[str, Any]:
    """What a brief says beyond the fields of the form."""
    said = brief.model_dump(mode="json", exclude_defaults=True)
    covered = [*_FIELDS, *CURRENCIES.values(), *SLIDERS, *ROWS]
    for name in covered:
        *parents, last = name.split(".")
        inside: Any = said
        for parent in parents:
            inside = inside.get(parent) if isinstance(inside, dict) else None
        if isinstance(inside, dict):
            inside.pop(last, None)
    if brief.text and "language" in said:
        said.pop("language")  # the text may have become another
    return {name: value for name, value in said.items() if value not in ({}, [])}


def form_values(brief: Brief) -> Values:
    """What stands in the form when a brief is opened in it."""
    said = brief.model_dump(mode="json")
    pairs: list[tuple[str, str]] = []
    for name, read in _FIELDS.items():
        value = _get(said, name)
        if value in (None, [], ""):
            continue
        if isinstance(value, list):
            pairs += [(name, str(item)) for item in value]
        else:
            pairs.append((name, _written(value * 100 if read is _percent else value)))
        if name in CURRENCIES:
            pairs.append((CURRENCIES[name], str(_get(said, CURRENCIES[name]))))
    for facet in SLIDERS:
        pairs += [(f"{facet}.{segment}", _written(share * 100)) for segment, share in _get(said, facet).items()]
    for name in ROWS:
        for segment, share in _get(said, name).items():
            pairs += [(f"{name}.segment", segment), (f"{name}.percent", _written(share * 100))]
    return Values(pairs)


def _get(data: Any, name: str) -> Any:
    for part in name.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _written(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
