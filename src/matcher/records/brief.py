"""
The brief: what a brand wants, in any language. It is the query.

Only `text` is required. Every other field narrows (`must`, `must_not`), prefers (`should`), describes
(`brand`, `target_audience`, `goal`, `budget`) or sets how the answer is made (`k`, `weights`).
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, ValidationError, model_validator

from matcher.errors import BriefError
from matcher.records.audience import TargetAudience
from matcher.records.base import Country, Currency, Language, Name, Record, Share

Goal = Literal["awareness", "engagement", "conversion"]
Tier = Literal["nano", "micro", "mid", "macro", "mega"]
AccountKind = Literal["person", "group", "shop", "brand", "media", "label", "compilation"]
SignalName = Literal["relevance", "audience", "engagement"]

SIGNALS: tuple[str, ...] = get_args(SignalName)
MAX_K = 500
MAX_TEXT = 100_000


class Span(Record):
    """A range of numbers, both ends included; an end that is left out is open."""

    min: float | None = Field(default=None, ge=0)
    max: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min:g} is above max {self.max:g}; no creator can meet both")
        return self


class ShareSpan(Span):
    """A range of shares or rates: fractions from 0 to 1, never percent."""

    min: Share | None = None
    max: Share | None = None


class PriceLimit(Record):
    """The most that one piece of work may cost."""

    max: float = Field(gt=0)
    currency: Currency


class Money(Record):
    """An amount with its currency."""

    amount: float = Field(gt=0)
    currency: Currency


class Brand(Record):
    """Who asks."""

    name: str = ""
    handles: tuple[Name, ...] = ()
    description: str = ""
    values: tuple[Name, ...] = ()
    competitors: tuple[Name, ...] = ()


class Conditions(Record):
    """What a creator has to meet: each field that is given is one condition, lists mean "any of these"."""

    platforms: tuple[Name, ...] = ()
    countries: tuple[Country, ...] = ()
    languages: tuple[Language, ...] = ()
    followers: Span | None = None
    engagement_rate: ShareSpan | None = None
    credibility: ShareSpan | None = None
    price: PriceLimit | None = None
    last_post_within_days: int | None = Field(default=None, ge=1)
    audience_country: dict[Country, Share] = {}
    has_contact: bool | None = None
    tiers: tuple[Tier, ...] = ()
    account_kinds: tuple[AccountKind, ...] = ()
    keywords: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()

    def given(self) -> tuple[str, ...]:
        """Names of the conditions that were stated, in the order of the contract."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) not in ((), {}, None))


class Exclusions(Record):
    """What takes a creator out."""

    creator_ids: tuple[Name, ...] = ()
    keywords: tuple[Name, ...] = ()
    worked_with: tuple[Name, ...] = ()
    worked_with_within_days: int | None = Field(default=None, ge=1)
    brand_safety: tuple[Name, ...] = ()

    def given(self) -> tuple[str, ...]:
        """Names of the exclusions that were stated; the period belongs to `worked_with`."""
        names = ("creator_ids", "keywords", "worked_with", "brand_safety")
        return tuple(name for name in names if getattr(self, name))


class Brief(Record):
    """What a brand wants. See the module for the roles of its fields."""

    brief_id: Name = "brief"
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    language: Language | None = None
    brand: Brand = Brand()
    goal: Goal | None = None
    target_audience: TargetAudience = TargetAudience()
    must: Conditions = Conditions()
    should: Conditions = Conditions()
    must_not: Exclusions = Exclusions()
    budget: Money | None = None
    k: int = Field(default=15, ge=1, le=MAX_K)
    weights: dict[SignalName, Annotated[float, Field(ge=0)]] = {}

    @model_validator(mode="after")
    def _some_weight(self) -> Self:
        if self.weights and sum(self.weights.values()) <= 0:
            raise ValueError("weights: all are 0; give at least one signal a weight above 0")
        return self

    @classmethod
    def parse(cls, data: Any) -> Brief:
        """
        Check data that came from outside.

        Raises BriefError naming every field that is wrong, its value and what is allowed.
        """
        if not isinstance(data, Mapping):
            raise BriefError(f"a brief is an object with at least 'text', not {type(data).__name__}")
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            places = tuple(_explain(cls, detail) for detail in error.errors(include_url=False))
            name = data.get("brief_id", "brief")
            lines = "\n".join(f"  {place}: {what}" for place, what in places)
            raise BriefError(f"brief {name!r} cannot be used:\n{lines}", places) from None

    @classmethod
    def from_text(cls, text: str, source: str = "brief") -> Brief:
        """A brief from JSON or YAML text; `source` names it in errors."""
        try:
            return cls.parse(json.loads(text))
        except json.JSONDecodeError as error:
            if text.lstrip().startswith(("{", "[")):
                raise BriefError(f"{source} is not valid JSON: {error}") from None
        import yaml

        try:
            return cls.parse(yaml.safe_load(text))
        except yaml.YAMLError as error:
            raise BriefError(f"{source} is neither JSON nor YAML: {error}") from None

    @classmethod
    def from_file(cls, path: Path) -> Brief:
        """A brief from a JSON or YAML file."""
        try:
            return cls.from_text(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise BriefError(f"{path} cannot be read: {error}") from None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was repaired or is odd in this brief, in plain words."""
        sums = self.target_audience.unbalanced()
        return tuple(
            f"target_audience.{facet}: the shares sum to {total:g}, not 1; they were scaled to sum to 1"
            for facet, total in sums.items()
        )


def _explain(model: type[Record], detail: Any) -> tuple[str, str]:
    """One pydantic error as (place, sentence that gives the value and what is allowed)."""
    location = [str(part) for part in detail["loc"] if part != "[key]"]
    place = ".".join(location) or "brief"
    if detail["type"] == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        near = difflib.get_close_matches(location[-1], known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        return place, f"not a known field; {hint}"
    if detail["type"] == "missing":
        return place, "is required"
    message = detail["msg"].removeprefix("Value error, ")
    message = message.replace("Input should be", "must be").replace("less than or equal to 1", "a fraction from 0 to 1")
    value = detail["input"]
    shown = "" if isinstance(value, Mapping) else f" (got {_shortened(value)})"
    return place, f"{message}{shown}"


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _fields_at(model: Any, location: tuple[Any, ...]) -> list[str]:
    """The field names that are allowed at a place in the brief."""
    for part in location:
        field = getattr(model, "model_fields", {}).get(part)
        candidates = [] if field is None else [field.annotation, *get_args(field.annotation)]
        model = next((c for c in candidates if isinstance(c, type) and issubclass(c, Record)), None)
    return list(getattr(model, "model_fields", {}))
