"""Who follows a creator, and whom a brand wants: one distribution per facet."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from matcher.records.base import Country, Language, Name, Record, as_country, as_language

AGE_BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "other")

Shares = dict[str, float]
"""Segment → share of one facet."""

Weight = Annotated[float, Field(ge=0.0)]


class TargetAudience(Record):
    """The crowd a brand wants to reach; a facet that is left empty asks for nothing."""

    age: dict[Literal["13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"], Weight] = {}
    gender: dict[Literal["female", "male", "other"], Weight] = {}
    country: dict[Country, Weight] = {}
    language: dict[Language, Weight] = {}
    interest: dict[Name, Weight] = {}

    @field_validator("country", "language", mode="before")
    @classmethod
    def _added_up(cls, shares: object, info: ValidationInfo) -> object:
        """Two spellings of one code ("Taiwan" and "TW", "zh-TW" and "zh-HK") are one segment: their shares add up."""
        spelling = {"country": as_country, "language": as_language}[str(info.field_name)]
        if not isinstance(shares, dict):
            return shares
        total: dict[object, object] = {}
        for code, share in shares.items():
            try:
                key: object = spelling(code)
            except (AttributeError, TypeError, ValueError):
                key = code  # the field's own check says what is wrong with it
            known = total.get(key)
            both = isinstance(known, int | float) and isinstance(share, int | float)
            total[key] = known + share if both else share
        return total

    def facets(self) -> dict[str, Shares]:
        """The facets that ask for something, each normalised so that its shares sum to 1."""
        given = {name: normalised(dict(getattr(self, name))) for name in type(self).model_fields}
        return {name: shares for name, shares in given.items() if shares}

    def unbalanced(self) -> dict[str, float]:
        """Facet → sum of its shares as given, for the facets whose shares do not sum to 1 (within 1 %)."""
        sums = {name: sum(getattr(self, name).values()) for name in type(self).model_fields if getattr(self, name)}
        return {name: total for name, total in sums.items() if abs(total - 1.0) > 0.01}


def normalised(shares: Shares) -> Shares:
    """Shares scaled to sum to 1; segments of share 0 are left out, and all-zero shares give nothing."""
    total = sum(shares.values())
    return {segment: share / total for segment, share in shares.items() if share > 0} if total > 0 else {}
