"""
The brief: what a brand wants, in any language. It is the query.

Only `text` is required. Every other field narrows (`must`, `must_not`), prefers (`should`), describes
(`brand`, `target_audience`, `goal`, `budget`) or sets how the answer is made (`k`, `weights`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, ValidationError, field_validator, model_validator

from matcher.errors import BriefError
from matcher.records.audience import TargetAudience
from matcher.records.base import Countries, Country, Currency, Language, Name, Record, Share
from matcher.records.problems import kind_of, problem
from matcher.records.said import LINES, Term, listed, say

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
            raise ValueError(
                say("min {min:g} is above max {max:g}; no creator can meet both", min=self.min, max=self.max)
            )
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
    countries: Countries = ()
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
    brand: Brand = Field(default_factory=Brand)
    goal: Goal | None = None
    target_audience: TargetAudience = Field(default_factory=TargetAudience)
    must: Conditions = Field(default_factory=Conditions)
    should: Conditions = Field(default_factory=Conditions)
    must_not: Exclusions = Field(default_factory=Exclusions)
    budget: Money | None = None
    k: int = Field(default=15, ge=1, le=MAX_K)
    weights: dict[SignalName, Annotated[float, Field(ge=0)]] = {}

    @field_validator("weights")
    @classmethod
    def _some_weight(cls, weights: dict[SignalName, float]) -> dict[SignalName, float]:
        if weights and sum(weights.values()) <= 0:
            raise ValueError(say("all are 0; give at least one signal a weight above 0"))
        return weights

    @classmethod
    def parse(cls, data: Any, source: str | None = None) -> Brief:
        """
        Check data that came from outside; `source` says where from, in errors.

        Raises BriefError naming every field that is wrong, its value and what is allowed.
        """
        if not isinstance(data, Mapping):
            name = source or say("a brief")
            raise BriefError(
                say("{name} must be an object with at least 'text', not {kind}", name=name, kind=kind_of(data))
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            places = tuple(problem(cls, detail) for detail in error.errors(include_url=False))
            lines = listed((say("  {place}: {what}", place=Term(at, "place"), what=what) for at, what in places), LINES)
            message = say("the brief cannot be used:\n{lines}", lines=lines)
            if data.get("brief_id"):
                message = say("brief {brief!r} cannot be used:\n{lines}", brief=data["brief_id"], lines=lines)
            raise BriefError(f"{source}: {message}" if source else message, places) from None

    @classmethod
    def from_text(cls, text: str, source: str | None = None) -> Brief:
        """A brief from JSON or YAML text; `source` names it in errors."""
        return cls.parse(_decoded(text, source or "the brief"), source)

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
            say(
                "{place}: the shares sum to {total:g}, not 1; they were scaled to sum to 1",
                place=Term(f"target_audience.{facet}", "place"),
                total=total,
            )
            for facet, total in sums.items()
        )


def _decoded(text: str, source: str) -> Any:
    """What a JSON or YAML text holds."""
    try:
        return json.loads(text)
    except RecursionError:
        raise BriefError(f"{source} is nested too deeply to be a brief") from None
    except json.JSONDecodeError as error:
        if text.lstrip().startswith(("{", "[")):
            raise BriefError(f"{source} is not valid JSON: {error}") from None
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BriefError(f"{source} is neither JSON nor YAML: {error}") from None
    except (RecursionError, ValueError) as error:  # a date such as 2026-13-45
        raise BriefError(f"{source} cannot be read as YAML: {error}") from None
